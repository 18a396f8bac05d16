import type { Path } from "./problem";

/** Plain data of a patch. Nothing in it may be secret: it is in plans, states and `model.json`. */
export type PatchValue = string | number | boolean | readonly PatchValue[] | PatchMap;

export interface PatchMap {
  readonly [field: string]: PatchValue;
}

/**
 * A change to what this program renders, where the model has no word for it. Made by `objectPatch()` and `resourcePatch()`.
 */
export type Patch = ObjectPatch | ResourcePatch;

/**
 * What a patch changes, by paths: `spec.template.spec.containers[backend].stdin`. `[name]` is the item of a list that has
 * this name, `[0]` an item by its place, `["example.com/team"]` a key with other characters. Each of them has to do
 * something: a patch of what is gone, or of what this program says by now, is refused.
 */
export interface PatchChanges {
  /** Fields that are not there, in something that is. @default - none */
  readonly add?: Readonly<Record<string, PatchValue>>;
  /** Fields that are there, and have another value. @default - none */
  readonly replace?: Readonly<Record<string, PatchValue>>;
  /** Paths of fields that are there. @default - none */
  readonly remove?: readonly string[];
}

interface CommonPatch extends PatchChanges {
  /** Why the model does not do. Reports show it. 10 to 1,000 characters. */
  readonly reason: string;
}

/** What is changed of a Kubernetes object, in every output that has it: Terraform and the Helm chart. */
export interface ObjectPatchSpec extends CommonPatch {
  /** Name of the workload or service whose object it is. @default - the application's own, such as its Ingress */
  readonly of?: string;
  /** Kind of the object: `Deployment`. */
  readonly kind: string;
  /** Name of the object, where there are several of its kind. A revision at its end is left out. @default - the only one */
  readonly object?: string;
}

/** What is changed of a Terraform resource of a data service. */
export interface ResourcePatchSpec extends CommonPatch {
  /** Name of the service whose resource it is. */
  readonly of: string;
  /** Type of the resource: `aws_db_instance`. */
  readonly type: string;
  /** Path of its construct below the service, where there are several of its type: `Replica/Instance`. @default - the only one */
  readonly id?: string;
}

export interface ObjectPatch extends ObjectPatchSpec {
  readonly on: "object";
}

export interface ResourcePatch extends ResourcePatchSpec {
  readonly on: "resource";
}

export const objectPatch = (spec: ObjectPatchSpec): ObjectPatch => ({ ...spec, on: "object" });
export const resourcePatch = (spec: ResourcePatchSpec): ResourcePatch => ({ ...spec, on: "resource" });

/** A patch with the name that the environment gives it. */
export type ResolvedPatch = (ObjectPatch | ResourcePatch) & { readonly name: string };

/** Where a patch is in the input. */
export const patchPath = (
  { environment, name }: { readonly environment: string; readonly name: string },
  patch: Pick<ResolvedPatch, "name">,
): Path => ["environments", environment, "applications", name, "patches", patch.name];

export type PatchOperation = "add" | "replace" | "remove";

export interface PatchChange {
  readonly operation: PatchOperation;
  readonly path: string;
  /** Nothing to `remove`. */
  readonly value?: PatchValue;
}

/** Changes of a patch, one by one: what is removed first, so that something else can be added in its place. */
export const changesOf = ({ add = {}, replace = {}, remove = [] }: PatchChanges): PatchChange[] => [
  ...remove.map((path): PatchChange => ({ operation: "remove", path })),
  ...Object.entries(replace).map(([path, value]): PatchChange => ({ operation: "replace", path, value })),
  ...Object.entries(add).map(([path, value]): PatchChange => ({ operation: "add", path, value })),
];
