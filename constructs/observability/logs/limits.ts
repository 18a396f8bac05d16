import type { JsonObject } from "../../kubernetes/json";
import type { LogSizes } from "./sizes";

/** Characters of one line; of a longer one the beginning is kept. */
export const LINE_LIMIT = 262_144;

/** Bytes of a field beside a line; of a longer one the beginning is kept. The line has it whole. */
export const FIELD_LIMIT = "4KiB";

/** What Loki takes of all that is sent to it: `limits_config` of its file. */
export const lokiLimits = ({ rate }: Pick<LogSizes, "rate">, retentionDays: number): JsonObject => ({
  retention_period: `${retentionDays * 24}h`,
  ingestion_rate_mb: rate,
  ingestion_burst_size_mb: rate * 2,
  // Of one stream, which is a container of one workload at one level. What is beyond is refused with 429, and sent again.
  per_stream_rate_limit: `${rate / 2}MB`,
  per_stream_rate_limit_burst: `${rate}MB`,
  max_line_size: LINE_LIMIT,
  max_line_size_truncate: true,
  max_global_streams_per_user: 10_000,
  max_label_names_per_series: 8,
  max_label_name_length: 64,
  max_label_value_length: 256,
  max_structured_metadata_size: "64KB",
  max_structured_metadata_entries_count: 32,
});
