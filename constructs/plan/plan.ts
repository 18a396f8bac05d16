import type { FirstPlan } from "./assumptions";
import type { Mask } from "./mask";

/*
 * What is read of a plan, in the engines' JSON form. Fields that the engines have and that nothing here needs are left out;
 * those that a later minor version adds are passed over, as the engines themselves say that readers should.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */

/** A plan of one stack. */
export interface Plan {
  /** Version of the engine that made it. */
  readonly engine: string;
  /** What it takes for true, where it was made before the stacks that its own stands on. */
  readonly first?: FirstPlan;
  /** Everything of which something becomes: what stays as it is, and where it is, is left out. */
  readonly changes: readonly ResourceChange[];
  /** What was changed by others since the last apply, as the engine noticed. */
  readonly drift: readonly ResourceChange[];
  /** What the engine will plan once this plan is applied, with the reason. */
  readonly deferred: readonly { readonly reason: string; readonly change: ResourceChange }[];
  readonly outputs: Readonly<Record<string, OutputChange>>;
  /** Whether applying it does all that is asked for: false where resources were targeted, or some are deferred. */
  readonly isComplete: boolean;
  /** Whether there is something to apply. `undefined`: the engine does not say, as OpenTofu. */
  readonly isApplyable: boolean | undefined;
  /** Whether it would run actions, which are no resources. */
  readonly hasActions: boolean;
  /** Whether the engine stopped with an error, so that there may be more than what is in it. */
  readonly hasErrors: boolean;
}

/** What becomes of something. `other` is what a later engine has, and nobody here knows. */
export type Kind = "create" | "delete" | "forget" | "no-op" | "other" | "read" | "replace" | "update";

export interface ResourceChange extends ValueChange {
  readonly address: string;
  /** Where the state has it, if that is another address. */
  readonly previousAddress?: string;
  readonly isData: boolean;
  readonly type: string;
  readonly provider: string;
  /** A former object that stayed when its replacement failed. */
  readonly deposed?: string;
  /** Why, in the engine's word: `replace_because_tainted`. */
  readonly reason?: string;
  /** Paths of arguments of which each asks for another resource. */
  readonly replacePaths: readonly (readonly (number | string)[])[];
  /** Set where no engine planned it, and two programs were compared: values are as they are written, and may be expressions. */
  readonly written?: WrittenChange;
  /** What it is imported by: an id, or arguments of an identity. Absent where it is not. */
  readonly importing?: { readonly id?: string; readonly identity?: unknown };
}

/** What is known of a change that was not planned. */
export interface WrittenChange {
  /** Why it may be made anew, in words; whether it is, only a plan tells. */
  readonly perhapsAnew?: string;
  /** Whether nothing of the resource changes, and only what the engine may do with it. */
  readonly isOnlyTold?: true;
}

export type OutputChange = ValueChange;

export interface ValueChange {
  readonly kind: Kind;
  /** The engine's words for it: `["delete", "create"]`. */
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: Mask;
  readonly sensitiveBefore: Mask;
  readonly sensitiveAfter: Mask;
}
