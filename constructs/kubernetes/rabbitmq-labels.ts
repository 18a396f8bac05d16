import type { Labels } from "./objects";

/** What the operator puts on the nodes of the cluster of this name, beside labels of the cluster itself. */
export const rabbitmqPodLabels = (cluster: string): Labels => ({
  "app.kubernetes.io/name": cluster,
  "app.kubernetes.io/component": "rabbitmq",
});
