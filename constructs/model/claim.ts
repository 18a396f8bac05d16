import type { Path } from "./problem";

/** Something of which there is one for all environments. */
export interface Claim {
  /** Tells it from everything else that is claimed: a kind and a name. */
  readonly of: string;
  /** Path of what was asked for, from the object on. */
  readonly path: Path;
  /** Value as it was asked for. */
  readonly got: unknown;
  /** Why two cannot have it, following "environment … has it, and". */
  readonly why: string;
  readonly fix: string;
}
