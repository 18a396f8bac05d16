import type { Cloud } from "../../constructs/clouds/cloud";
import type { EnvironmentSpec } from "../../constructs/environment";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../constructs/model/load";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { type Files, runbooks } from "../../constructs/outputs/outputs";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { gatewayApi } from "../../constructs/routing/gateway-api";
import { alarmsAmong } from "../../constructs/services/cloud-alarms";
import { environments } from "../../environments";
export { blocks, commands } from "../../scripts/runbooks/commands";
import { withCopies } from "./copied";
import { withQueues } from "./queues";

/* Runbooks of the reference application in each environment of this repository, measured, as each tool releases it. */

export const BASE = "https://git.example.com/runbooks";

/** With everything that it is measured by. */
export const measured = (spec: EnvironmentSpec): EnvironmentSpec => ({
  ...spec,
  // With a slash at its end, which addresses do not double.
  observability: prometheus({ runbooks: `${BASE}/`, slack: { channel: "#my-app-alerts" }, logs: {}, traces: {} }),
});

export interface Rendered {
  /** The environment's name and who releases there. */
  readonly title: string;
  readonly application: ResolvedApplication;
  readonly objects: readonly KubernetesObject[];
  readonly files: Files;
  /** Failures that the cloud itself tells of its services, each once. */
  readonly told: readonly string[];
}

const toldBy = (cloud: Cloud, application: ResolvedApplication): string[] => [
  ...new Set(
    application.services
      .filter(({ sizing }) => sizing.placement === "managed")
      .flatMap((service) => alarmsAmong(cloud.describeService(application, service).alarms ?? {}))
      .map(([failure]) => failure),
  ),
];

export const rendered = (specs: readonly EnvironmentSpec[]): Rendered[] =>
  renderEnvironments(loadEnvironments(specs)).flatMap((environment) =>
    environment.applications.map(({ application, prepared, released }) => ({
      title: `${environment.name}, ${environment.environment.release}`,
      application,
      objects: [...prepared, ...released],
      files: runbooks.render([environment], {}),
      told: toldBy(environment.environment.cloud, application),
    })),
  );

/** Production with brokers of several nodes in the cluster, and routes of the Gateway API. */
const inClusterByGateway = (spec: EnvironmentSpec): EnvironmentSpec => ({
  ...spec,
  routing: gatewayApi(),
  applications: spec.applications.map((overlay) => ({
    ...overlay,
    services: {
      ...overlay.services,
      events: { placement: "in-cluster", highAvailability: true },
    },
  })),
});

/** Every environment released by either tool, and one in which there is everything else that can be watched. */
export const runbooksOfAll = (): Rendered[] => [
  ...(["terraform", "helm"] as const).flatMap((release) =>
    rendered(withQueues(withCopies(environments)).map((spec) => ({ ...measured(spec), release }))),
  ),
  ...rendered(
    environments.filter(({ name }) => name === "production").map((spec) => measured(inClusterByGateway(spec))),
  ).map((one) => ({ ...one, title: "production, in the cluster and by the Gateway API, terraform" })),
];
