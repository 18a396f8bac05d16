import type { Addon, AddonContext } from "../../addons/addon";
import { split } from "../../addons/images";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "../../addons/scheduling";
import type { CloudFacts } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import type { Bytes } from "../../model/quantity";
import type { Environment } from "../../model/resolved";
import { STEP_SECONDS } from "../alerts/alert";
import { STACK_CHART } from "./charts";
import { claims, template } from "./claims";
import { grafana } from "./grafana";
import { measuresOf, reading, writing } from "./managed";
import {
  ALERTMANAGER_CONFIG,
  BASE_RELEASE,
  MEASURES_READER,
  NAMESPACE,
  PROMETHEUS,
  RECEIVERS,
  STACK_RELEASE,
} from "./names";
import type { PrometheusProps } from "./props";
import { OF_THE_CLUSTER, rules, targets } from "./rules";
import { LEAST_STORAGE, retentionSize, sizesOf, storageFor } from "./sizes";

const serversOf = (environment: Pick<Environment, "profile">): number => replicas(environment, 2);

/** What of an environment's choice the stack goes by. */
export interface StackProps extends Pick<PrometheusProps, "logs" | "retentionDays" | "storage" | "traces"> {
  /** Whether a service of the cloud keeps the measures as well, and tells all alerts. @default false */
  readonly managed?: boolean;
}

function storageOf(environment: Pick<Environment, "profile">, { retentionDays, storage }: StackProps): Bytes {
  const sizes = sizesOf(environment);
  return storage ?? storageFor(sizes, retentionDays ?? sizes.retentionDays);
}

const operator = {
  // Where everybody may write: some clusters let nobody write to kube-system.
  kubeletService: { namespace: NAMESPACE },
  // The chart's other way is two Jobs with an image of their own. Without its answer a rule is taken unseen: an operator that
  // is away shall stop no deploy.
  admissionWebhooks: { failurePolicy: "Ignore", certManager: { enabled: true } },
  prometheusConfigReloader: { resources: resources("10m", "64Mi", "250m") },
  logFormat: "json",
  resources: resources("50m", "256Mi", "500m"),
  ...ON_SYSTEM_NODES,
} satisfies JsonObject;

/** Prometheus, Alertmanager and Grafana, run by Prometheus' operator, with the rules that hold on every cluster. */
export const stack = (environment: Environment, facts: CloudFacts, props: StackProps): Addon => ({
  name: STACK_RELEASE,
  namespace: NAMESPACE,
  createNamespace: false,
  chart: STACK_CHART,
  after: [BASE_RELEASE, ...(props.managed === true ? [MEASURES_READER] : [])],
  ...(props.managed === true && { needs: { permissions: [], serviceAccount: PROMETHEUS, measures: "write" } }),
  images: (placeOf) => {
    const of = (image: string): JsonObject => ({ image: split(placeOf(image)) });
    return {
      ...(props.managed !== true && { alertmanager: { alertmanagerSpec: of("quay.io/prometheus/alertmanager") } }),
      prometheus: { prometheusSpec: of("quay.io/prometheus/prometheus") },
      prometheusOperator: {
        ...of("quay.io/prometheus-operator/prometheus-operator"),
        prometheusConfigReloader: of("quay.io/prometheus-operator/prometheus-config-reloader"),
      },
      grafana: { ...of("docker.io/grafana/grafana"), sidecar: of("quay.io/kiwigrid/k8s-sidecar") },
      "kube-state-metrics": of("registry.k8s.io/kube-state-metrics/kube-state-metrics"),
    };
  },
  values: (context) => ({
    // A release of its own.
    crds: { enabled: false },
    ...targets,
    ...rules(facts, props.managed !== true),
    extraManifests: claims(facts, serversOf(environment), storageOf(environment, props)),
    prometheusOperator: operator,
    prometheus: prometheus(environment, facts, props, context),
    alertmanager: props.managed === true ? { enabled: false } : alertmanager(environment, facts),
    grafana: grafana(environment, { ...props, ...(props.managed === true && reading(measuresOf(context))) }),
    "kube-state-metrics": {
      prometheus: { monitor: OF_THE_CLUSTER },
      resources: resources("25m", sizesOf(environment).stateMetricsMemory, "500m"),
      ...ON_SYSTEM_NODES,
    },
  }),
});

const spread = (count: number, name: string): JsonObject =>
  count > 1 ? { topologySpreadConstraints: overZones({ "app.kubernetes.io/name": name }) } : {};

const budget = (count: number): JsonObject =>
  count > 1 ? { podDisruptionBudget: { enabled: true, minAvailable: 1 } } : {};

/** Samples, targets and labels that one monitor may bring. */
const LIMITS = {
  sampleLimit: 20_000,
  targetLimit: 500,
  labelLimit: 60,
  labelNameLengthLimit: 200,
  labelValueLengthLimit: 2000,
} as const;

function prometheus(environment: Environment, facts: CloudFacts, props: StackProps, context: AddonContext): JsonObject {
  const sizes = sizesOf(environment);
  const { retentionDays = sizes.retentionDays } = props;
  const storage = storageOf(environment, props);
  const count = serversOf(environment);
  return {
    // Each has its own samples: a page that asks both in turn would flicker.
    ...(count > 1 && { service: { sessionAffinity: "ClientIP" } }),
    ...budget(count),
    ...(props.managed === true && { serviceAccount: { annotations: { ...context.identity.annotations } } }),
    prometheusSpec: {
      replicas: count,
      ...spread(count, "prometheus"),
      // What an application's objects are called, and where they are, is nothing to the operator.
      ruleSelectorNilUsesHelmValues: false,
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
      // Alerts are grouped by it: nothing else says which cluster they are of.
      externalLabels: { cluster: environment.name },
      scrapeInterval: `${STEP_SECONDS}s`,
      evaluationInterval: `${STEP_SECONDS}s`,
      retention: `${retentionDays}d`,
      retentionSize: retentionSize(storage),
      storageSpec: template(facts, LEAST_STORAGE),
      resources: resources(sizes.prometheusCpu, sizes.prometheusMemory, "2"),
      // Whoever could write to it could silence an alert.
      enableRemoteWriteReceiver: false,
      enableAdminAPI: false,
      ...(props.managed === true && {
        ...writing(measuresOf(context)),
        // A pod has the role that it was admitted with, if any: with another association it is another pod.
        podMetadata: { annotations: { ...context.identity.annotations } },
      }),
      // Of whatever says nothing itself: a target with more is dropped whole, and PrometheusScrapeSampleLimitHit,
      // PrometheusLabelLimitHit or PrometheusTargetLimitHit says so.
      ...LIMITS,
      logFormat: "json",
      ...ON_SYSTEM_NODES,
    },
  };
}

function alertmanager(environment: Environment, facts: CloudFacts): JsonObject {
  const count = replicas(environment, 2);
  return {
    ...budget(count),
    alertmanagerSpec: {
      replicas: count,
      ...spread(count, "alertmanager"),
      useExistingSecret: true,
      configSecret: ALERTMANAGER_CONFIG,
      secrets: [RECEIVERS],
      // No object of that kind counts: it would put a condition on the namespace before every alert's way.
      alertmanagerConfigSelector: { matchLabels: { "goldenpath/none": "true" } },
      // What people silenced, and what was told already.
      storage: template(facts, "1Gi"),
      resources: resources("25m", "128Mi", "250m"),
      logFormat: "json",
      ...ON_SYSTEM_NODES,
    },
  };
}
