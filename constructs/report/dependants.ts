import type { ApplicationDocument } from "../model-json/schema";
import { applicationIn, type Models } from "./models";
import type { Place } from "./places";

/** A workload that cannot do its work while something else is away. */
export interface Dependant {
  readonly workload: string;
  /** What it goes by, from itself to what is away: `web → api → orders-db`. */
  readonly way: string;
  /** Hosts of the routes that lead to it. */
  readonly hosts: readonly string[];
}

/** Edges that have to be there for the workload to do its work are all that it has: none of them is optional. */
type Application = Pick<ApplicationDocument, "routes" | "workloads">;

/** Everything that needs a part of an application, along the edges of the model: those as they will be, or, of what goes, as they were. */
export function dependantsOf({ head, base }: Models, { environment, application, list, element }: Place): Dependant[] {
  if (environment === undefined || application === undefined || element === undefined) return [];
  const [next, last] = [head, base].map((model) => applicationIn(model, environment, application));
  const isIn = (of: Application | undefined): boolean =>
    of !== undefined &&
    (list === "services"
      ? Object.hasOwn((of as ApplicationDocument).services, element)
      : Object.hasOwn(of.workloads, element));
  const of = isIn(next) ? next : last;
  return of === undefined ? [] : along(of, list === "services" ? "service" : "workload", element);
}

function along(of: Application, to: "service" | "workload", element: string): Dependant[] {
  const found = new Map<string, Dependant>();
  const next: { readonly to: string; readonly name: string; readonly way: string }[] = [
    { to, name: element, way: element },
  ];
  for (let here = next.shift(); here !== undefined; here = next.shift()) {
    for (const [workload, { edges }] of Object.entries(of.workloads)) {
      const isEdge = edges.some((edge) => edge.to === here.to && edge.name === here.name);
      if (!isEdge || found.has(workload) || (to === "workload" && workload === element)) continue;
      const way = `${workload} → ${here.way}`;
      const hosts = of.routes.filter((route) => route.workload === workload).map(({ host, path }) => `${host}${path}`);
      found.set(workload, { workload, way, hosts: [...new Set(hosts)] });
      next.push({ to: "workload", name: workload, way });
    }
  }
  return [...found.values()];
}

/** `backend and consumer need it (web by backend)`, or nothing where nobody does. */
export function needWords(dependants: readonly Dependant[]): string | undefined {
  const direct = dependants.filter(({ way }) => way.split(" → ").length === 2);
  const others = dependants.filter((one) => !direct.includes(one));
  if (direct.length === 0) return undefined;
  const verb = direct.length === 1 ? "needs" : "need";
  const through = others.length === 0 ? "" : ` (and by them ${listed(others.map(({ workload }) => workload))})`;
  return `${listed(direct.map(({ workload }) => workload))} ${verb} it${through}`;
}

export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
