import { quoted } from "../alerts/promql";
import { LOGS_SOURCE } from "./names";
import type { LABELS } from "./stages";

type Asked = Readonly<Partial<Record<(typeof LABELS)[number], string>>>;

/** `{namespace="my-app-prod", app="my-app-backend"}`: lines by the labels that they have. */
export const logsQuery = (asked: Asked): string =>
  `{${Object.entries(asked)
    .map(([label, value]) => `${label}=${quoted(value)}`)
    .join(", ")}}`;

/** Address, in Grafana, of the lines of the last hour. */
export function logsLink(asked: Asked): string {
  const queries = [{ refId: "A", expr: logsQuery(asked) }];
  const panes = { logs: { datasource: LOGS_SOURCE, queries, range: { from: "now-1h", to: "now" } } };
  return `/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}
