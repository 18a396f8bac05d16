import type { GrantedStore } from "../../addons/permissions";
import type { JsonObject } from "../../kubernetes/json";
import { OTLP, TEMPO, TEMPO_NAMESPACE, TEMPO_PORT } from "./names";
import type { TraceSizes } from "./sizes";

/* Tempo's own file: https://grafana.com/docs/tempo/v2.10.x/configuration/ */

/** Where its volume is. */
const DATA = "/var/tempo";

function stored(store: GrantedStore): JsonObject {
  switch (store.interface) {
    case "s3":
      // It has no default for the endpoint, and asks in the region of its name.
      return {
        backend: "s3",
        s3: { bucket: store.bucket, region: store.region, endpoint: `s3.${store.region}.amazonaws.com` },
      };
    case "gcs":
      return { backend: "gcs", gcs: { bucket_name: store.bucket } };
    case "azure-blob":
      return {
        backend: "azure",
        azure: { storage_account_name: store.account, container_name: store.container, use_federated_token: true },
      };
    case "volume":
      return { backend: "local", local: { path: `${DATA}/traces` } };
  }
}

/** Bytes of one trace; spans beyond are refused, as a loop that calls itself would fill the memory. */
const TRACE_LIMIT = 5_000_000;

/** Bytes of an attribute's name or value; of a longer one the beginning is kept. */
const ATTRIBUTE_LIMIT = 2048;

/** The file, as data. */
export const tempoFile = (store: GrantedStore, sizes: TraceSizes, retentionDays: number): JsonObject => ({
  stream_over_http_enabled: false,
  memberlist: { cluster_label: `${TEMPO}.${TEMPO_NAMESPACE}` },
  multitenancy_enabled: false,
  usage_report: { reporting_enabled: false },
  server: { http_listen_port: TEMPO_PORT, log_format: "json" },
  distributor: {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `0.0.0.0:${OTLP.grpc}` },
          http: { endpoint: `0.0.0.0:${OTLP.http}` },
        },
      },
    },
    max_attribute_bytes: ATTRIBUTE_LIMIT,
    // A limit that is a moment's is answered so that the collector sends again: without it, by an error that drops spans.
    retry_after_on_resource_exhausted: "5s",
  },
  compactor: { compaction: { block_retention: `${retentionDays * 24}h` } },
  storage: { trace: { ...stored(store), wal: { path: `${DATA}/wal` } } },
  overrides: {
    defaults: {
      ingestion: {
        rate_limit_bytes: sizes.rate,
        burst_size_bytes: sizes.rate * 2,
        max_traces_per_user: sizes.liveTraces,
      },
      global: { max_bytes_per_trace: TRACE_LIMIT },
    },
  },
});
