import type { Observability } from "../observability";
import { applicationObjects } from "./application-objects";
import { DEFINITIONS, NAMESPACE } from "./charts";

/** Prometheus in the cluster, run by its operator. */
export const prometheus = (): Observability => ({
  title: "Prometheus",
  problems: () => [],
  definitions: DEFINITIONS,
  addons: () => [],
  objects: () => [],
  applicationObjects: (application, objects) => applicationObjects(application, objects, (alert) => `${alert}`),
  secretNamespaces: [NAMESPACE],
  scraper: { namespace: NAMESPACE, labels: { "app.kubernetes.io/name": "prometheus" } },
});
