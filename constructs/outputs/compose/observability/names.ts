import { exporterName } from "../../../model/exporter";
import type { ResolvedApplication, ResolvedWorkload } from "../../../model/resolved";
import { isTraced } from "../../../observability/local/spans";

/** Profile of Compose in which everything that measures is. */
export const PROFILE = "observability";

export const PROMETHEUS = "prometheus";
export const ALERTMANAGER = "alertmanager";
export const GRAFANA = "grafana";

/** Keeps lines, and reads them. */
export const LOKI = "loki";
export const ALLOY = "alloy";

/** Keeps spans, and takes them: where a workload is traced. */
export const TEMPO = "tempo";
export const OTLP_COLLECTOR = "otlp";

/** Gives folders of data to those who keep lines and spans, and ends. */
export const KEEPERS = "observability-permissions";

/** Ports at which people open them, on this machine alone, and the variables by which each is another one. */
export const PAGES = {
  [PROMETHEUS]: { port: 9090, variable: "PROMETHEUS_PORT" },
  [ALERTMANAGER]: { port: 9093, variable: "ALERTMANAGER_PORT" },
  [GRAFANA]: { port: 3000, variable: "GRAFANA_PORT" },
} as const;

/** What tells of the pool of a workload that is PHP-FPM. */
export const poolMetrics = ({ name }: Pick<ResolvedWorkload, "name">): string => `${name}-fpm-metrics`;

/** What makes the user of an exporter, and ends. */
export const userMaker = (service: string): string => `${exporterName(service)}-user`;

const OWN = `a container of the profile ${PROFILE} by this name`;

/** Every name that a container of the profile may have, with what it is. */
export const profileNames = ({ services, workloads }: ResolvedApplication): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    [
      ...[PROMETHEUS, ALERTMANAGER, GRAFANA, LOKI, ALLOY, KEEPERS],
      ...(isTraced({ workloads }) ? [TEMPO, OTLP_COLLECTOR] : []),
    ].map((name) => [name, OWN]),
  ),
  ...Object.fromEntries(
    services
      .filter(({ service }) => service.exporter !== undefined)
      .flatMap(({ name }) =>
        [exporterName(name), userMaker(name)].map((one) => [one, `what measures service ${name}`]),
      ),
  ),
  ...Object.fromEntries(
    workloads
      .filter(({ kind }) => kind === "php-fpm")
      .map((workload) => [poolMetrics(workload), `what measures workload ${workload.name}`]),
  ),
});
