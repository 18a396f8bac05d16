import { HOW } from "../plan/differences";
import { formatFieldPath } from "../plan/field-path";
import type { Kind, ResourceChange } from "../plan/plan";

const BECOMES: Readonly<Record<Kind, string>> = {
  "no-op": "stays as it is",
  create: "created",
  delete: "deleted",
  forget: "left to nobody: it goes on existing, and this program no longer manages it",
  other: "something that is not known here",
  read: "read",
  replace: "replaced",
  update: "changed in place",
};

/** Words for what was compared and not planned. */
const PERHAPS = "changed in place or made anew: only a plan tells";
const ONLY_TOLD = "left as it is, and what the engine may do with it is told otherwise";

const alsoOf = ({ previousAddress, importing }: Pick<ResourceChange, "importing" | "previousAddress">): string[] => [
  ...(importing === undefined ? [] : ["taken in, as it is there already"]),
  ...(previousAddress === undefined ? [] : [`moved from ${previousAddress}`]),
];

/** What becomes of a resource: `replaced, the old one first`. */
export function becomes({ kind, actions, previousAddress, importing, written }: ResourceChange): string {
  const key = actions.join(",");
  if (written?.perhapsAnew !== undefined) return [...alsoOf({ previousAddress, importing }), PERHAPS].join(", ");
  if (written?.isOnlyTold === true) return [...alsoOf({ previousAddress, importing }), ONLY_TOLD].join(", ");
  const main = Object.hasOwn(HOW, key) ? (HOW[key] ?? "") : BECOMES[kind];
  const also = alsoOf({ previousAddress, importing });
  if (kind === "no-op" && also.length > 0) return also.join(", ");
  return [...also, main].join(", ");
}

const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "its last apply failed half-way, or somebody tainted it",
  replace_because_cannot_update: "an argument cannot be changed in place",
  replace_by_request: "somebody asked for it with -replace",
  replace_by_triggers: "something that it is replaced with changes",
  delete_because_no_resource_config: "it is in the program no more",
  delete_because_no_move_target: "what it was moved to is not in the program",
  delete_because_wrong_repetition: "it has another count or for_each, or none any more",
  delete_because_count_index: "its count is smaller",
  delete_because_each_key: "its key is in the for_each no more",
  delete_because_no_module: "its module is in the program no more",
};

/** Why a resource goes or is made anew, as the engine says it, with the arguments that ask for it. */
export function reasonOf({ reason, replacePaths, deposed }: ResourceChange): string | undefined {
  const paths = replacePaths.map(formatFieldPath);
  const because = paths.length > 0 ? `${[...new Set(paths)].sort().join(", ")} cannot be changed in place` : undefined;
  if (reason === undefined)
    return because ?? (deposed === undefined ? undefined : "an interrupted apply left it behind");
  if (reason === "replace_because_cannot_update" && because !== undefined) return because;
  return Object.hasOwn(REASONS, reason) ? REASONS[reason] : `${reason}, in the engine's word`;
}
