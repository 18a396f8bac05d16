import { isJsonObject, type JsonObject } from "../../kubernetes/json";
import { routeHeadersName } from "../../kubernetes/route-headers";
import type { ResolvedApplication, ResolvedRoute } from "../../model/resolved";
import { hostSecret, mainHostName, mainSecret } from "../../routing/certificates";
import { hasOwnIngress, ownIngress } from "../../routing/ingress-groups";
import { routeName } from "../../routing/route-name";
import { asText, Scope } from "./access";
import type { ObjectColumn } from "./chart-input";
import { titleOf } from "./differences";
import type { ValueSheet } from "./sheet";
import { type Document, Inline, type Node, type Values, When } from "./template";
import type { Rules } from "./unify";

/*
 * The Ingresses of a release. A route that says something of its own has one of its own, in the environments where it does:
 * it is there where its annotations are, and the application's leads to the route where they are not.
 */

/** Whether the environment's routes are an Ingress. */
export const hasIngress = (objects: readonly JsonObject[]): boolean => objects.some(({ kind }) => kind === "Ingress");

const ENABLED = ["ingress", "enabled"] as const;

const annotationsOf = (route: ResolvedRoute): readonly string[] => [
  "ingress",
  "routes",
  routeName(route),
  "annotations",
];

const title = (name: string): string => titleOf({ kind: "Ingress", metadata: { name } });

const host = (name: string): Inline => Scope.application.quoted("ingress", "hosts", name);

const path = ({ path: at, pathType, workload }: ResolvedRoute): Node => ({
  path: at,
  pathType,
  backend: { service: { name: workload.objectName, port: { name: "http" } } },
});

/** The route whose own Ingress it is. @returns `undefined` for the one of the application */
function ownRoute({ name }: ObjectColumn, applications: readonly ResolvedApplication[]): ResolvedRoute | undefined {
  return applications
    .flatMap((application) => application.routes.map((route) => ({ application, route })))
    .find(({ application, route }) => title(ownIngress(application.name, route)) === name)?.route;
}

const headersOf = (route: ResolvedRoute): readonly string[] => ["ingress", "routes", routeName(route), "headers"];

/** The route whose headers are in the ConfigMap. */
function headersRoute({ name }: ObjectColumn, applications: readonly ResolvedApplication[]): ResolvedRoute | undefined {
  return applications
    .flatMap((application) => application.routes.map((route) => ({ application, route })))
    .find(({ application, route }) => {
      const of = routeHeadersName(application.name, routeName(route));
      return titleOf({ kind: "ConfigMap", metadata: { name: of } }) === name;
    })?.route;
}

/** Where a route sets headers. @returns `undefined` for a ConfigMap of something else */
export function headersGuard(object: ObjectColumn, applications: readonly ResolvedApplication[]): Document["guard"] {
  const route = headersRoute(object, applications);
  return route && Scope.application.condition(...headersOf(route));
}

/** Headers of a route, which each environment may say otherwise. */
export function headersRules(
  object: ObjectColumn,
  applications: readonly ResolvedApplication[],
  sheet: ValueSheet,
): Rules {
  const [first] = applications;
  const route = headersRoute(object, applications);
  if (first === undefined || route === undefined) return {};
  return {
    data: () => {
      const column = object.objects.map((one) => (isJsonObject(one?.data) ? one.data : {}));
      for (const key of new Set(column.flatMap((data) => Object.keys(data)))) {
        sheet.set(
          [...headersOf(route), key],
          column.map((data) => data[key]),
        );
      }
      return Scope.application.texts(first.name, ...headersOf(route));
    },
  };
}

/** Where there is one. */
export function ingressGuard(object: ObjectColumn, applications: readonly ResolvedApplication[]): Document["guard"] {
  const enabled = Scope.application.condition(...ENABLED);
  const route = ownRoute(object, applications);
  if (route === undefined) return enabled;
  const own = Scope.application.condition(...annotationsOf(route));
  return {
    condition: `and ${enabled.condition} ${own.condition}`,
    holds: (values: Values) => enabled.holds(values) && own.holds(values),
  };
}

const otherNameOf = (routes: readonly ResolvedRoute[], name: string): string | undefined =>
  routes.find(({ hostName, settings }) => hostName === name && settings?.otherHost !== undefined)?.settings?.otherHost;

/** A rule for each host of the application, which an environment gives a domain. */
export function ingressRules(
  object: ObjectColumn,
  applications: readonly ResolvedApplication[],
  sheet: ValueSheet,
): Rules {
  const [first] = applications;
  if (first === undefined) return {};
  const own = ownRoute(object, applications);
  const names = [...new Set(first.routes.map(({ hostName }) => hostName))];
  for (const name of names) {
    const domain = ({ routes }: ResolvedApplication) => routes.find(({ hostName }) => hostName === name)?.host;
    sheet.set(["ingress", "hosts", name], applications.map(domain));
  }
  // Names from which clients are sent to hosts, in the environments that have such.
  const others = names.filter((name) => applications.some(({ routes }) => otherNameOf(routes, name) !== undefined));
  for (const name of others) {
    sheet.set(
      ["ingress", "otherNames", name],
      applications.map(({ routes }) => otherNameOf(routes, name)),
    );
  }
  const shown = own === undefined ? names : [own.hostName];
  const annotations = own === undefined ? ["ingress", "annotations"] : annotationsOf(own);
  return {
    "metadata.annotations": () => {
      const column = object.objects.map((one) => {
        const { annotations: given } = isJsonObject(one?.metadata) ? one.metadata : {};
        return isJsonObject(given) ? given : {};
      });
      for (const key of new Set(column.flatMap((given) => Object.keys(given)))) {
        sheet.set(
          [...annotations, key],
          column.map((given) => given[key]),
        );
      }
      return Scope.application.texts(first.name, ...annotations);
    },
    "spec.tls": () =>
      shown.map((name): Node => ({ hosts: certified(name, others), secretName: certificate(first, name) })),
    "spec.rules": () =>
      shown.map((name): Node => {
        const routes = first.routes.filter(({ hostName }) => hostName === name);
        const paths = own === undefined ? routes.flatMap((one) => whereShared(one, object, applications)) : [path(own)];
        return { host: host(name), ...(paths.length > 0 && { http: http(paths) }) };
      }),
  };
}

/** Domains in the certificate of a host. */
function certified(name: string, others: readonly string[]): Node[] {
  if (!others.includes(name)) return [host(name)];
  const { condition, holds } = Scope.application.condition("ingress", "otherNames", name);
  return [host(name), new When(condition, holds, Scope.application.quoted("ingress", "otherNames", name))];
}

/** The path, where the route has no Ingress of its own: everywhere, nowhere, or in some environments. */
function whereShared(
  route: ResolvedRoute,
  { objects }: ObjectColumn,
  applications: readonly ResolvedApplication[],
): Node[] {
  const name = routeName(route);
  const own = applications
    .filter((_, index) => objects[index] !== undefined)
    .flatMap(({ routes }) => routes.filter((one) => routeName(one) === name))
    .map(hasOwnIngress);
  // In none of them, or a route of its own in each: a path that sends clients away is there in some environments only.
  if (!own.includes(false)) return [];
  if (!own.includes(true)) return [path(route)];
  const { condition, holds } = Scope.application.condition(...annotationsOf(route));
  return [new When(`not ${condition}`, (values) => !holds(values), path(route))];
}

/** The paths, or nothing at all without any: the API refuses an empty list. */
function http(paths: readonly Node[]): Node {
  const some = paths.flatMap((one) => (one instanceof When ? [one] : []));
  if (some.length < paths.length) return { paths };
  const condition =
    some.length === 1 ? (some[0]?.condition ?? "") : `or ${some.map((one) => `(${one.condition})`).join(" ")}`;
  return new When(condition, (values) => some.some((one) => one.holds(values)), { paths });
}

/** Its Secret's name has the domain in it, but for the main host's. */
function certificate(application: ResolvedApplication, name: string): Node {
  if (name === mainHostName(application)) return mainSecret(application.name);
  const at = ["ingress", "hosts", name] as const;
  const before = hostSecret(application.name, "");
  return new Inline(`printf "${before}%s" ${Scope.application.text(...at)} | quote`, (values) =>
    hostSecret(application.name, asText(Scope.application.get(values, ...at))),
  );
}
