import { execFileSync } from "node:child_process";
import type { JsonObject } from "../../kubernetes/json";
import { readAllAsHelm } from "../../yaml/read";
import type { ChartReader } from "./chart";

export interface HelmCommandProps {
  /** The program: its path, or its name on the PATH. */
  readonly helm: string;
  /** Folder of the chart. */
  readonly chart: string;
  /** Name of the release. */
  readonly release: string;
  /** Version of Kubernetes, as the clusters have it. Helm's own libraries would say another. */
  readonly kubernetes: string;
}

/** The objects in what `helm template` prints. */
export const objectsIn = (text: string): JsonObject[] => readAllAsHelm(text) as JsonObject[];

const run = (helm: string, ...args: readonly string[]): string => execFileSync(helm, args, { encoding: "utf8" });

/** Reads a chart by `helm template`. */
export const helmCommand = ({ helm, chart, release, kubernetes }: HelmCommandProps): ChartReader => ({
  title: `Helm ${run(helm, "version", "--short").split("+")[0]?.trim() ?? ""}`,
  objects: (environment) =>
    objectsIn(
      run(helm, "template", release, chart, "--kube-version", kubernetes, "--set", `environment=${environment}`),
    ),
});
