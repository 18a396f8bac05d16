import type { JsonObject } from "../../kubernetes/json";
import type { KubernetesObject } from "../../kubernetes/objects";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import type { ValueSheet } from "./sheet";

/** An application in one environment. */
export interface ChartEnvironment {
  readonly application: ResolvedApplication;
  /** What Terraform would release: `released` of `applicationParts`. Without references, which only Terraform can follow. */
  readonly released: readonly KubernetesObject[];
}

/** One workload in every environment, in the order of the sheet. */
export interface WorkloadColumn {
  readonly name: string;
  readonly environments: readonly {
    readonly application: ResolvedApplication;
    readonly workload: ResolvedWorkload;
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
