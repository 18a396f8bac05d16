/* What is measured, by whom, and how that is known. Expressions may name nothing else. */

export interface Source {
  /** Who measures. */
  readonly name: string;
  readonly evidence: Evidence;
  /** Labels that come with the target that was asked, beside those of each family. */
  readonly targetLabels: readonly string[];
  readonly families: Readonly<Record<string, Family>>;
}

export interface Family {
  readonly type: "counter" | "gauge" | "histogram";
  readonly labels: readonly string[];
}

/** How it is known that families have these names and labels. */
export type Evidence =
  /** A test asks the real thing and compares. */
  | "scraped"
  /** Made by rules of the application, which promtool evaluates. */
  | "recorded by rules"
  /** Read in its source or documentation. */
  | { readonly recorded: { readonly version: string; readonly url: string; readonly date: string } };

/** Labels that Prometheus' operator gives to what it asks of pods, with those of our monitors. */
export const POD_TARGET = ["namespace", "pod", "container", "job", "instance", "endpoint", "application", "workload"];

/** Labels of the exporter of a data service. */
export const EXPORTER_TARGET = [
  "namespace",
  "pod",
  "container",
  "job",
  "instance",
  "endpoint",
  "application",
  "service",
];

/** Labels that a target has which speaks for objects of the whole cluster. */
export const CLUSTER_TARGET = ["job", "instance"];
