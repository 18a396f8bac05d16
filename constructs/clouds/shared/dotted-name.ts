import { fitName, type NameRule } from "../../model/names";

/**
 * Joined with dots, which no name in the input contains: two different lists of parts never meet in one name, as
 * `shop-eu` + `db` and `shop` + `eu-db` do where only hyphens are allowed.
 */
export function dottedName(parts: readonly string[], rule: NameRule): string {
  return fitName([parts.join(".")], rule);
}
