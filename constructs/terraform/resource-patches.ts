import { TerraformResource } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { applyChange, valueAt } from "../model/apply-patch";
import { changesOf, type PatchChange, patchPath, type ResolvedPatch } from "../model/patch";
import { type PathStep, pathSteps } from "../model/patch-path";
import { didYouMean, oneOf, type Problem } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";
import { showKey } from "../model/show";

type OfResource = Extract<ResolvedPatch, { readonly on: "resource" }>;
type Attributes = Readonly<Record<string, unknown>>;

/**
 * Changes resources of data services as an environment's patches say.
 *
 * @param scope below which the application's cloud has put them, under `Services`
 * @returns what is wrong with the patches: with any, nothing of theirs counts
 */
export function patchResources(scope: Construct, application: ResolvedApplication): Problem[] {
  const services = scope.node.tryFindChild("Services");
  return application.patches.flatMap((patch): Problem[] => {
    if (patch.on !== "resource") return [];
    const path = patchPath(application, patch);
    const service = services?.node.tryFindChild(patch.of);
    const all = service === undefined ? [] : resourcesBelow(service);
    const found = all.filter(({ type, id }) => type === patch.type && (patch.id ?? id) === id);
    const [only, ...more] = found;
    if (only === undefined) return [targetProblem(path, patch, all)];
    if (more.length > 0) {
      const why = `${patch.of} has ${found.length} of its type`;
      return [{ path: [...path, "id"], why, fix: `use ${oneOf(found.map(({ id }) => id))}` }];
    }
    return changesOf(patch).flatMap((change) => {
      const problem = changed(only.resource, change);
      return problem === undefined ? [] : [{ path: [...path, change.operation, change.path], ...problem }];
    });
  });
}

interface Below {
  readonly resource: TerraformResource;
  readonly type: string;
  /** Path of its construct from the service on. */
  readonly id: string;
}

function resourcesBelow(service: IConstruct): Below[] {
  return service.node.findAll().flatMap((resource): Below[] => {
    if (!TerraformResource.isTerraformResource(resource)) return [];
    const id = resource.node.path.slice(service.node.path.length + 1);
    return [{ resource, type: resource.terraformResourceType, id }];
  });
}

function targetProblem(path: Problem["path"], patch: OfResource, all: readonly Below[]): Problem {
  const same = all.filter(({ type }) => type === patch.type).map(({ id }) => id);
  if (same.length > 0)
    return { path: [...path, "id"], got: patch.id, why: "no such resource", fix: `use ${oneOf(same)}` };
  const [provider = ""] = patch.type.split("_");
  const types = [...new Set(all.map(({ type }) => type))].filter((type) => type.startsWith(`${provider}_`));
  const why = `${patch.of} has none here`;
  return { path: [...path, "type"], got: patch.type, why, fix: `use ${oneOf(types)}${didYouMean(patch.type, types)}` };
}

function changed(resource: TerraformResource, change: PatchChange): Pick<Problem, "why" | "fix"> | undefined {
  const [first, ...below] = pathSteps(change.path) ?? [];
  if (first === undefined || !("key" in first)) return { why: "is no path", fix: "begin with an argument" };
  const attributes = attributesOf(resource);
  if (!(first.key in attributes)) {
    const known = Object.keys(attributes);
    return {
      why: `${resource.terraformResourceType} has no argument ${showKey(first.key)}`,
      fix: `correct it${didYouMean(first.key, known)}`,
    };
  }
  const given = withoutAbsent({ [first.key]: attributes[first.key] });
  const result = applyChange(given, change);
  if (!("value" in result)) return result;
  override(resource, [first], below, result.value);
  return undefined;
}

/** A map is changed where it is; a list as a whole, as overrides know no items. */
function override(
  resource: TerraformResource,
  above: readonly PathStep[],
  [step, ...below]: readonly PathStep[],
  patched: unknown,
): void {
  if (step === undefined || !("key" in step)) {
    const path = above.map((one) => ("key" in one ? one.key.replaceAll(".", "\\.") : "")).join(".");
    resource.addOverride(path, valueAt(patched, above));
    return;
  }
  override(resource, [...above, step], below, patched);
}

/** Every argument of the resource's type, with what is given to it, before references are resolved. */
function attributesOf(resource: TerraformResource): Attributes {
  // Protected in cdktf: the one place where bindings say which arguments there are.
  const synthesize: unknown = Reflect.get(resource, "synthesizeAttributes");
  const attributes: unknown = typeof synthesize === "function" ? synthesize.call(resource) : undefined;
  const overridden: unknown = Reflect.get(resource, "rawOverrides");
  return { ...(attributes as Attributes), ...(overridden as Attributes) };
}

/** Blocks name all of their arguments; those without a value are not there. */
function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, withoutAbsent(inner)]])),
  );
}
