import type { Service, ServiceCategory } from "../services";
import { SERVICES } from "../services";
import { postgresql } from "./postgresql";

/**
 * Every kind of service that is to be had by its name, with its provisioners: those that places know themselves, and those that are
 * made as another program would make them.
 */
export const KINDS = { ...SERVICES, postgresql } as const;

export type KindName = keyof typeof KINDS;

/** A service of a kind with these settings, whose mistakes its `problems` says. */
export const serviceOfKind = (kind: KindName, spec: object): Service =>
  (KINDS[kind] as (spec: object) => Service)(spec);

/** Kinds of a category, in their order. The first is what a request means that names none. */
export const kindsOf = (category: ServiceCategory): readonly [KindName, ...KindName[]] => {
  const names = Object.keys(KINDS) as KindName[];
  const [first, ...others] = names.filter((kind) => KINDS[kind]().category === category);
  if (first === undefined) throw new Error(`no kind of service is a ${category}`);
  return [first, ...others];
};
