import type { ApplicationSpec, Route } from "../application";
import type { ApplicationOverlay } from "../environment";
import { isPlain } from "../plain";
import { didYouMean, oneOf, type Path, type Problem } from "../problem";
import { bytes } from "../quantity";
import { routeSettings } from "../resolve-route";
import { GRACE_SECONDS, MAX_BODY_SIZE, withOverride } from "../resolve-workload";
import { routeKey, type RouteSettings } from "../route";
import type { Workload } from "../workload";
import { cidrProblems } from "./cidr";
import { originProblems } from "./origins";
import { redirectProblems } from "./redirects";
import type { Report } from "./report";
import { SETTINGS } from "./route-shape";
import { secretProblem } from "./secret-problem";
import { overrideOf, type UsableApplication } from "./usable";

/* What routes say beside host and path: in the application, and in an environment. */

export function checkRouteSettings(report: Report, path: Path, usable: UsableApplication): void {
  const { app, routes } = usable;
  for (const { route, index } of routes) {
    const at = [...path, "routes", index];
    const said = SETTINGS.filter((field) => route[field] !== undefined && report.sound([...at, field]));
    report.add(...settingProblems(route, said, app, at));
    checkUsers(report, [...at, "basicAuth"], route.basicAuth, usable);
  }
  const redirecting = routes
    .filter(({ matches }) => matches)
    .map(({ route, index }) => ({ route, at: [...path, "routes", index, "redirects"] }))
    .map(({ route, at }) => (report.sound(at) ? { route, at } : { route: { ...route, redirects: [] } }));
  report.add(...redirectProblems(redirecting));
}

/** The same of what the environment says, on the routes that it makes and to the workloads that it makes. */
export function checkRouteOverrides(
  report: Report,
  path: Path,
  overlay: ApplicationOverlay,
  usable: UsableApplication,
): void {
  const { app, routes } = usable;
  const { routes: given } = overlay;
  const at = [...path, "routes"];
  // A route without its form may have meant any of them.
  if (!isPlain(given) || routes.some(({ matches }) => !matches)) return;
  const known = [...new Set(routes.map(({ route }) => routeKey(route)))];
  for (const [key, override] of Object.entries(given)) {
    if (!known.includes(key)) {
      const fix = `use host and path of a route: ${oneOf(known)}${didYouMean(key, known)}`;
      report.add({ path: [...at, key], why: "no such route", fix });
      continue;
    }
    if (!report.sound([...at, key]) || !isPlain(override)) continue;
    const [route] = routes.filter(({ route: one }) => routeKey(one) === key);
    if (route === undefined) continue;
    const given = SETTINGS.filter((field) => override[field] !== undefined && override[field] !== false);
    const effective = { ...route.route, ...routeSettings(route.route, override) };
    // What it says of origins may not go with the passwords of the application.
    const meets = given.includes("cors") && !given.includes("basicAuth") && effective.basicAuth !== undefined;
    const said = meets ? [...given, "basicAuth" as const] : given;
    checkUsers(report, [...at, key, "basicAuth"], override.basicAuth, usable);
    const target = app.workloads[route.route.to];
    const here = target && withOverride(target, overrideOf(overlay, route.route.to));
    const workloads = here === undefined ? app.workloads : { ...app.workloads, [route.route.to]: here };
    report.add(...settingProblems(effective, said, { ...app, workloads }, [...at, key]));
  }
}

/** A secret that nobody declares. What has no form is told of elsewhere. */
function checkUsers(report: Report, path: Path, given: unknown, usable: UsableApplication): void {
  const problem = typeof given === "string" && report.sound(path) ? secretProblem(usable, given) : undefined;
  if (problem !== undefined) report.add({ path, ...problem });
}

const TIMES = ["requestSeconds", "terminationGraceSeconds"] as const;

/** A workload that gives up sooner in an environment than a route's timeout, of which the environment says nothing. */
export function checkTimesOfRoutes(
  report: Report,
  path: Path,
  overlay: ApplicationOverlay,
  { app }: UsableApplication,
): void {
  const overrides = isPlain(overlay.routes) ? overlay.routes : {};
  for (const [name, workload] of Object.entries(app.workloads)) {
    const override = overrideOf(overlay, name);
    const at = [...path, "workloads", name];
    const field = TIMES.find((one) => override?.[one] !== undefined && report.sound([...at, one]));
    if (override === undefined || field === undefined) continue;
    const most = longestSeconds(withOverride(workload, override));
    for (const route of (app.routes ?? []).filter(({ to }) => to === name)) {
      const key = routeKey(route);
      // What has no form is told of elsewhere, and not shown here.
      const timeoutSeconds: unknown = route.timeoutSeconds;
      if (typeof timeoutSeconds !== "number") continue;
      if (isPlain(overrides[key]) && overrides[key].timeoutSeconds !== undefined) continue;
      if (most === undefined || timeoutSeconds <= most) continue;
      const why = `the route ${key} waits ${timeoutSeconds} s for the workload, which gives up after ${most} s here`;
      const fix = `raise it, or give the route a timeoutSeconds of at most ${most} in routes of this environment`;
      report.add({ path: [...at, field], got: override[field], why, fix });
    }
  }
}

/** Seconds after which a workload gives a request up; `undefined` where it has none, or has no form, which is told elsewhere. */
function longestSeconds(workload: RouteTarget | undefined): number | undefined {
  if (workload?.kind !== "http" && workload?.kind !== "php-fpm") return undefined;
  const most: unknown = workload.requestSeconds ?? workload.terminationGraceSeconds ?? GRACE_SECONDS;
  return typeof most === "number" ? most : undefined;
}

/** What a route leads to: a workload of the model, or a Service that somebody else made. */
export type RouteTarget = Workload | { readonly kind: "service"; readonly protocol?: "http" | "grpc" };

const speaksGrpc = (target: RouteTarget | undefined): boolean =>
  target !== undefined && "protocol" in target && target.protocol === "grpc";

type Setting = (
  value: RouteSettings & Pick<Route, "path" | "pathType">,
  target: RouteTarget | undefined,
  hosts: ReadonlySet<string>,
  path: Path,
) => Problem[];

const PROBLEMS: Readonly<Record<keyof RouteSettings, Setting>> = {
  timeoutSeconds: ({ timeoutSeconds: got = 0 }, workload, _, path) => {
    const most = longestSeconds(workload);
    if (most === undefined || got <= most) return [];
    const why = `the workload gives up after ${most} s`;
    const fix = `use at most ${most}, or set requestSeconds of the workload to ${got}, and terminationGraceSeconds with it`;
    return [{ path, got, why, fix }];
  },
  maxBodySize: ({ maxBodySize: got = "1Ki" }, workload, _, path) => {
    if (speaksGrpc(workload)) {
      const why = "a proxy that counts a body keeps it until it is whole, and a call of gRPC may go on";
      return [{ path, got, why, fix: "remove it: servers of gRPC bound each message themselves" }];
    }
    if (workload?.kind !== "php-fpm") return [];
    const { maxBodySize: most = MAX_BODY_SIZE } = workload;
    if (bytes(got) <= bytes(most)) return [];
    const why = `nginx in the workload's pods takes ${most} at most`;
    return [{ path, got, why, fix: `lower it, or raise maxBodySize of the workload` }];
  },
  cors: ({ cors }, workload, hosts, path) => {
    if (speaksGrpc(workload)) {
      return [{ path, why: "no browser speaks gRPC", fix: "remove it" }];
    }
    const { origins = [], credentials = false } = cors ?? {};
    return [
      ...originProblems(origins, hosts, [...path, "origins"]),
      ...(origins.includes("*") && credentials
        ? [
            {
              path: [...path, "credentials"],
              got: true,
              why: 'browsers refuse them of an answer for "*"',
              fix: "name the origins",
            },
          ]
        : []),
    ];
  },
  allowFrom: ({ allowFrom = [] }, _, __, path) => cidrProblems(path, allowFrom),
  // What it names, the application declares; another's Secret is of any name.
  basicAuth: ({ cors }, _, __, path) =>
    cors === undefined
      ? []
      : [{ path, why: "a browser asks for the permission of `cors` without a password", fix: "remove one of the two" }],
  headers: () => [],
  redirects: ({ redirects = [], path: of = "/", pathType }, workload, _, path) => {
    if (speaksGrpc(workload)) return [{ path, why: "clients of gRPC follow no redirect", fix: "remove it" }];
    const www = redirects.indexOf("www");
    if (www < 0 || (of === "/" && pathType !== "Exact")) return [];
    const why = "the other name of a host leads to all of it, and this route is a part";
    return [{ path: [...path, www], got: "www", why, fix: 'say it of the host\'s route with path "/"' }];
  },
};

function settingProblems(
  route: Route,
  said: readonly (keyof RouteSettings)[],
  { workloads, routes = [] }: ApplicationSpec,
  path: Path,
): Problem[] {
  return routeProblems(route, said, { target: workloads[route.to], hosts: routes.map(({ host }) => host), path });
}

/**
 * Mistakes in what a route says of itself.
 *
 * @param said the settings that have their form
 */
export function routeProblems(
  route: RouteSettings & Pick<Route, "path" | "pathType">,
  said: readonly (keyof RouteSettings)[],
  { target, hosts, path }: { readonly target?: RouteTarget; readonly hosts: readonly string[]; readonly path: Path },
): Problem[] {
  const known = new Set(hosts);
  return said.flatMap((field) => PROBLEMS[field](route, target, known, [...path, field]));
}
