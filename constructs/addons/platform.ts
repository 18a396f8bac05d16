import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { PodPeer } from "../model/connection";
import type { AddonOption, EnvironmentOption } from "../model/environment";
import type { Environment, ResolvedService } from "../model/resolved";
import type { Addon, Definitions } from "./addon";
import { certManager } from "./cert-manager";
import { VELERO_DEFINITIONS } from "./cluster-backups/charts";
import { velero } from "./cluster-backups/velero";
import { clusterSecretStore } from "./cluster-secret-store";
import { deletionProtection } from "./deletion-protection";
import { externalDns } from "./external-dns";
import { externalSecrets } from "./external-secrets";
import { keda } from "./keda";
import { metricsServer } from "./metrics-server";
import { rabbitmqOperator } from "./rabbitmq-operator";
import { reloader } from "./reloader";
import type { RoutingAddons } from "./routing-addons";
import { sealedSecrets } from "./sealed-secrets";

/** Data services that run in pods, of every application here. One that another program brings is not known here. */
const inCluster = ({ applications }: Pick<Environment, "applications">): readonly ResolvedService[] =>
  applications.flatMap(({ services }) => services.filter(({ sizing }) => sizing.placement === "in-cluster"));

const isBroker = ({ service }: ResolvedService): boolean => service.kind === "rabbitmq";

/** Whether an application here, or a preview of one, runs RabbitMQ in pods, for which there is an operator. */
export const runsBrokers = (environment: Pick<Environment, "applications" | "previews">): boolean =>
  inCluster(environment).some(isBroker) ||
  (environment.previews !== undefined && environment.applications.some(({ services }) => services.some(isBroker)));

/** What measures the platform, and is let in for it. */
type Measuring = EnvironmentOption & { readonly scraper?: PodPeer };

/** Add-ons every cloud gets, in the order in which they are installed. */
export function platformAddons(
  environment: Environment<EnvironmentOption, EnvironmentOption & RoutingAddons, AddonOption, Measuring>,
  facts: CloudFacts,
): Addon[] {
  return [
    certManager(environment, environment.routing),
    externalSecrets(environment),
    ...environment.routing.addons(environment),
    ...(facts.externalDns === undefined ? [] : [externalDns(environment, facts.externalDns)]),
    ...(facts.hasMetricsServer === true ? [] : [metricsServer(environment, facts)]),
    ...(environment.sealedSecrets ? [sealedSecrets()] : []),
    reloader(environment),
    ...(runsBrokers(environment) ? [rabbitmqOperator(environment)] : []),
    ...(environment.eventScaling === "keda" ? [keda(environment)] : []),
    ...(environment.clusterBackups === undefined
      ? []
      : [velero(environment, facts, environment.clusterBackups, environment.observability?.scraper)]),
  ];
}

/** Kinds of the platform's own add-ons that another stack's objects are not of, but that have to outlive a release. */
export const platformDefinitions = ({ clusterBackups }: Pick<Environment, "clusterBackups">): Definitions[] =>
  clusterBackups === undefined ? [] : [VELERO_DEFINITIONS];

/**
 * Objects that belong to no add-on's release, because their kinds exist only once the add-ons are installed.
 * `secretNamespaces` are those of the platform that read secrets. Deletion is refused by label, so the policy is on every cluster:
 * volumes of workloads hold data too, and what is protected later is protected at once.
 */
export const addonObjects = (secretStoreProvider: JsonObject, secretNamespaces: readonly string[]): JsonObject[] => [
  clusterSecretStore(secretStoreProvider, secretNamespaces),
  ...deletionProtection(),
];
