import type { JsonObject } from "../../kubernetes/json";
import type { Labels } from "../../kubernetes/objects";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import type { RenderedApplication } from "../../rendering/rendered-environment";
import type { ValueSheet } from "./sheet";
import type { Document } from "./template";

/** An application in one environment. */
export type ChartEnvironment = Pick<RenderedApplication, "application" | "workloads" | "released" | "own">;

export interface HelmChartInput {
  /**
   * One application in every environment that the chart is for, one at least. What is released has nothing that only
   * Terraform knows.
   */
  readonly environments: readonly ChartEnvironment[];
  /** Version of the chart, by semantic versioning. What a release is of is its images' tag. @default "1.0.0" */
  readonly version?: string;
}

/** A chart before it is text. */
export interface ChartParts {
  readonly documents: readonly Document[];
  readonly sheet: ValueSheet;
  /** Files that templates read. */
  readonly files: Readonly<Record<string, string>>;
}

/** One workload in every environment, in the order of the sheet. */
export interface WorkloadColumn {
  readonly name: string;
  readonly environments: readonly {
    readonly application: ResolvedApplication;
    readonly workload: ResolvedWorkload;
    /** Labels of its pods by which it acts in the cloud. Empty where there is no need of any. */
    readonly identityLabels: Labels;
  }[];
  readonly sheet: ValueSheet;
}

/** One object as each environment has it, if it has it. */
export interface ObjectColumn {
  readonly name: string;
  readonly kind: string;
  readonly objects: readonly (JsonObject | undefined)[];
  /** What it would be, where no environment has it. */
  readonly possible?: JsonObject;
}
