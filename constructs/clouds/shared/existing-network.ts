import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { code, expression } from "../../terraform/expression";
import { literalExpression } from "../../terraform/literal";
import { recordForGood } from "../../terraform/state-record";

/** What a thing of somebody else's has to be. */
export interface Expected {
  /** Name of what is compared, for people: an attribute of the data source, `cidr_block`. */
  readonly attribute: string;
  /** What was found, in Terraform's language, of `self`. @default - the attribute */
  readonly found?: string;
  readonly is: string | boolean;
  /** What to do where it is not, without its end. */
  readonly otherwise: string;
}

/** Conditions on a thing that is found, by which a plan stops in words. `what` names it with its path. */
export const expects = (expected: readonly Expected[], what: string): TerraformResourceLifecycle => ({
  postcondition: expected.map(({ attribute, found = `self.${attribute}`, is, otherwise }) => ({
    condition: expression`(${code(found)}) == ${code(typeof is === "boolean" ? String(is) : literalExpression(is))}`,
    errorMessage: `${what}: ${attribute} is "${expression`${code(found)}`}", and "${String(is)}" was expected; ${otherwise}.`,
  })),
});

const STEPS =
  "Everything would be made anew, without its data. Put back what was there; to move, make a new environment in the other network, " +
  "bring the data over and the hosts last, and take this one down (docs/guide/use-an-existing-network.md).";

/** Words for a network that takes the place of another. `was` is what was recorded, as an expression. */
export const otherNetwork = (path: string, given: string, was: string): string =>
  `${path}: got "${given}" where "${was}" was. ${STEPS}`;

/**
 * Records which network the cluster is in, made or given, so that a plan for another one stops. States of versions that
 * recorded none get one with the next deploy.
 */
export function recordNetwork(scope: Construct, environment: string, network: string): void {
  const message = otherNetwork(
    `environments.${environment}.cloud.network`,
    network,
    expression`${code("self.input.id")}`,
  );
  recordForGood(scope, "Kept", { id: network }, message);
}
