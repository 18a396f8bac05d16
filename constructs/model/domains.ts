import type { ResolvedRoute } from "./resolved";

type Route = Pick<ResolvedRoute, "host" | "settings">;

/** The name of a host, and the other one from which clients are sent to it. */
export const namesOf = (routes: readonly Route[], host: string): string[] => [
  host,
  ...new Set(routes.flatMap(({ host: of, settings }) => (of === host ? (settings?.otherHost ?? []) : []))),
];

/** Every domain by which routes are asked, each once. */
export const domainsOf = (routes: readonly Route[]): string[] => [
  ...new Set(routes.flatMap(({ host }) => namesOf(routes, host))),
];
