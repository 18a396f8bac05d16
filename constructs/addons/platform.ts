import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import { controllerPolicies } from "../routing/controller-policy";
import type { Routing } from "../routing/routing";
import type { EnvironmentOption } from "../model/environment";
import type { Environment, ResolvedService } from "../model/resolved";
import type { Addon } from "./addon";
import { certManager } from "./cert-manager";
import { clusterSecretStore } from "./cluster-secret-store";
import { deletionProtection } from "./deletion-protection";
import { externalDns } from "./external-dns";
import { externalSecrets } from "./external-secrets";
import { clusterIssuers } from "../routing/issuers";
import { metricsServer } from "./metrics-server";
import { rabbitmqOperator } from "./rabbitmq-operator";
import { reloader } from "./reloader";
import { sealedSecrets } from "./sealed-secrets";

/** An environment that was given a routing of this program. */
export type RoutedEnvironment = Environment<EnvironmentOption, Routing>;

/** Add-ons every cloud gets, in the order in which they are installed. */
export function platformAddons(environment: RoutedEnvironment, facts: CloudFacts): Addon[] {
  return [
    certManager(environment, environment.routing),
    externalSecrets(environment),
    ...environment.routing.addons(environment),
    ...(facts.externalDns === undefined ? [] : [externalDns(environment, facts.externalDns)]),
    ...(facts.hasMetricsServer === true ? [] : [metricsServer(environment, facts)]),
    ...(environment.sealedSecrets ? [sealedSecrets()] : []),
    reloader(environment),
    ...(inCluster(environment).some(({ service }) => service.kind === "rabbitmq")
      ? [rabbitmqOperator(environment)]
      : []),
  ];
}

/** Data services that run in pods, of every application here. One that another program brings is not known here. */
const inCluster = ({ applications }: Pick<Environment, "applications">): readonly ResolvedService[] =>
  applications.flatMap(({ services }) => services.filter(({ sizing }) => sizing.placement === "in-cluster"));

/** Objects of the second release: their kinds exist only once the add-ons are installed. */
export function platformObjects(
  environment: RoutedEnvironment,
  facts: CloudFacts,
  secretStoreProvider: JsonObject,
): JsonObject[] {
  const { routing } = environment;
  return [
    ...(routing.clusterObjects?.(environment, facts) ?? []),
    ...controllerPolicies(routing, facts),
    ...clusterIssuers(environment, routing, facts),
    clusterSecretStore(secretStoreProvider),
    ...(inCluster(environment).length > 0 ? deletionProtection() : []),
  ];
}
