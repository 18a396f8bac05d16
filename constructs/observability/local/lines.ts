import type { JsonObject } from "../../kubernetes/json";
import type { ResolvedApplication } from "../../model/resolved";
import { dockerPipeline, lineTag } from "../logs/docker";
import { lokiLimits } from "../logs/limits";
import { logSource } from "../logs/logs";
import { lokiSchema } from "../logs/loki";
import { LOKI_PORT } from "../logs/names";
import { logSizesOf } from "../logs/sizes";
import { alloyFile } from "../logs/syntax";
import { TRACE_OF_LINE } from "../traces/traces";

/* Lines of containers on one machine: Loki and the Alloy that reads them, with what a cluster of profile `small` has. */

export { LOKI_PORT };

const SIZES = logSizesOf({ profile: "small" });

/** Loki's own file, which in a cluster its chart writes: one program, with all it keeps in one folder. */
export const lokiFile = (data: string): JsonObject => ({
  auth_enabled: true,
  server: { http_listen_port: LOKI_PORT, log_format: "json" },
  common: {
    instance_addr: "127.0.0.1",
    path_prefix: data,
    replication_factor: 1,
    ring: { kvstore: { store: "inmemory" } },
    storage: { filesystem: { chunks_directory: `${data}/chunks`, rules_directory: `${data}/rules` } },
  },
  schema_config: lokiSchema("filesystem"),
  compactor: { working_directory: `${data}/compactor`, retention_enabled: true, delete_request_store: "filesystem" },
  limits_config: lokiLimits(SIZES, SIZES.retentionDays),
  analytics: { reporting_enabled: false },
});

type Whose = Pick<ResolvedApplication, "environment" | "namespace">;

/** Where what an application's containers write is read, and where it goes. */
export interface LinePlaces {
  /** Folder of Docker's containers, as Alloy sees it. */
  readonly containers: string;
  /** Address of Loki, without a path. */
  readonly loki: string;
}

/** Alloy's file. */
export const lineFile = ({ environment, namespace }: Whose, places: LinePlaces): string =>
  alloyFile(dockerPipeline({ ...places, namespace, tenant: environment }));

/** Docker's tag of a container's lines: whose they are, as labels of a cluster have it. */
export const tagOf = ({ namespace }: Pick<Whose, "namespace">, app: string, container: string): string =>
  lineTag({ namespace, app, container });

/** Loki, as Grafana asks it. */
export const lineSource = ({ environment }: Pick<Whose, "environment">, loki: string, traced: boolean): JsonObject =>
  logSource({ name: environment }, traced ? TRACE_OF_LINE : {}, loki);
