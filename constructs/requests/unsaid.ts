import type { EnvironmentSpec } from "../environment";
import type { ApplicationSpec } from "../model/application";
import type { ApplicationOverlay } from "../model/environment";
import { keepOrigin } from "../model/origin";
import { isObject, usableOverlays } from "../model/validate/usable";
import { asksForService, type Request } from "./request";

/**
 * Environments without the words that the program itself has for what was asked for: its size, its promise, its drops. Without
 * the request nothing is there that they could be of.
 */
export function unsaid(environments: readonly EnvironmentSpec[], requests: readonly Request[]): EnvironmentSpec[] {
  const applications = new Map<ApplicationSpec, ApplicationSpec>();
  return environments.map((environment) => {
    if (!isObject(environment)) return environment;
    const usable = new Set(usableOverlays([], environment).map(({ overlay }) => overlay));
    const given: readonly ApplicationOverlay[] = environment.applications;
    const overlays = given.map((overlay) => {
      const own = usable.has(overlay)
        ? requests.filter(({ application }) => application === overlay.application.name)
        : [];
      if (own.length === 0) return overlay;
      const application = applications.get(overlay.application) ?? withoutNames(overlay.application, own);
      applications.set(overlay.application, application);
      return own.reduce(withoutWords, { ...overlay, application });
    });
    return overlays.every((overlay, index) => overlay === given[index])
      ? environment
      : keepOrigin({ ...environment, applications: overlays }, environment);
  });
}

function withoutNames(application: ApplicationSpec, requests: readonly Request[]): ApplicationSpec {
  const services = new Set(requests.filter(asksForService).map(({ name }) => name));
  const hosts = requests.flatMap(({ request, name }) => (request === "domain" ? [name] : []));
  const { defaultServices, prefixedServices, mainHost } = application;
  const kept = (names: readonly string[] | undefined): readonly string[] | undefined =>
    names?.filter((name) => !services.has(name));
  const made: ApplicationSpec = {
    ...application,
    ...(defaultServices !== undefined && { defaultServices: kept(defaultServices) }),
    ...(prefixedServices !== undefined && { prefixedServices: kept(prefixedServices) }),
    ...(typeof mainHost === "string" && hosts.includes(mainHost) && { mainHost: undefined }),
  };
  return keepOrigin(made, application);
}

function withoutWords(overlay: ApplicationOverlay, request: Request): ApplicationOverlay {
  const { name } = request;
  const { services, recovery, moves, drops, hosts, routes } = overlay;
  if (asksForService(request)) {
    const others = (names: readonly string[]): string[] => names.filter((one) => one !== name);
    return {
      ...overlay,
      ...(services !== undefined && { services: without(services, (key) => key === name) }),
      ...(recovery !== undefined && { recovery: without(recovery, (key) => key === name) }),
      ...(moves !== undefined && { moves: others(moves) }),
      ...(drops !== undefined && { drops: others(drops) }),
    };
  }
  if (request.request !== "domain") return overlay;
  return {
    ...overlay,
    ...(hosts !== undefined && { hosts: without(hosts, (key) => key === name) }),
    ...(routes !== undefined && { routes: without(routes, (key) => key.startsWith(`${name}/`)) }),
  };
}

function without<T>(record: Readonly<Record<string, T>>, isOf: (key: string) => boolean): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !isOf(key)));
}
