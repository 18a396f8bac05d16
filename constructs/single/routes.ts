import { z } from "zod";
import type { RoutedApplication, RoutedRoute } from "../kubernetes/routed";
import { orEmpty } from "../model/plain";
import type { Path } from "../model/problem";
import { resolveRoute, routeSettings } from "../model/resolve-route";
import { GRACE_SECONDS, SERVICE_HTTP_PORT } from "../model/resolve-workload";
import { otherName, type RouteSettings } from "../model/route";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { matchOf } from "../model/validate/application";
import { dnsLabel, domain, objectName, port } from "../model/validate/forms";
import { isHost, redirectProblems } from "../model/validate/redirects";
import { Report } from "../model/validate/report";
import { pathForm, SETTINGS, settings } from "../model/validate/route-shape";
import { routeProblems } from "../model/validate/routes";
import { type InNamespace, inNamespace, REFERENCES } from "./props";

/** One path of one host, and the Service that answers it. */
export interface ServiceRoute extends Omit<RouteSettings, "basicAuth"> {
  /**
   * Who may call it with a name and a password; others are told 401. Name of a Secret in the same namespace, that exists
   * before: lines of `htpasswd -nbs` at its key `auth` behind an Ingress, `.htpasswd` behind a Gateway. @default - everybody
   */
  readonly basicAuth?: string;
  /** A domain: `shop.example.com`. Also what `cors.origins` calls it. */
  readonly host: string;
  /** Begins with `/`. @default "/" */
  readonly path?: string;
  /** @default "Prefix" */
  readonly pathType?: "Prefix" | "Exact";
  /** Name of a Service in the same namespace. */
  readonly service: string;
  /** Port of the Service. @default 80 */
  readonly port?: number;
  /** What is spoken there. @default "http" */
  readonly protocol?: "http" | "grpc";
}

/** What `AppIngress` and `AppGateway` are told. */
export interface RoutesProps extends InNamespace {
  /** Begins the names of its objects, and of the Secrets with certificates. */
  readonly name: string;
  /** What leads where, at least one. */
  readonly routes: readonly ServiceRoute[];
  /** ClusterIssuer of cert-manager that signs the certificates of the hosts. @default "letsencrypt-prod" */
  readonly clusterIssuer?: string;
  /** Requests per second that each proxy lets one client make, five times as many in a burst behind an Ingress. @default 100 */
  readonly rateLimit?: number;
}

const route = schemaOf<ServiceRoute>()({
  host: domain,
  path: pathForm.optional(),
  pathType: z.enum(["Prefix", "Exact"]).optional(),
  service: dnsLabel,
  port: port.optional(),
  protocol: z.enum(["http", "grpc"]).optional(),
  timeoutSeconds: settings.timeoutSeconds.optional(),
  maxBodySize: settings.maxBodySize.optional(),
  cors: settings.cors.optional(),
  allowFrom: settings.allowFrom.optional(),
  redirects: settings.redirects.optional(),
  basicAuth: objectName.optional(),
  headers: settings.headers.optional(),
});

export const routesFields = {
  ...inNamespace,
  name: inNamespace.owner,
  routes: z.array(route).min(1),
  clusterIssuer: objectName.optional(),
  rateLimit: z.int().min(1).max(1_000_000).optional(),
};

/** Checks the form of props, and each route that has one. */
export function checkRoutes(schema: z.ZodType, props: RoutesProps, path: Path): Report {
  const report = new Report();
  report.add(...check(schema, props, path, REFERENCES));
  const at = [...path, "routes"];
  const { routes } = orEmpty(props);
  const sound = (Array.isArray(routes) ? (routes as readonly ServiceRoute[]) : [])
    .map((one, index) => ({ one, index }))
    .filter(({ index }) => report.sound([...at, index]));
  const hosts = sound.map(({ one: { host } }) => host);
  const taken = new Map<string, number>();
  report.add(
    ...redirectProblems(sound.map(({ one, index }) => ({ route: one, at: [...at, index, "redirects"] }))),
    ...sound.flatMap(({ one: { host, redirects = [] }, index }) => {
      const other = otherName(host);
      const why = hosts.includes(other) ? `"${other}" is the host of a route` : `"${other}" is no domain`;
      return redirects.includes("www") && (hosts.includes(other) || !isHost(other))
        ? [{ path: [...at, index, "redirects"], got: redirects, why, fix: 'remove "www"' }]
        : [];
    }),
  );
  for (const { one, index } of sound) {
    const here = [...at, index];
    const said = SETTINGS.filter((field) => one[field] !== undefined);
    const target = { kind: "service", protocol: one.protocol } as const;
    report.add(...routeProblems(one, said, { target, hosts, path: here }));
    const key = `${one.host} ${matchOf({ ...one, to: one.service })}`;
    const other = taken.get(key);
    const why = `routes[${other ?? ""}] has the same host and path`;
    if (other === undefined) taken.set(key, index);
    else report.add({ path: here, got: one.path ?? "/", why, fix: "use another path" });
  }
  return report;
}

/** The same as the routes of an application. Nobody says how long its requests take: as long as those of workloads that do not. */
export function routed({ name, namespace, owner, routes }: RoutesProps): RoutedApplication {
  const hosts = Object.fromEntries(routes.map(({ host }) => [host, host]));
  return {
    name,
    namespace,
    owner,
    // Each Secret is called after its host alone, whatever hosts come and go.
    mainHost: false,
    routes: routes.flatMap((one): RoutedRoute[] => {
      const { host, path = "/", pathType = "Prefix", service, port: servicePort = SERVICE_HTTP_PORT, protocol } = one;
      const workload = {
        ...{ kind: "http", objectName: service, servicePort, requestSeconds: GRACE_SECONDS },
        ...(protocol !== undefined && { protocol }),
      };
      return resolveRoute(
        { host, hostName: host, path, pathType, workload },
        routeSettings(one),
        hosts,
        (secretName) => ({
          secretName,
        }),
      );
    }),
  };
}
