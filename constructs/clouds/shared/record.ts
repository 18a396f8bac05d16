import { TerraformResource, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { code, expression } from "../../terraform/expression";

/**
 * A value in the state, since synthesis knows no state: a later plan compares what it wants with what was.
 *
 * cdktf has a class for this type, which runs `terraform version` when the stack is synthesized: once for each record, and
 * a machine without Terraform could synthesize nothing. A stack's own `required_version` asks for more than it does.
 */
export class StateRecord extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly input: Readonly<Record<string, string | number>>,
    lifecycle: TerraformResourceLifecycle | undefined,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
      lifecycle,
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: { ...this.input } };
  }
}

/** Leaves what was recorded alone, and stops a plan where `condition` on it, in Terraform's language, does not hold. */
export const keepRecord = (condition: string, errorMessage: string): TerraformResourceLifecycle => ({
  ignoreChanges: ["input"],
  postcondition: [{ condition: expression`${code(condition)}`, errorMessage }],
});
