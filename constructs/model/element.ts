import { usedSecrets } from "./out-of-band";
import type { ResolvedApplication } from "./resolved";

/** A part of what a program describes, as people speak of it. The routes of an application are one element. */
export type Element =
  | { readonly kind: "application" | "routes"; readonly application: string }
  | {
      readonly kind: "workload" | "service" | "secret" | "objects";
      readonly application: string;
      readonly name: string;
    }
  /** What the platform team runs: a part of the cluster, of what is in it for all, or of the state's place. */
  | { readonly kind: "cluster" | "platform" | "state"; readonly name: string };

/** Elements of an application: itself, its workloads, services, secrets, and its routes where it has any. */
export const elementsOf = (application: ResolvedApplication): Element[] => {
  const { name, workloads, services, objects, routes } = application;
  const named =
    (kind: "workload" | "service" | "secret" | "objects") =>
    (one: { readonly name: string }): Element => ({ kind, application: name, name: one.name });
  return [
    { kind: "application", application: name },
    ...workloads.map(named("workload")),
    ...services.map(named("service")),
    ...usedSecrets(application).map(named("secret")),
    ...objects.map(named("objects")),
    ...(routes.length > 0 ? [{ kind: "routes", application: name } as const] : []),
  ];
};

/** Path for people: `my-app`, `my-app / backend`, `my-app / secret stripe-key`, `my-app / routes`, `platform / traefik`. */
export function elementPath(element: Element): string {
  switch (element.kind) {
    case "application":
      return element.application;
    case "routes":
      return `${element.application} / routes`;
    case "secret":
      return `${element.application} / secret ${element.name}`;
    case "workload":
    case "service":
    case "objects":
      return `${element.application} / ${element.name}`;
    default:
      return `${element.kind} / ${element.name}`;
  }
}

/** Whether two are the same: a workload and a service may have one name. */
export const isSameElement = (one: Element, other: Element): boolean =>
  one.kind === other.kind && elementPath(one) === elementPath(other);
