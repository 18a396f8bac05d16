/**
 * `defaults` with what was given over them. A field given as `undefined` is a field not given: a conditional value in
 * an object literal must not take a default away.
 */
export function withDefaults<T extends object, G extends object>(defaults: T, given: G | undefined): T & Present<G> {
  const present = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(present) } as T & Present<G>;
}

type Present<G> = { readonly [K in keyof G]: Exclude<G[K], undefined> };
