import { FPM_METRICS_PATH } from "../../kubernetes/nginx-parts";
import type { Labels } from "../../kubernetes/objects";
import { endpointsOf } from "../../kubernetes/scraped";
import { METRICS_PATH } from "../../model/metrics";
import type { ResolvedApplication, ResolvedService, ResolvedWorkload } from "../../model/resolved";
import { BROKER_ENDPOINTS } from "../alerts/measured-services";
import { observedKind } from "../kinds/kinds";
import { APPLICATION } from "../metrics/application";
import { PHP_FPM } from "../metrics/php-fpm";
import { RABBITMQ } from "../metrics/rabbitmq";
import type { Source } from "../metrics/source";
import { BROKER_FAMILIES, BROKER_PATH } from "../prometheus/brokers";

/* What Prometheus asks where there is no operator: each target with the labels that the operator and our monitors give in a cluster. */

export interface Target {
  /** Unique, for people: `backend /metrics`. */
  readonly job: string;
  /** Host and port. */
  readonly address: string;
  readonly path: string;
  /** Parameters of the query. @default - none */
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly labels: Labels;
  /** What is known of what it tells. @default - it is of a kind that no rule is about */
  readonly source?: Source | readonly Source[];
}

/** Where the program that asks a data service answers, or the service itself. */
export interface ServiceAddress {
  /** Name of the container: the label `pod` too. */
  readonly container: string;
  readonly port: number;
}

type Whose = Pick<ResolvedApplication, "name" | "namespace">;

const labelled = ({ name, namespace }: Whose, container: string, endpoint: string, more: Labels): Labels => ({
  ...{ namespace, pod: container, container, endpoint, application: name, ...more },
});

/**
 * Targets of a workload in one container.
 *
 * @param container name by which it is reached
 */
export const workloadTargets = (application: Whose, workload: ResolvedWorkload, container: string): Target[] =>
  endpointsOf(workload).map(({ port, number, path }) => ({
    job: `${workload.name} ${path}`,
    address: `${container}:${number}`,
    path,
    labels: labelled(application, container, port, { workload: workload.name }),
    source: workload.kind === "php-fpm" && path === FPM_METRICS_PATH ? PHP_FPM : APPLICATION,
  }));

/** Target of the exporter of a data service. */
export function exporterTarget(application: Whose, { name, service }: ResolvedService, at: ServiceAddress): Target {
  const source = observedKind(service)?.source;
  return {
    job: name,
    address: `${at.container}:${at.port}`,
    path: METRICS_PATH,
    labels: labelled(application, at.container, "metrics", { service: name }),
    ...(source !== undefined && { source }),
  };
}

/** Targets of a broker's node, which tells of itself and of its queues. */
export const brokerTargets = (application: Whose, { name }: ResolvedService, at: ServiceAddress): Target[] =>
  BROKER_ENDPOINTS.map((endpoint) => ({
    job: `${name} ${endpoint}`,
    address: `${at.container}:${at.port}`,
    ...(endpoint === "metrics"
      ? { path: BROKER_PATH.whole }
      : { path: BROKER_PATH.byQueue, params: { family: [...BROKER_FAMILIES] } }),
    labels: labelled(application, at.container, endpoint, { service: name }),
    source: RABBITMQ,
  }));
