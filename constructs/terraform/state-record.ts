import { type ITerraformDependable, TerraformResource, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { code, expression } from "./expression";
import { literalExpression } from "./literal";

export interface StateRecordProps {
  /** Values by name, or an expression of Terraform's language. */
  readonly input: Readonly<Record<string, string | number>> | string;
  readonly lifecycle?: TerraformResourceLifecycle;
  /** Expression of a set: there is one record for each of its elements. @default - one record */
  readonly keys?: string;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * A value in the state, since synthesis knows no state: a later plan compares what it wants with what was.
 *
 * cdktf has a class for this type, which runs `terraform version` when the stack is synthesized: once for each record, and
 * a machine without Terraform could synthesize nothing. A stack's own `required_version` asks for more than it does.
 */
export class StateRecord extends TerraformResource {
  readonly #input: StateRecordProps["input"];

  constructor(scope: Construct, id: string, { input, lifecycle, keys, dependsOn }: StateRecordProps) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
      lifecycle,
      dependsOn,
    });
    this.#input = input;
    // cdktf takes iterators alone.
    if (keys !== undefined) this.addOverride("for_each", keys);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: typeof this.#input === "string" ? this.#input : { ...this.#input } };
  }
}

/** Leaves what was recorded alone, and stops a plan where `condition` on it, in Terraform's language, does not hold. */
export const keepRecord = (condition: string, errorMessage: string): TerraformResourceLifecycle => ({
  ignoreChanges: ["input"],
  postcondition: [{ condition: expression`${code(condition)}`, errorMessage }],
});

/** Records what never changes as long as the state is there: a plan with other values stops. */
export function recordForGood(
  scope: Construct,
  id: string,
  values: Readonly<Record<string, string>>,
  errorMessage: string,
): void {
  const same = Object.entries(values).map(([key, value]) => `self.input.${key} == ${literalExpression(value)}`);
  new StateRecord(scope, id, { input: values, lifecycle: keepRecord(same.join(" && "), errorMessage) });
}
