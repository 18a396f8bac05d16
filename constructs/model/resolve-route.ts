import { withDefaults } from "./defaults";
import type { ResolvedBasicAuth, ResolvedCors, ResolvedRoute, ResolvedRouteSettings } from "./resolved";
import { type Cors, CORS_METHODS, otherName, type RouteOverride, type RouteSettings } from "./route";

const CORS_DEFAULTS: Omit<ResolvedCors, "origins"> = {
  methods: CORS_METHODS,
  headers: ["Authorization", "Content-Type", "X-Requested-With"],
  exposedHeaders: [],
  credentials: false,
  maxAgeSeconds: 7200,
};

const over = <T>(said: T | undefined, override: T | false | undefined): T | undefined =>
  override === false ? undefined : (override ?? said);

/** What the environment says replaces what the application says. */
export function routeSettings(route: RouteSettings, override: RouteOverride = {}): RouteSettings {
  return {
    timeoutSeconds: over(route.timeoutSeconds, override.timeoutSeconds),
    maxBodySize: over(route.maxBodySize, override.maxBodySize),
    cors: over(route.cors, override.cors),
    allowFrom: over(route.allowFrom, override.allowFrom),
    redirects: over(route.redirects, override.redirects),
    basicAuth: over(route.basicAuth, override.basicAuth),
    headers: over(route.headers, override.headers),
  } satisfies Record<keyof RouteSettings, unknown>;
}

/** Settings of a route of which nothing is said. */
export const NOTHING_SAID: ResolvedRouteSettings = {
  timeoutSeconds: undefined,
  maxBodySize: undefined,
  cors: undefined,
  allowFrom: undefined,
  otherHost: undefined,
  redirectTo: undefined,
  basicAuth: undefined,
  headers: undefined,
};

/**
 * A route as it is resolved, and after it those that send clients to it from other paths.
 *
 * @param hosts domains by the names of hosts
 * @param usersOf what a name in `basicAuth` stands for
 */
export function resolveRoute<R extends Pick<ResolvedRoute, "host" | "hostName" | "path" | "pathType">>(
  route: R,
  said: RouteSettings,
  hosts: Readonly<Record<string, string>>,
  usersOf: (name: string) => ResolvedBasicAuth,
): (R & Pick<ResolvedRoute, "settings">)[] {
  const { redirects = [] } = said;
  const settings = resolveSettings(route.host, said, hosts, usersOf);
  return [
    { ...route, ...(settings && { settings }) },
    ...redirects
      .filter((from) => from !== "www")
      .map((path) => ({
        ...{ ...route, path, pathType: "Prefix" as const },
        settings: { ...NOTHING_SAID, redirectTo: route.path },
      })),
  ];
}

/** @returns `undefined` where nothing is said of the route itself */
function resolveSettings(
  host: string,
  { timeoutSeconds, maxBodySize, cors, allowFrom, redirects = [], basicAuth, headers }: RouteSettings,
  hosts: Readonly<Record<string, string>>,
  usersOf: (name: string) => ResolvedBasicAuth,
): ResolvedRouteSettings | undefined {
  const resolved: ResolvedRouteSettings = {
    ...NOTHING_SAID,
    timeoutSeconds,
    maxBodySize,
    cors: cors && resolveCors(cors, hosts),
    allowFrom,
    otherHost: redirects.includes("www") ? otherName(host) : undefined,
    basicAuth: basicAuth === undefined ? undefined : usersOf(basicAuth),
    headers: headers && withDefaults({ request: {}, response: {} }, headers),
  };
  return Object.values(resolved).every((value) => value === undefined) ? undefined : resolved;
}

function resolveCors(cors: Cors, hosts: Readonly<Record<string, string>>): ResolvedCors {
  const origins = cors.origins.map((origin) => {
    const domain = hosts[origin];
    return domain === undefined ? origin : `https://${domain}`;
  });
  return withDefaults({ ...CORS_DEFAULTS, origins }, { ...cors, origins });
}
