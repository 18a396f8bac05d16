import type { Labels } from "../../kubernetes/objects";
import { nothingLeft } from "./total";

/**
 * No labels means everything. The key is left out then, not set to `undefined`: the bindings drop a block that holds
 * nothing but `undefined`, and an absent selector is another rule than an empty one.
 */
export function convertLabelSelector(
  selector: { readonly matchLabels?: Labels },
  where: string,
): { matchLabels?: Record<string, string> } {
  const { matchLabels, ...rest } = selector;
  nothingLeft(rest, where);
  return matchLabels === undefined ? {} : { matchLabels };
}
