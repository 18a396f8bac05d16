import { z } from "zod";
import type { ConnectionContract } from "../model/connection";
import { withDefaults } from "../model/defaults";
import type { ExternalForm } from "../model/external-server";
import { check } from "../model/schema";
import type { DataMove, ParameterRules, Service } from "../model/service";
import type { UserSetup } from "../model/service-users";

/** A service of one kind, with what its developer said of it, every default applied. */
export interface ServiceOf<K extends string, Spec extends object> extends Service {
  readonly kind: K;
  readonly spec: Spec;
}

/** What makes a kind of service, wherever it runs. `Spec` has every field that a developer may give, all required. */
export interface KindDefinition<K extends string, Spec extends object> {
  readonly kind: K;
  readonly contract: ConnectionContract;
  /** Form of each field of the spec. A developer may leave any of them out. */
  readonly fields: { readonly [F in keyof Spec]: z.ZodType<Spec[F]> };
  readonly defaults: NoInfer<Spec>;
  /** @see Service.sizes */
  readonly sizes: Service["sizes"];
  /** How each workload gets a user of its own. @default - a service has no users, or the cloud alone can make them */
  readonly users?: UserSetup;
  /** Which parameters of its servers an environment may set, where `sizes` has them. @default - none */
  readonly parameters?: ParameterRules;
  /** What an environment says of one that somebody else runs. @default - nobody else may run it */
  readonly external?: (spec: NoInfer<Spec>) => ExternalForm;
  /** @see Service.aloneInCluster @default false */
  readonly aloneInCluster?: boolean;
  /** How the data of a service of this name gets from one server to another. */
  readonly moving: (service: string) => DataMove;
}

/** The function by which a developer asks for a service of the kind. */
export type ServiceBuilder<K extends string, Spec extends object> = (spec?: Partial<Spec>) => ServiceOf<K, Spec>;

/** Makes the builder of a kind that this program has; kinds of other programs are made by `defineService`. */
export function serviceBuilder<K extends string, Spec extends object>(
  definition: KindDefinition<K, Spec>,
): ServiceBuilder<K, Spec> {
  const { defaults, fields, external, ...kind } = definition;
  const optional = Object.entries<z.ZodType>(fields).map(([name, form]) => [name, form.optional()] as const);
  const schema = z.strictObject(Object.fromEntries(optional));
  const complete = z.strictObject(fields);
  return (spec = {}) => {
    const given = withDefaults(defaults, spec);
    return {
      ...kind,
      ...(external !== undefined && { external: external(given) }),
      spec: given,
      problems: (path) => {
        const problems = check(schema, spec, path);
        // Of what is sound, what the definition adds: a default that its own form refuses is a mistake of the definition.
        return problems.length > 0 ? problems : check(complete, given, path);
      },
    };
  };
}
