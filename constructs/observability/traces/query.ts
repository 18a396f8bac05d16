import { quoted } from "../alerts/promql";
import { TRACES_SOURCE } from "./names";

/** `{resource.k8s.namespace.name="my-app-prod"}`: traces with a span of the namespace, in TraceQL. */
export const tracesQuery = (namespace: string): string => `{resource.k8s.namespace.name=${quoted(namespace)}}`;

/** Address, in Grafana, of the traces of the last hour. */
export function tracesLink(namespace: string): string {
  const queries = [{ refId: "A", queryType: "traceql", query: tracesQuery(namespace) }];
  const panes = { traces: { datasource: TRACES_SOURCE, queries, range: { from: "now-1h", to: "now" } } };
  return `/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}
