import { withDefaults } from "./defaults";
import type { ResolvedCors, ResolvedRouteSettings } from "./resolved";
import { type Cors, CORS_METHODS, type RouteOverride, type RouteSettings } from "./route";

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
  } satisfies Record<keyof RouteSettings, unknown>;
}

/** @returns `undefined` where nothing is said of the route */
export function resolveRouteSettings(
  settings: RouteSettings,
  hosts: Readonly<Record<string, string>>,
): ResolvedRouteSettings | undefined {
  const { timeoutSeconds, maxBodySize, cors, allowFrom } = settings;
  if (Object.values(settings).every((value) => value === undefined)) return undefined;
  return { timeoutSeconds, maxBodySize, cors: cors && resolveCors(cors, hosts), allowFrom };
}

function resolveCors(cors: Cors, hosts: Readonly<Record<string, string>>): ResolvedCors {
  const origins = cors.origins.map((origin) => {
    const domain = hosts[origin];
    return domain === undefined ? origin : `https://${domain}`;
  });
  return withDefaults({ ...CORS_DEFAULTS, origins }, { ...cors, origins });
}
