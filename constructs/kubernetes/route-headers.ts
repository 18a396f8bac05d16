import type { KubernetesObject } from "./objects";

const BEFORE = ".headers-";

/** `my-app.headers-web`: the ConfigMap with headers of a route's answers. No workload has a dot in its name, so it is none's. */
export const routeHeadersName = (application: string, route: string): string => `${application}${BEFORE}${route}`;

/** Whether the object is such a ConfigMap. */
export const isRouteHeaders = ({ kind, metadata }: KubernetesObject): boolean =>
  kind === "ConfigMap" && metadata.name.includes(BEFORE);
