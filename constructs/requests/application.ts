import type { ApplicationSpec, Route } from "../model/application";
import { type Brought, rememberBrought } from "../model/brought";
import { keepOrigin } from "../model/origin";
import type { Service } from "../model/service";
import type { Need, Workload } from "../model/workload";
import type { RequestFile } from "./read-request";
import { asksForService, type DomainRequest, type ServiceRequest, type Use, usesOf } from "./request";
import { serviceOf, SETTINGS } from "./services";

interface Of<R> {
  readonly request: R;
  readonly placeOf: RequestFile["placeOf"];
}

/**
 * The edge of a use, as a program would write it. Variables have the name of the service before theirs, unless it is said to have
 * the plain ones: what else the workload needs, now or later, changes no name.
 */
export function needFor(request: ServiceRequest, { access }: Use): string | Need {
  const { name: to, default: isDefault = false } = request;
  const prefix = isDefault ? undefined : `${to.toUpperCase().replaceAll("-", "_")}_`;
  if (prefix === undefined && access !== "read") return to;
  return { to, ...(prefix !== undefined && { prefix }), ...(access === "read" && { access }) };
}

/** An application with what the requests for it ask for; the same object where none does. */
export function withServicesAndHosts(application: ApplicationSpec, files: readonly RequestFile[]): ApplicationSpec {
  const own = files.filter(({ request }) => request.application === application.name);
  const services = own.flatMap(({ request, placeOf }): Of<ServiceRequest>[] =>
    asksForService(request) ? [{ request, placeOf }] : [],
  );
  const domains = own.flatMap(({ request, placeOf }): Of<DomainRequest>[] =>
    request.request === "domain" ? [{ request, placeOf }] : [],
  );
  if (services.length + domains.length === 0) return application;
  const places: Brought[] = [];
  const made: ApplicationSpec = {
    ...application,
    ...(services.length > 0 && withServices(application, services, places)),
    ...(domains.length > 0 && withRoutes(application, domains, places)),
  };
  return keepOrigin(rememberBrought(made, places), application);
}

function withServices(
  application: ApplicationSpec,
  asked: readonly Of<ServiceRequest>[],
  places: Brought[],
): Partial<ApplicationSpec> {
  const services: Record<string, Service> = { ...application.services };
  const workloads: Record<string, Workload> = { ...application.workloads };
  for (const { request, placeOf } of asked) {
    const { name } = request;
    services[name] = serviceOf(request);
    places.push({ path: ["services", name], place: placeOf(["name"]) });
    for (const field of SETTINGS[request.request])
      places.push({ path: ["services", name, field], place: placeOf([field]) });
    usesOf(request).forEach((use, index) => {
      const workload = workloads[use.workload];
      if (workload === undefined) return;
      const needs = [...(workload.needs ?? []), needFor(request, use)];
      workloads[use.workload] = { ...workload, needs };
      places.push({ path: ["workloads", use.workload, "needs", needs.length - 1], place: placeOf(["usedBy", index]) });
    });
  }
  // One that says nothing has its own names from the first day, so that no other one, asked for or written, changes a key of it.
  const own = asked.filter(({ request }) => request.default !== true).map(({ request }) => request.name);
  const prefixedServices = [...(application.prefixedServices ?? []), ...own];
  return { services, workloads, ...(prefixedServices.length > 0 && { prefixedServices }) };
}

function withRoutes(
  application: ApplicationSpec,
  asked: readonly Of<DomainRequest>[],
  places: Brought[],
): Partial<ApplicationSpec> {
  const written = application.routes ?? [];
  const routes = asked.map(({ request: { name, path, to }, placeOf }, index): Route => {
    const at = ["routes", written.length + index];
    places.push(
      { path: at, place: placeOf(["name"]) },
      { path: [...at, "to"], place: placeOf(["to"]) },
      { path: [...at, "path"], place: placeOf(["path"]) },
    );
    return { host: name, ...(path !== undefined && { path }), to };
  });
  // The certificate of what is there stays where it is, whatever the new host is called.
  const [first] = written.map(({ host }) => host).sort();
  const mainHost = application.mainHost ?? first;
  return { routes: [...written, ...routes], ...(mainHost !== undefined && { mainHost }) };
}
