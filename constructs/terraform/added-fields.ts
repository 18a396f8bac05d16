import { App, TerraformStack } from "cdktf";
import type { KubernetesObject } from "../kubernetes/objects";
import { addedTo } from "../kubernetes/patched";
import { applyChange, valueAt } from "../model/apply-patch";
import type { PatchValue } from "../model/patch";
import { pathSteps } from "../model/patch-path";
import { InvalidInput, type Problem } from "../model/problem";
import { argumentsFor } from "./arguments";
import { type Conversion, conversionOf } from "./conversion";
import { Unconverted } from "./convert/total";

/**
 * The conversion of an object that patches added fields to. Those that a conversion knows go through it; the rest are
 * arguments by the names that the provider's bindings have for them.
 *
 * @throws InvalidInput with every field that the resource has no argument for
 */
export function withAddedFields(object: KubernetesObject): Conversion {
  const added = addedTo(object);
  const taken = added.map((field) => ({ ...field, value: valueAt(object, pathSteps(field.path) ?? []) as PatchValue }));
  let known = added.reduceRight((one, { path }) => changed(one, { operation: "remove", path }), object);
  const unknown: typeof taken = [];
  for (const field of taken) {
    const { path, value } = field;
    const candidate = changed(known, { operation: "add", path, value });
    if (isConverted(candidate)) known = candidate;
    else unknown.push(field);
  }
  const conversion = conversionOf(known);
  if (unknown.length === 0) return conversion;
  const problems: Problem[] = [];
  const scratch = conversion.create(new TerraformStack(new App(), "scratch"), "scratch", {});
  let config: unknown = conversion.config;
  for (const { path, written, value } of unknown) {
    const result = argumentsFor(config, pathSteps(path) ?? [], value, scratch);
    if ("config" in result) config = result.config;
    else
      problems.push({ path: written, why: result.why, fix: "correct it, take it out, or bring an object of your own" });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  const all = config as object;
  return { config: all, create: (scope, id, more) => conversion.create(scope, id, { ...all, ...more }) };
}

function changed(object: KubernetesObject, change: Parameters<typeof applyChange>[1]): KubernetesObject {
  const result = applyChange(object, change);
  if ("value" in result) return result.value as KubernetesObject;
  throw new Error(`${change.operation} ${change.path}: ${result.why ?? ""}`);
}

function isConverted(object: KubernetesObject): boolean {
  try {
    conversionOf(object);
    return true;
  } catch (error) {
    if (error instanceof Unconverted) return false;
    throw error;
  }
}
