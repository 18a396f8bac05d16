import type { Route } from "../application";
import type { ApplicationOverlay, EnvironmentInput } from "../environment";
import { DOMAIN } from "../names";
import { isPlain } from "../plain";
import type { Path, Problem } from "../problem";
import { routeSettings } from "../resolve-route";
import { otherName, routeKey } from "../route";
import type { Report } from "./report";
import { environmentPath, type UsableApplication, usableOverlays } from "./usable";

/* What is sent to routes by redirects may not be what another route, host or application is asked for by. */

/** A route with what an environment says of it, and where its redirects are written. */
export interface Redirecting {
  readonly route: Pick<Route, "host" | "path" | "redirects">;
  /** @default - nowhere that is judged here */
  readonly at?: Path;
}

/** Whether a host may be called so: machines of developers have one without a dot. */
export const isHost = (name: string): boolean => name === "localhost" || DOMAIN.test(name);

const plainPath = (path: string): string => path.replace(/\/+$/, "");

/** Paths that are sent away though a route of their host has them, or another redirect. */
export function redirectProblems(routes: readonly Redirecting[]): Problem[] {
  const taken = new Map<string, string>();
  for (const { route } of routes) {
    const { host, path = "/" } = route;
    taken.set(`${host} ${plainPath(path)}`, `the route ${routeKey(route)}`);
  }
  return routes.flatMap(({ route, at }) =>
    (route.redirects ?? []).flatMap((from, index): Problem[] => {
      if (from === "www") return [];
      const key = `${route.host} ${plainPath(from)}`;
      const other = taken.get(key);
      taken.set(key, `a redirect to ${routeKey(route)}`);
      if (other === undefined || at === undefined) return [];
      return [{ path: [...at, index], got: from, why: `${other} has this path`, fix: "use another path" }];
    }),
  );
}

/** The routes of an application as an environment has them. What has no form may be among what it says. */
function routesHere({ routes: overrides }: ApplicationOverlay, routes: readonly Route[]): Redirecting["route"][] {
  const said: Readonly<Record<string, unknown>> = isPlain(overrides) ? overrides : {};
  return routes.map((route) => {
    const override = said[routeKey(route)];
    const { redirects } = routeSettings(route, isPlain(override) ? override : {});
    return { ...route, ...(Array.isArray(redirects) ? { redirects } : { redirects: [] }) };
  });
}

const routeIn = (key: string, path: Path): Path => [...path, "routes", key, "redirects"];

/** The same of what an environment says, and names of hosts that there cannot be. */
export function checkRedirectsHere(
  report: Report,
  path: Path,
  overlay: ApplicationOverlay,
  { app }: UsableApplication,
): void {
  const here = routesHere(overlay, app.routes ?? []);
  const overrides = isPlain(overlay.routes) ? overlay.routes : {};
  report.add(
    ...redirectProblems(
      here.map((route) => {
        const key = routeKey(route);
        const said = isPlain(overrides[key]) && Array.isArray(overrides[key].redirects);
        const at = routeIn(key, path);
        return { route, ...(said && report.sound(at) && { at }) };
      }),
    ),
  );
  const domains = new Map(Object.entries(isPlain(overlay.hosts) ? overlay.hosts : {}));
  for (const { host, redirects = [] } of here) {
    const domain: unknown = domains.get(host);
    const at = [...path, "hosts", host];
    if (!redirects.includes("www") || typeof domain !== "string" || !report.sound(at)) continue;
    const other = otherName(domain);
    const taken = [...domains].find(([, one]) => one === other);
    if (!isHost(other)) {
      const why = `a route redirects "www" to it, and "${other}" is no domain`;
      report.add({ path: at, got: domain, why, fix: `use a domain of a zone, or redirects: false for the route here` });
    } else if (taken !== undefined) {
      const why = `a route redirects "${other}" to it, which is the host "${taken[0]}"`;
      report.add({
        path: at,
        got: domain,
        why,
        fix: `remove "www" from redirects, or give "${taken[0]}" another domain`,
      });
    }
  }
}

/** A domain, and where the host is that has it, or of which it is the other name. */
interface Taken {
  readonly domain: string;
  readonly path: Path;
  readonly owner: string;
  /** Domain of the host. */
  readonly given: string;
}

function domainsOf(report: Report, input: EnvironmentInput, place: number): Taken[] {
  return usableOverlays(environmentPath(input, place), input).flatMap(({ overlay, path }) => {
    const at = [...path, "hosts"];
    if (!report.sound(at)) return [];
    const owner = `application "${overlay.application.name}" of environment "${input.name}"`;
    const routes: unknown = overlay.application.routes;
    const sound = Array.isArray(routes) && report.sound(["applications", overlay.application.name, "routes"]);
    const redirecting = sound
      ? routesHere(overlay, routes as readonly Route[]).filter(({ redirects }) => redirects?.includes("www"))
      : [];
    return Object.entries(overlay.hosts ?? {}).flatMap(([host, domain]): Taken[] => {
      const own = { domain, given: domain, path: [...at, host], owner };
      const isSent = redirecting.some((route) => route.host === host);
      return isSent ? [own, { ...own, domain: otherName(domain) }] : [own];
    });
  });
}

/** One domain is served by one application of one environment: two would fight over its DNS record and certificate. */
export function checkDomains(report: Report, inputs: readonly EnvironmentInput[]): void {
  const taken = new Map<string, Taken>();
  for (const one of inputs.flatMap((input, place) => domainsOf(report, input, place))) {
    const { domain, path, owner } = one;
    const other = taken.get(domain);
    if (other !== undefined && other.owner !== owner) {
      const why =
        one.given === domain
          ? `${other.owner} has it`
          : `a route redirects "${domain}" to it, and ${other.owner} has that`;
      report.add({ path, got: one.given, why, fix: "use a domain of its own" });
    }
    taken.set(domain, one);
  }
}
