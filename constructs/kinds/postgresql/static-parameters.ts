/**
 * Parameters that PostgreSQL reads when it starts and never again, of those that clouds let somebody set. Of one that a newer version
 * reads again it is the cloud's word that counts: it takes a change to the next restart all the same.
 * https://www.postgresql.org/docs/17/view-pg-settings.html, context `postmaster`
 */
const STATIC = new Set([
  ...["autovacuum_freeze_max_age", "autovacuum_max_workers", "autovacuum_multixact_freeze_max_age"],
  ...["autovacuum_worker_slots", "huge_page_size", "huge_pages", "io_max_concurrency", "io_method", "max_connections"],
  ...["max_files_per_process", "max_locks_per_transaction", "max_logical_replication_workers"],
  ...["max_notify_queue_pages", "max_pred_locks_per_transaction", "max_prepared_transactions"],
  ...["max_replication_slots", "max_wal_senders", "max_worker_processes", "min_dynamic_shared_memory"],
  ...["pg_stat_statements.max", "rds.logical_replication", "reserved_connections", "shared_buffers"],
  ...["shared_preload_libraries", "superuser_reserved_connections", "track_activity_query_size"],
  ...["track_commit_timestamp", "wal_buffers", "wal_decode_buffer_size", "wal_level"],
]);

/** Whether a new value holds after a restart alone. */
export const isStatic = (name: string): boolean => STATIC.has(name);
