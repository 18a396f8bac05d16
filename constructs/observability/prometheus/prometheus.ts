import type { Observability } from "../observability";
import { DEFINITIONS, NAMESPACE } from "./charts";

/** Prometheus in the cluster, run by its operator. */
export const prometheus = (): Observability => ({
  title: "Prometheus",
  problems: () => [],
  definitions: DEFINITIONS,
  addons: () => [],
  objects: () => [],
  secretNamespaces: [NAMESPACE],
  scraper: { namespace: NAMESPACE, labels: { "app.kubernetes.io/name": "prometheus" } },
});
