import { z } from "zod";
import type { Copied } from "../model/backups";
import type { ConnectionContract } from "../model/connection";
import { withDefaults } from "../model/defaults";
import type { ExporterSetup } from "../model/exporter";
import type { ExternalForm } from "../model/external-server";
import type { Path, Problem } from "../model/problem";
import { check } from "../model/schema";
import type {
  DataMove,
  OwnPlacement,
  ParameterRules,
  QueueAccess,
  Service,
  ServiceCategory,
  ServiceOverride,
  ServiceSizing,
} from "../model/service";
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
  /** @see Service.category @default - none */
  readonly category?: ServiceCategory;
  /** Form of each field of the spec. A developer may leave any of them out. */
  readonly fields: { readonly [F in keyof Spec]: z.ZodType<Spec[F]> };
  readonly defaults: NoInfer<Spec>;
  /** @see Service.sizes */
  readonly sizes: Service["sizes"];
  /** How each workload gets a user of its own. @default - a service has no users, or the cloud alone can make them */
  readonly users?: UserSetup;
  /** @see Service.exporter Its users' program tells the one that measures apart. @default - it is not measured */
  readonly exporter?: ExporterSetup;
  /** @see Service.queues @default - it has none */
  readonly queues?: QueueAccess;
  /** @see Service.readers Its users' program and its provisioners tell readers apart. @default - they do not */
  readonly readers?: true;
  /** Which parameters of its servers an environment may set, where `sizes` has them. @default - none */
  readonly parameters?: ParameterRules;
  /** What an environment may say of the spec, and what of it the form of a field does not see. @default - nothing */
  readonly settings?: SettingRules<NoInfer<Spec>>;
  /** What an environment says of one that somebody else runs. @default - nobody else may run it */
  readonly external?: (spec: NoInfer<Spec>) => ExternalForm;
  /** @see Service.copied @default - nothing */
  readonly copied?: Copied;
  /** @see Service.aloneInCluster @default false */
  readonly aloneInCluster?: boolean;
  /** @see Service.heldUnder @default - none */
  readonly heldUnder?: Readonly<Partial<Record<OwnPlacement, readonly (string & keyof Spec)[]>>>;
  /** @see Service.failures @default - those of all kinds alone */
  readonly failures?: Service["failures"];
  /** How the data of a service of this name gets from one server to another. */
  readonly moving: (service: string) => DataMove;
}

/** Settings of a kind that an environment may say otherwise. */
export interface SettingRules<Spec extends object> {
  /** The spec with what the environment says. `hosts` are the domains of the application by the names of its hosts. */
  apply(spec: Spec, said: ServiceSizing, hosts: Readonly<Record<string, string>>): Spec;
  /** Mistakes in what an application or an environment says, of what has its form. `hosts` are the names of hosts. */
  problems(said: Partial<Spec> | ServiceSizing, path: Path, hosts: ReadonlySet<string>): Problem[];
  /** @see Service.deeds @default - nothing */
  deeds?(spec: Spec): Readonly<Record<string, string>>;
  /** Settings that count for nothing where somebody else runs the service. @default - none */
  elsewhere?(spec: Spec, path: Path): Problem[];
}

/** The function by which a developer asks for a service of the kind. */
export type ServiceBuilder<K extends string, Spec extends object> = (spec?: Partial<Spec>) => ServiceOf<K, Spec>;

/**
 * Makes the builder of a kind that this program has; kinds of other programs are made by `defineService`.
 *
 * @param brought what places and other parts find with the service, whatever an environment says of it. @default - they know the kind
 */
export function serviceBuilder<K extends string, Spec extends object>(
  definition: KindDefinition<K, Spec>,
  brought: Pick<Service, "observability" | "provisioners"> = {},
): ServiceBuilder<K, Spec> {
  const { defaults, fields, external, settings, ...kind } = definition;
  const optional = Object.entries<z.ZodType>(fields).map(([name, form]) => [name, form.optional()] as const);
  const schema = z.strictObject(Object.fromEntries(optional));
  const complete = z.strictObject(fields);
  return (spec = {}) => {
    const given = withDefaults(defaults, spec);
    const problems = (path: Path, hosts: ReadonlySet<string> = new Set()): Problem[] => {
      const found = check(schema, spec, path);
      if (found.length > 0) return found;
      // Of what is sound, what the definition adds: a default that its own form refuses is a mistake of the definition.
      return [...check(complete, given, path), ...(settings?.problems(given, path, hosts) ?? [])];
    };
    const service = {
      ...kind,
      ...brought,
      ...(external !== undefined && { external: external(given) }),
      spec: given,
      problems,
    };
    if (settings === undefined) return service;
    const override: ServiceOverride = {
      apply: (said, hosts) => of(settings.apply(given, said, hosts)),
      problems: (said, path, hosts) => settings.problems(said, path, hosts),
    };
    function of(own: Spec): ServiceOf<K, Spec> {
      const problemsElsewhere = (path: Path): Problem[] => settings?.elsewhere?.(own, path) ?? [];
      const deeds = (): Readonly<Record<string, string>> => settings?.deeds?.(own) ?? {};
      return { ...service, spec: own, override, problemsElsewhere, deeds };
    }
    return of(given);
  };
}
