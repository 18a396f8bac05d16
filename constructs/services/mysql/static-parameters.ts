/**
 * System variables that MySQL reads when it starts and never again, of those that clouds let somebody set.
 * https://dev.mysql.com/doc/refman/8.4/en/server-system-variable-reference.html
 */
const STATIC = new Set([
  ...["back_log", "ft_max_word_len", "ft_min_word_len", "ft_query_expansion_limit"],
  ...["ft_stopword_file", "innodb_autoinc_lock_mode", "innodb_buffer_pool_chunk_size", "innodb_buffer_pool_instances"],
  ...["innodb_buffer_pool_load_at_startup", "innodb_flush_method", "innodb_force_recovery", "innodb_ft_cache_size"],
  ...[
    "innodb_ft_max_token_size",
    "innodb_ft_min_token_size",
    "innodb_ft_sort_pll_degree",
    "innodb_ft_total_cache_size",
  ],
  ...["innodb_numa_interleave", "innodb_page_cleaners", "innodb_purge_threads", "innodb_read_io_threads"],
  ...["innodb_read_only", "innodb_rollback_on_timeout", "innodb_sort_buffer_size", "innodb_sync_array_size"],
  ...["innodb_use_native_aio", "innodb_write_io_threads", "large_pages", "lower_case_table_names", "max_digest_length"],
  "ngram_token_size",
  ...["open_files_limit", "performance_schema", "table_open_cache_instances", "thread_stack"],
]);

/** Whether a new value holds after a restart alone. */
export const isStatic = (name: string): boolean =>
  STATIC.has(name) || /^performance_schema_(?!show_|max_digest_sample_age)/.test(name);
