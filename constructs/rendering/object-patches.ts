import { COMPONENT_LABEL, NAME_LABEL } from "../kubernetes/labels";
import type { Job, KubernetesObject, Labels } from "../kubernetes/objects";
import { type AddedField, withAdded } from "../kubernetes/patched";
import { nameOfAllRevisions, revisedJob, REVISION_LABEL } from "../kubernetes/revision";
import { applyChange } from "../model/apply-patch";
import { changesOf, patchPath, type ResolvedPatch } from "../model/patch";
import { didYouMean, oneOf, type Problem } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";

type OfObject = Extract<ResolvedPatch, { readonly on: "object" }>;

const seen = (of: string | undefined, kind: string): string => `${of ?? ""}/${kind}`;

/** Patches of an application's objects, in the order in which these are made. */
export class ObjectPatches {
  readonly #application: ResolvedApplication;
  readonly #patches: readonly OfObject[];
  /** Objects that each patch is of, and whose kind it names. */
  readonly #found = new Map<OfObject, string[]>();
  readonly #seen = new Set<string>();
  readonly #done = new WeakSet<KubernetesObject>();
  readonly #problems: Problem[] = [];

  constructor(application: ResolvedApplication) {
    this.#application = application;
    this.#patches = application.patches.filter((patch) => patch.on === "object");
  }

  /** The object with every patch that is of it. What was patched before stays as it is. */
  apply<T extends KubernetesObject>(object: T): T {
    if (this.#patches.length === 0 || this.#done.has(object)) return object;
    const patched = this.#patches.reduce(
      (one, patch) => (this.#isOf(patch, object) ? this.#changed(one, patch) : one),
      object,
    );
    this.#done.add(patched);
    return patched;
  }

  /** What is wrong with patches, once all objects were made. */
  problems(): readonly Problem[] {
    return [...this.#problems, ...this.#patches.flatMap((patch) => this.#targetProblems(patch))];
  }

  #isOf(patch: OfObject, object: KubernetesObject): boolean {
    if (ownerOf(object) !== patch.of) return false;
    this.#seen.add(seen(patch.of, object.kind));
    if (patch.kind !== object.kind) return false;
    const name = nameOfAllRevisions(object.metadata);
    const found = this.#found.get(patch) ?? [];
    found.push(name);
    this.#found.set(patch, found);
    return patch.object === undefined || patch.object === name;
  }

  #changed<T extends KubernetesObject>(object: T, patch: OfObject): T {
    let changed: unknown = object;
    const added: AddedField[] = [];
    for (const change of changesOf(patch)) {
      const written = [...patchPath(this.#application, patch), change.operation, change.path];
      const result = applyChange(changed, change);
      if ("value" in result) {
        changed = result.value;
        if (change.operation === "add") added.push({ path: change.path, written });
      } else {
        this.#problems.push({ path: written, ...result });
      }
    }
    const result = withAdded(changed as T, added);
    return result.kind === "Job" && result !== object ? (anotherRevision(result) as T) : result;
  }

  #targetProblems(patch: OfObject): Problem[] {
    const path = patchPath(this.#application, patch);
    const names = this.#found.get(patch) ?? [];
    const whose = patch.of ?? this.#application.name;
    if (names.length === 0) {
      const before = seen(patch.of, "");
      const kinds = [...this.#seen].filter((one) => one.startsWith(before)).map((one) => one.slice(before.length));
      const fix = kinds.length === 0 ? "take the patch out" : `use ${oneOf(kinds)}${didYouMean(patch.kind, kinds)}`;
      return [{ path: [...path, "kind"], got: patch.kind, why: `${whose} has none here`, fix }];
    }
    const fix = `use ${oneOf(names)}`;
    if (patch.object === undefined) {
      return names.length === 1
        ? []
        : [{ path: [...path, "object"], why: `${whose} has ${names.length} of its kind`, fix }];
    }
    return names.includes(patch.object)
      ? []
      : [{ path: [...path, "object"], got: patch.object, why: "no such object", fix }];
  }
}

/** Name of the workload or service that the object is of. */
function ownerOf({ metadata }: KubernetesObject): string | undefined {
  const labels: Labels = metadata.labels;
  if (labels[COMPONENT_LABEL] === undefined) return undefined;
  return labels[NAME_LABEL];
}

/** A Job is another one when its pods are. */
function anotherRevision(job: Job): Job {
  const labels = Object.fromEntries(Object.entries(job.metadata.labels).filter(([label]) => label !== REVISION_LABEL));
  return revisedJob({ ...job, metadata: { ...job.metadata, name: nameOfAllRevisions(job.metadata), labels } });
}
