import type { PlatformEnvironment } from "../constructs/environment";
import { elementPointer } from "../constructs/model-json/element-pointer";
import type { ModelPart } from "../constructs/model-json/model-json";
import { elementPath } from "../constructs/model/element";
import { terraformAddresses } from "../constructs/rendering/terraform-addresses";

/** Which part of the model each resource of an environment is of, by stack and address. */
export function elementsByAddress(
  environment: PlatformEnvironment,
  written: Readonly<Record<string, unknown>>,
): ModelPart["resources"] {
  const byStack: Record<string, Record<string, { of: string; part: string }>> = {};
  for (const { stack, address, element, role } of terraformAddresses(environment, written)) {
    const part = "application" in element ? role : `${elementPath(element)}: ${role}`;
    (byStack[stack] ??= {})[address] = { of: elementPointer(environment.name, element), part };
  }
  return byStack;
}
