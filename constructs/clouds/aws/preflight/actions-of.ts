import { own } from "../../../model/own";
import type { Environment } from "../../../model/resolved";
import type { Need } from "../../../preflight/check";
import { needOf, type Resource } from "../../../preflight/stacks";
import { awsKindResources } from "../services/kind-resources";
import { AWS_MAKES } from "./actions";

export const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

/** Actions by which resources of an environment are made, those that kinds of its services bring too. */
export function actionsIn(environment: Pick<Environment, "applications">) {
  const brought = awsKindResources(environment);
  const actionOf = ({ type }: Resource): string | undefined => AWS_MAKES[type] ?? own(brought, type)?.makes;
  return {
    actionOf,
    isOfService:
      (...services: readonly string[]) =>
      (resource: Resource): boolean =>
        services.includes(actionOf(resource)?.split(":")[0] ?? ""),
    actionsOf: (resources: readonly Resource[]): string[] =>
      sorted(resources.map(actionOf).filter((one) => one !== undefined)),
    /** One resource of each type. */
    needsOf: (resources: readonly Resource[]): Need[] => {
      const byType = new Map([...resources].reverse().map((one) => [one.type, one]));
      return [...byType.values()]
        .reverse()
        .map((one) => needOf(one, `${actionOf(one) ?? ""}, by which ${one.type} is made`));
    },
  };
}
