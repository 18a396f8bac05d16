import type { HttpRouteRule, Ingress, KubernetesObject } from "../../kubernetes/objects";
import type { ResolvedRoute, ResolvedRouteSettings } from "../../model/resolved";

/** What a route does of its own, as an output says it. */
export type RouteContract = Readonly<Partial<Record<"timeout" | "body" | "preflight" | "clients", string>>>;

/** The setting of the model that each is of. */
export const SETTING_OF = {
  timeout: "timeoutSeconds",
  body: "maxBodySize",
  preflight: "cors",
  clients: "allowFrom",
} as const satisfies Record<keyof RouteContract, keyof ResolvedRouteSettings>;

type Where = Pick<ResolvedRoute, "host" | "path" | "pathType">;

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
    if (object.kind === "Ingress" && leads(object, route)) return ofIngress(object);
    if (object.kind !== "HTTPRoute" || !object.spec.hostnames?.includes(route.host)) continue;
    const type = route.pathType === "Prefix" ? "PathPrefix" : route.pathType;
    const rule = object.spec.rules.find(({ matches }) =>
      matches.some(({ path }) => path.value === route.path && path.type === type),
    );
    if (rule !== undefined) return ofRule(objects, object.metadata.name, rule);
  }
  return {};
}

function ofIngress({ metadata: { annotations = {} } }: Ingress): RouteContract {
  const say = (name: string): string | undefined => annotations[`nginx.ingress.kubernetes.io/${name}`];
  return given({
    timeout: say("proxy-read-timeout"),
    body: size(say("proxy-body-size")),
    preflight: preflight(say("cors-allow-methods"), say("cors-allow-headers"), say("cors-max-age")),
    clients: say("allowlist-source-range"),
  });
}

function ofRule(objects: readonly KubernetesObject[], route: string, { name }: HttpRouteRule): RouteContract {
  const isFor = (refs: readonly { readonly name: string; readonly sectionName?: string }[]): boolean =>
    name !== undefined && refs.some((ref) => ref.name === route && ref.sectionName === name);
  const backends = objects.flatMap((one) =>
    one.kind === "BackendTrafficPolicy" && isFor(one.spec.targetRefs) ? [one.spec] : [],
  )[0];
  const callers = objects.flatMap((one) =>
    one.kind === "SecurityPolicy" && isFor(one.spec.targetRefs) ? [one.spec] : [],
  )[0];
  const { cors, authorization } = callers ?? {};
  return given({
    timeout: backends?.timeout.http.streamIdleTimeout.replace("s", ""),
    body: size(backends?.requestBuffer?.limit),
    preflight:
      cors && preflight(cors.allowMethods.join(","), cors.allowHeaders.join(","), cors.maxAge.replace("s", "")),
    clients: authorization?.rules.flatMap(({ principal }) => principal.clientCIDRs).join(","),
  });
}

/** What nginx of Compose has of it. */
export function composeRoute(nginx: string, { host, path, pathType }: Where): RouteContract {
  const server = nginx.split(/^server \{$/m).find((one) => one.includes(`  server_name ${host};\n`)) ?? "";
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
  });
}
