import { exporterName } from "../../../model/exporter";
import type { ResolvedApplication, ResolvedWorkload } from "../../../model/resolved";

/** Profile of Compose in which everything that measures is. */
export const PROFILE = "observability";

export const PROMETHEUS = "prometheus";
export const ALERTMANAGER = "alertmanager";
export const GRAFANA = "grafana";

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
  ...Object.fromEntries([PROMETHEUS, ALERTMANAGER, GRAFANA].map((name) => [name, OWN])),
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
