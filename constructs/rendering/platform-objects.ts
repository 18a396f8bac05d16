import { addonObjects } from "../addons/platform";
import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { AddonOption, EnvironmentOption } from "../model/environment";
import type { Environment } from "../model/resolved";
import type { Observability } from "../observability/observability";
import type { Routing } from "../routing/routing";
import { routingObjects } from "../routing/routing-objects";

/** An environment that was given a routing and observability of this program. */
export type InstalledEnvironment = Environment<EnvironmentOption, Routing, AddonOption, Observability>;

/** Objects of the platform's second release: their kinds exist only once the add-ons are installed. */
export const platformObjects = (
  environment: InstalledEnvironment,
  facts: CloudFacts,
  secretStoreProvider: JsonObject,
): JsonObject[] => [
  ...routingObjects(environment, facts),
  ...addonObjects(secretStoreProvider, environment.observability?.secretNamespaces ?? []),
  ...(environment.observability?.objects(environment, facts) ?? []),
];
