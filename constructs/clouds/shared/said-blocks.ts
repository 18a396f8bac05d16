import type { TerraformResourceLifecycle } from "cdktf";
import { code, expression } from "../../terraform/expression";
import { list } from "../../terraform/expressions";

/** Blocks of a network that were found, and those that were said to be its. */
export interface SaidBlocks {
  /** Name of the environment. */
  readonly environment: string;
  /** Blocks that network policies open to. */
  readonly dataCidrs: readonly string[];
  /** What has the block, for people, as text or a piece of Terraform's language. */
  readonly what: string;
  /** The block that was found, in Terraform's language, of `self`. */
  readonly found: string;
}

/**
 * Conditions by which a plan stops where data services have their addresses in none of the blocks that were said: policies would keep pods from
 * every database, in an apply that passes. A block that holds what was found will do.
 */
export function withinSaid({ environment, dataCidrs, what, found }: SaidBlocks): TerraformResourceLifecycle {
  const [first, length] = [`cidrhost(${found}, 0)`, `tonumber(split("/", ${found})[1])`];
  const said = `split("/", each)[1]`;
  const holds = `cidrhost(format("%s/%s", ${first}, ${said}), 0) == cidrhost(each, 0) && ${length} >= tonumber(${said})`;
  return {
    postcondition: [
      {
        condition: expression`anytrue([for each in ${code(list(dataCidrs))} : try(${code(holds)}, false)])`,
        errorMessage: `environments.${environment}.cloud.dataCidrs: ${what} has ${expression`${code(found)}`}, which is in none of ${dataCidrs.join(", ")}; give the blocks of what data services stand in: network policies open to these alone.`,
      },
    ],
  };
}
