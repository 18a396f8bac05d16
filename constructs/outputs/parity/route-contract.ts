import type { HttpHeader, HttpRouteFilter } from "../../kubernetes/gateway-objects";
import type { HttpRouteRule, Ingress, KubernetesObject } from "../../kubernetes/objects";
import type { ResolvedRoute, ResolvedRouteSettings } from "../../model/resolved";

/** What a route does of its own, as an output says it. */
export type RouteContract = Readonly<
  Partial<
    Record<"timeout" | "body" | "preflight" | "clients" | "other name" | "redirect" | "password" | "headers", string>
  >
>;

/** The setting of the model that each is of. */
export const SETTING_OF = {
  timeout: "timeoutSeconds",
  body: "maxBodySize",
  preflight: "cors",
  clients: "allowFrom",
  "other name": "otherHost",
  redirect: "redirectTo",
  password: "basicAuth",
  headers: "headers",
} as const satisfies Record<keyof RouteContract, keyof ResolvedRouteSettings>;

type Where = Pick<ResolvedRoute, "host" | "path" | "pathType" | "settings">;

const given = (contract: Readonly<Record<keyof RouteContract, string | undefined>>): RouteContract =>
  Object.fromEntries(Object.entries(contract).filter(([, value]) => value !== undefined));

/** `8m` of `8Mi`. */
const size = (text: string | undefined): string | undefined => text?.toLowerCase().replace(/i$/, "");

const preflight = (methods?: string, headers?: string, seconds?: string): string | undefined =>
  methods === undefined ? undefined : `${methods}; ${headers}; ${seconds}`.replaceAll(", ", ",");

const leads = ({ spec }: Ingress, { host, path, pathType }: Where): boolean =>
  spec.rules.some(
    (rule) => rule.host === host && rule.http?.paths.some((one) => one.path === path && one.pathType === pathType),
  );

/** What a cluster has of it: an Ingress, or a rule of an HTTPRoute and the policies for that. */
export function clusterRoute(objects: readonly KubernetesObject[], route: Where): RouteContract {
  for (const object of objects) {
    if (object.kind === "Ingress" && leads(object, route)) return ofIngress(objects, object, route);
    if (object.kind !== "HTTPRoute" || !object.spec.hostnames?.includes(route.host)) continue;
    const type = route.pathType === "Prefix" ? "PathPrefix" : route.pathType;
    const rule = object.spec.rules.find(({ matches }) =>
      matches.some(({ path }) => path.value === route.path && path.type === type),
    );
    if (rule !== undefined) return ofRule(objects, object.metadata.name, rule, route);
  }
  return {};
}

const OTHER_NAME = "308, with path and query";

/** Where clients are told to go, and how. */
const sent = (code: string | number | undefined, to: string | undefined): string | undefined =>
  code === undefined || to === undefined ? undefined : `${code} ${to}`;

type Headers = readonly (readonly [name: string, value: string])[];

/** Headers of requests and of answers in one text, whatever their order and case. */
function headers(request: Headers, response: Headers): string | undefined {
  const all = [
    ...request.map(([name, value]) => `request ${name.toLowerCase()}: ${value}`),
    ...response.map(([name, value]) => `response ${name.toLowerCase()}: ${value}`),
  ];
  return all.length === 0 ? undefined : all.sort().join("\n");
}

function ofIngress(
  objects: readonly KubernetesObject[],
  { metadata: { annotations = {} } }: Ingress,
  { host }: Where,
): RouteContract {
  const say = (name: string): string | undefined => annotations[`nginx.ingress.kubernetes.io/${name}`];
  const named = objects.flatMap((one) =>
    one.kind === "ConfigMap" && say("custom-headers") === `${one.metadata.namespace}/${one.metadata.name}`
      ? Object.entries(one.data)
      : [],
  );
  return given({
    headers: headers([], named),
    timeout: say("proxy-read-timeout"),
    body: size(say("proxy-body-size")),
    preflight: preflight(say("cors-allow-methods"), say("cors-allow-headers"), say("cors-max-age")),
    clients: say("allowlist-source-range"),
    // Both controllers say 308, to the path and query that were asked for.
    "other name": say("from-to-www-redirect") === "true" ? OTHER_NAME : undefined,
    redirect: sent(say("permanent-redirect-code"), say("permanent-redirect")?.replace(`https://${host}`, "")),
    password: say("auth-secret") === undefined ? undefined : say("auth-type"),
  });
}

const redirectsOf = (filters: readonly HttpRouteFilter[] = []) =>
  filters.flatMap((one) => ("requestRedirect" in one ? [one.requestRedirect] : []));

function ofRule(
  objects: readonly KubernetesObject[],
  route: string,
  { name, filters = [] }: HttpRouteRule,
  { host, settings }: Where,
): RouteContract {
  const isFor = (refs: readonly { readonly name: string; readonly sectionName?: string }[]): boolean =>
    name !== undefined && refs.some((ref) => ref.name === route && ref.sectionName === name);
  const backends = objects.flatMap((one) =>
    one.kind === "BackendTrafficPolicy" && isFor(one.spec.targetRefs) ? [one.spec] : [],
  )[0];
  const callers = objects.flatMap((one) =>
    one.kind === "SecurityPolicy" && isFor(one.spec.targetRefs) ? [one.spec] : [],
  )[0];
  const { cors, authorization } = callers ?? {};
  const other = objects.flatMap((one) =>
    one.kind === "HTTPRoute" && settings?.otherHost !== undefined && one.spec.hostnames?.includes(settings.otherHost)
      ? one.spec.rules.flatMap((rule) => redirectsOf(rule.filters))
      : [],
  )[0];
  const [redirect] = redirectsOf(filters);
  const set = (all: readonly HttpHeader[]): Headers => all.map((one) => [one.name, one.value]);
  return given({
    timeout: backends?.timeout.http.streamIdleTimeout.replace("s", ""),
    body: size(backends?.requestBuffer?.limit),
    preflight:
      cors && preflight(cors.allowMethods.join(","), cors.allowHeaders.join(","), cors.maxAge.replace("s", "")),
    clients: authorization?.rules.flatMap(({ principal }) => principal.clientCIDRs).join(","),
    headers: headers(
      filters.flatMap((one) => ("requestHeaderModifier" in one ? set(one.requestHeaderModifier.set) : [])),
      filters.flatMap((one) => ("responseHeaderModifier" in one ? set(one.responseHeaderModifier.set) : [])),
    ),
    "other name":
      other?.hostname === host && other.path === undefined ? `${other.statusCode}, with path and query` : undefined,
    redirect: sent(redirect?.statusCode, redirect?.path?.replaceFullPath),
    password: callers?.basicAuth === undefined ? undefined : "basic",
  });
}

/** Headers that a location sets to a text. */
const quotedIn = (block: string, pattern: RegExp): Headers =>
  [...block.matchAll(pattern)].map(([, name = "", value = ""]) => [
    name.replaceAll("_", "-"),
    value.replaceAll('\\"', '"'),
  ]);

const sentBy = (block: string): [code: string | undefined, to: string | undefined] => {
  const [, code, to] = /return (\d+) \$scheme:\/\/\$http_host(.*);/.exec(block) ?? [];
  return [code, to];
};

/** What nginx of Compose has of it. */
export function composeRoute(nginx: string, { host, path, pathType, settings }: Where): RouteContract {
  const server = nginx.split(/^server \{$/m).find((one) => one.includes(`  server_name ${host};\n`)) ?? "";
  const other = nginx
    .split(/^server \{$/m)
    .find((one) => settings?.otherHost !== undefined && one.includes(`  server_name ${settings.otherHost};\n`));
  const prefix = path.replace(/\/+$/, "");
  const match = pathType === "Exact" ? `= ${path}` : `${prefix}/`;
  const [, location = ""] = server.split(`\n  location ${match} {\n`);
  const block = location.split("\n  }\n")[0] ?? "";
  const say = (pattern: RegExp): string | undefined => pattern.exec(block)?.[1];
  return given({
    timeout: say(/_read_timeout (\d+)s;/),
    body: say(/client_max_body_size (\w+);/),
    preflight: preflight(say(/Allow-Methods "(.*)" /), say(/Allow-Headers "(.*)" /), say(/Max-Age (\d+) /)),
    clients: say(/\ballow (.*);/),
    "other name":
      other?.includes(`return 308 $scheme://${host}$asked_port$request_uri;`) === true ? OTHER_NAME : undefined,
    redirect: sent(...sentBy(block)),
    headers: headers(
      quotedIn(block, /(?:_set_header |fastcgi_param HTTP_)(\S+) "((?:[^"\\]|\\.)+)";/g),
      quotedIn(block, /add_header (?!Access-Control-)(\S+) "((?:[^"\\]|\\.)+)" always;/g),
    ),
    password: /\bauth_basic /.test(block) ? "basic" : undefined,
  });
}
