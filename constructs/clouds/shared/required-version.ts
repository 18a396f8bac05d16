import type { TerraformStack } from "cdktf";
import { isObject } from "../../model/validate/usable";

/**
 * Oldest Terraform and OpenTofu with write-only arguments, and with native state locking in S3. Versions of the providers
 * need no line: each provider construct requires exactly the one its types were generated from.
 */
const REQUIRED_VERSION = ">= 1.11.0";

/** Requires it of whoever runs the stack, beside what the stack requires already. */
export function requireVersion(stack: TerraformStack): void {
  const overrides: unknown = Reflect.get(stack, "rawOverrides");
  const terraform = isObject(overrides) ? overrides.terraform : undefined;
  const given = isObject(terraform) ? terraform.required_version : undefined;
  const own = typeof given === "string" && given !== REQUIRED_VERSION ? [given] : [];
  stack.addOverride("terraform.required_version", [...own, REQUIRED_VERSION].join(", "));
}
