import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { EnvironmentOption } from "../model/environment";
import type { Environment } from "../model/resolved";
import { controllerPolicies } from "./controller-policy";
import { clusterIssuers } from "./issuers";
import type { Routing } from "./routing";

/** An environment that was given a routing of this program. */
export type RoutedEnvironment = Environment<EnvironmentOption, Routing>;

/** Objects of a routing for the whole cluster: its classes, the policy of its controller, and who signs certificates. */
export function routingObjects(environment: RoutedEnvironment, facts: CloudFacts): JsonObject[] {
  const { routing } = environment;
  return [
    ...(routing.clusterObjects?.(environment, facts) ?? []),
    ...controllerPolicies(routing, facts),
    ...clusterIssuers(environment, routing, facts),
  ];
}
