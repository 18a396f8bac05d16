import type { Path, Problem } from "./problem";

/** An add-on of an environment's own, as validation and reports ask it. The rest of its contract is beside its kind. */
export interface AddonOption {
  readonly name: string;
  readonly namespace: string;
  /** `false` where the namespace is there already. @default true */
  readonly createNamespace?: boolean;
  readonly chart: { readonly repository: string; readonly name: string; readonly version: string };
  /** Names of add-ons that are installed before it. @default - none */
  readonly after?: readonly string[];
  /** Mistakes in what was given to it. `path` is where it stands. */
  problems(path: Path): Problem[];
}
