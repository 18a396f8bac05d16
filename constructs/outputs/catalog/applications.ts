import type { PlatformEnvironment } from "../../environment";
import type { ResolvedApplication, ResolvedObjectGroup, ResolvedWorkload } from "../../model/resolved";
import type { RenderedApplication, RenderedEnvironment } from "../../rendering/rendered-environment";

/** An application in one environment. */
export interface Placed {
  readonly environment: PlatformEnvironment;
  readonly rendered: RenderedApplication;
}

/** An application with everywhere that it runs: a catalog has one entity of each thing, not one for each environment. */
export interface CatalogApplication {
  readonly name: string;
  /** What one environment has of it, for what is the same in all. */
  readonly model: ResolvedApplication;
  /** Where it runs, by the names of environments: one at least. */
  readonly placed: readonly Placed[];
}

/** Every application, once, by name. */
export function applicationsOf(environments: readonly RenderedEnvironment[]): readonly CatalogApplication[] {
  const placed = [...environments]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(({ environment, applications }) => applications.map((rendered) => ({ environment, rendered })));
  const names = [...new Set(placed.map(({ rendered }) => rendered.application.name))].sort();
  return names.flatMap((name) => {
    const mine = placed.filter(({ rendered }) => rendered.application.name === name);
    const [first] = mine;
    return first === undefined ? [] : [{ name, model: first.rendered.application, placed: mine }];
  });
}

/** One thing of an application, wherever it is. */
export interface Everywhere<T> {
  readonly name: string;
  /** One for each environment that has it, one at least. */
  readonly each: readonly (Placed & { readonly one: T })[];
  readonly first: T;
}

function everywhere<T extends { readonly name: string }>(
  { placed }: CatalogApplication,
  listOf: (application: ResolvedApplication) => readonly T[],
): readonly Everywhere<T>[] {
  const all = placed.flatMap((at) => listOf(at.rendered.application).map((one) => ({ ...at, one })));
  return [...new Set(all.map(({ one }) => one.name))].sort().flatMap((name) => {
    const each = all.filter(({ one }) => one.name === name);
    const [first] = each;
    return first === undefined ? [] : [{ name, each, first: first.one }];
  });
}

export const workloadsOf = (application: CatalogApplication): readonly Everywhere<ResolvedWorkload>[] =>
  everywhere(application, ({ workloads }) => workloads);

export const groupsOf = (application: CatalogApplication): readonly Everywhere<ResolvedObjectGroup>[] =>
  everywhere(application, ({ objects }) => objects);

export const servicesOf = (
  application: CatalogApplication,
): readonly Everywhere<ResolvedApplication["services"][number]>[] =>
  everywhere(application, ({ services }) => services);

/** Names of environments: `production, staging`. */
export const environmentsOf = (each: readonly Placed[]): string =>
  each.map(({ environment }) => environment.name).join(", ");

/** Whether an environment of profile production has it. That something is about to go the model does not say, so nothing is `deprecated`. */
export const lifecycleOf = (each: readonly Placed[]): "experimental" | "production" =>
  each.some(({ environment }) => environment.profile === "production") ? "production" : "experimental";
