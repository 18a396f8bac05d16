import { isJsonObject } from "../kubernetes/json";
import { objectsOf, type Resource, textAt, valuesOf } from "./stack";

/** A resource that has the cluster ask for a load balancer: a Service, the chart of a controller, what a controller makes Services by. */
export interface LoadBalancer {
  readonly resource: Resource;
  /** Which controller makes it. @default - the cloud's own */
  readonly loadBalancerClass?: string;
}

const isService = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isJsonObject(value) && value.type === "LoadBalancer";

/** Every part of a value that says `type: LoadBalancer`. */
function servicesIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(servicesIn);
  if (!isJsonObject(value)) return [];
  return [...(isService(value) ? [value] : []), ...Object.values(value).flatMap(servicesIn)];
}

const said = (resource: Resource): unknown[] =>
  resource.type === "helm_release"
    ? [valuesOf(resource.block)]
    : objectsOf(resource)
        .filter(({ kind }) => kind === "Service" || kind === "EnvoyProxy")
        .map(({ body }) => body);

/** Load balancers that these resources ask for, one for each resource. */
export const loadBalancersIn = (resources: readonly Resource[]): LoadBalancer[] =>
  resources.flatMap((resource): LoadBalancer[] => {
    const [first] = said(resource).flatMap(servicesIn);
    if (first === undefined) return [];
    const loadBalancerClass = textAt(first, "loadBalancerClass") ?? textAt(first, "load_balancer_class");
    return [{ resource, ...(loadBalancerClass !== undefined && { loadBalancerClass }) }];
  });
