import { addonObjects } from "../addons/platform";
import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import { type RoutedEnvironment, routingObjects } from "../routing/routing-objects";

/** Objects of the platform's second release: their kinds exist only once the add-ons are installed. */
export const platformObjects = (
  environment: RoutedEnvironment,
  facts: CloudFacts,
  secretStoreProvider: JsonObject,
): JsonObject[] => [...routingObjects(environment, facts), ...addonObjects(environment, secretStoreProvider)];
