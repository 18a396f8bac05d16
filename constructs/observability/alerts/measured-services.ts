import { COMPONENT_LABEL, EXPORTER_COMPONENT } from "../../kubernetes/labels";
import type { Deployment, Labels } from "../../kubernetes/objects";
import { exporterName } from "../../model/exporter";
import type { ResolvedService } from "../../model/resolved";
import { observedKind, observedKinds } from "../kinds/kinds";
import { type Alert, alert } from "./alert";
import { dataServiceDown } from "./data-service-down";
import { select } from "./promql";
import { steady } from "./series";
import { servers } from "./servers";
import { nameOf, ofKind, type Watched } from "./watched";

/* Data services that an exporter asks: whether they let it in, and whether it is there itself. */

/** Where each node of a broker in the cluster is asked, as the label `endpoint` of its targets: for itself, and for its queues. */
export const BROKER_ENDPOINTS = ["metrics", "queues"] as const;

export type BrokerEndpoint = (typeof BROKER_ENDPOINTS)[number];

/** Kind of service whose nodes tell by themselves. */
const BROKER = "rabbitmq";

export interface MeasuredService {
  readonly service: ResolvedService;
}

/** One that an exporter of the cluster asks. */
export interface ExportedService extends MeasuredService {
  readonly exporter: Deployment;
}

/** Those whose exporters are among the objects. */
export const exportedServices = (watched: Watched): ExportedService[] =>
  ofKind(watched, "Deployment")
    .filter(({ metadata }) => metadata.labels[COMPONENT_LABEL] === EXPORTER_COMPONENT)
    .flatMap((exporter) =>
      watched.application.services
        .filter(({ name }) => exporterName(name) === nameOf(exporter, watched))
        .map((service) => ({ service, exporter })),
    );

const withoutObjects = ({ application, measured = [] }: Watched): ResolvedService[] =>
  application.services.filter(({ name }) => measured.includes(name));

/** Those that exporters ask, whether these are objects or not. */
export const measuredServices = (watched: Watched): MeasuredService[] => [
  ...exportedServices(watched),
  ...withoutObjects(watched).flatMap((service) => (service.service.exporter === undefined ? [] : [{ service }])),
];

/** Names of data services that are brokers whose nodes tell by themselves: in the cluster, and in Compose. */
export const brokers = (watched: Watched): string[] => [
  ...ofKind(watched, "RabbitmqCluster").map((object) => nameOf(object, watched)),
  ...withoutObjects(watched).flatMap(({ name, service }) => (service.kind === BROKER ? [name] : [])),
];

/** A service of which something is told, and what is 1 as long as it is. */
interface Told {
  readonly service: string;
  readonly metric: string;
  /** Labels of that series beside the namespace and the service. @default - none */
  readonly labels?: Labels;
  /** What is so when it is down, if that says so. @default - something else of the same service says it */
  readonly down?: string;
  readonly missing: MissingTexts;
}

/** What people read where nothing of it is told. */
interface MissingTexts {
  readonly summary: string;
  /** Whatever nothing is known of. */
  readonly what: string;
  readonly why: string;
  readonly silent: string;
}

const ofExporter = (service: string): MissingTexts => ({
  summary: `${service} is not measured`,
  what: service,
  why: "what measures it is not there, or is not let in, as it is not when all connections are open",
  silent: "its connections or memory",
});

const OF_ENDPOINT: Readonly<Record<BrokerEndpoint, (service: string) => MissingTexts>> = {
  metrics: (service) => ({
    summary: `${service} is not measured`,
    what: service,
    why: "its nodes do not answer Prometheus",
    silent: "its memory, disk or dead letters",
  }),
  queues: (service) => ({
    summary: `Queues of ${service} are not measured`,
    what: `the queues of ${service}`,
    why: "its nodes do not answer Prometheus, or have more queues than are read of one",
    silent: "its queues",
  }),
};

const NOT_LET_IN =
  "has not answered its exporter for a minute, or has not let it in, as it does not when all its connections are open";

const toldOf = (watched: Watched): Told[] => [
  ...measuredServices(watched).flatMap(({ service: { name, service } }) => {
    const metric = observedKind(service)?.up;
    return metric === undefined ? [] : [{ service: name, metric, down: NOT_LET_IN, missing: ofExporter(name) }];
  }),
  ...brokers(watched).flatMap((service) =>
    BROKER_ENDPOINTS.map((endpoint) => ({
      service,
      metric: "up",
      labels: { endpoint },
      ...(endpoint === "metrics" && { down: "has not answered Prometheus for a minute" }),
      missing: OF_ENDPOINT[endpoint](service),
    })),
  ),
];

/** Alerts that a kind has of its own, kind after kind. */
export function kindAlerts(watched: Watched): Alert[] {
  const measured = measuredServices(watched).map(({ service }) => service);
  return observedKinds(measured.map(({ service }) => service)).flatMap((kind) =>
    measured
      .filter(({ service }) => observedKind(service) === kind)
      .flatMap((service) => kind.alerts(watched, service)),
  );
}

export function measuredServiceAlerts(watched: Watched): Alert[] {
  const told = toldOf(watched);
  const inCluster = servers(watched).map(({ service }) => service);
  return told.flatMap((one, index) => [
    // In the cluster the pods say it themselves, whoever may sign in.
    ...(inCluster.includes(one.service) ? [] : down(watched, one)),
    metricsMissing(watched, one, told.toSpliced(index, 1)),
  ]);
}

function down({ application }: Watched, { service, metric, labels, down: what }: Told): Alert[] {
  if (what === undefined) return [];
  const within = { namespace: application.namespace, service, ...labels };
  return [dataServiceDown(application, service, { metric, within, beside: { pod: "a" }, what: `${service} ${what}` })];
}

const MISSING_SECONDS = 600;

function metricsMissing({ application: { namespace } }: Watched, told: Told, others: readonly Told[]): Alert {
  const { service, metric, labels = {}, missing } = told;
  const within = { namespace, service, ...labels };
  const there = (one: Told, value: number) =>
    steady(one.metric, { namespace, service: one.service, ...one.labels, pod: "a" }, value, 3000);
  const up = (value: number) => [there(told, value)];
  return alert({
    name: "DataServiceMetricsMissing",
    value: `max(${select(metric, within)}) or vector(0)`,
    is: "==",
    threshold: 0,
    forSeconds: MISSING_SECONDS,
    severity: "warning",
    within,
    labels: { service, ...labels },
    says: () => ({
      summary: missing.summary,
      description: `Nothing is known of ${missing.what} for ten minutes: ${missing.why}. No alert about ${missing.silent} can fire`,
    }),
    proof: {
      firing: up(0),
      beside: others.map((one) => there(one, 1)),
      quiet: [up(1)],
      firesAt: MISSING_SECONDS,
      shows: "0",
      whenGone: "fires",
    },
  });
}
