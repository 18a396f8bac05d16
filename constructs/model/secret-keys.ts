import { secretKey } from "./names";
import type { ResolvedService } from "./resolved";

type Keyed = Pick<ResolvedService, "isDefault" | "name" | "service">;

/** Variables of a service that may be secret, with their plain keys. */
const plainKeys = ({ service }: Pick<Keyed, "service">): (readonly [variable: string, key: string])[] =>
  Object.entries(service.contract.variables)
    .filter(([, spec]) => "template" in spec)
    .map(([variable]) => [variable, secretKey(variable)] as const);

/**
 * Key of each service's variables in the application's Secret, by service and variable: plain for the default service of a kind. Of
 * defaults of two kinds that have a variable in common, as two databases have, neither has the plain one: a key that came to be
 * of another service would hold the text of the one before while pods start.
 */
export function secretKeys(services: readonly Keyed[]): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const plain = services.filter(({ isDefault }) => isDefault).flatMap((one) => plainKeys(one).map(([, key]) => key));
  const isShared = (key: string): boolean => plain.indexOf(key) !== plain.lastIndexOf(key);
  return new Map(
    services.map((one) => {
      // With a dot, which no name of a workload has: "reports" before the key of a default service may be either.
      const before = (key: string): string => (one.isDefault ? (isShared(key) ? `${one.name}.` : "") : `${one.name}-`);
      return [one.name, Object.fromEntries(plainKeys(one).map(([variable, key]) => [variable, before(key) + key]))];
    }),
  );
}
