/* A dashboard as data, before Grafana's own builders make it one. */

/** Label of the ConfigMaps that Grafana takes for dashboards, with the value `1`. */
export const DASHBOARD_LABEL = "grafana_dashboard";

/** Where Grafana finds a dashboard: what it looks for in every namespace, and the folder that it is put into. */
export const DASHBOARD = { label: { [DASHBOARD_LABEL]: "1" }, folder: "grafana_folder" } as const;

/** Range of rates that fits the resolution, which Grafana puts there. */
export const RANGE = "$__rate_interval";

/** Unit of a panel's values, as Grafana names it. */
export type Unit = "bytes" | "percentunit" | "reqps" | "s" | "short";

export interface Query {
  /** PromQL. `$__rate_interval` is the range that fits the resolution. */
  readonly expr: string;
  /** Names each series: `{{workload}}`. */
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  /** What it shows, and what is unusual there. */
  readonly description: string;
  readonly unit: Unit;
  readonly queries: readonly [Query, ...Query[]];
  /** Lowest value of the axis. @default 0 */
  readonly min?: number;
  /** Highest value of the axis. @default - that of the series */
  readonly max?: number;
  /** Value from which on it is drawn as too much: the limit of an alert. @default - none */
  readonly limit?: number;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Moments that are drawn across every panel. */
export interface Mark {
  /** What they are, as the switch above the panels calls them. */
  readonly name: string;
  /** PromQL whose value is the moment, in milliseconds: one for each series and value. */
  readonly milliseconds: string;
  /** Heads each, with labels: `{{workload}}`. */
  readonly title: string;
  /** What makes one and what does not. The description of the dashboard ends with it. */
  readonly text: string;
}

export interface DashboardSpec {
  /** Unique in Grafana, up to 40 characters. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Pages that belong to it. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly marks: readonly Mark[];
  readonly rows: readonly Row[];
}
