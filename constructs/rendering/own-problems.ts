import type { KubernetesObject } from "../kubernetes/objects";
import { nameOfAllRevisions } from "../kubernetes/revision";
import { manifestTitle } from "../model/object-group";
import { isPlain } from "../model/plain";
import { didYouMean, oneOf, type Path, type Problem } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";

/* What is wrong with objects of the application's own beside those that this program makes. */

export function ownProblems(application: ResolvedApplication, made: readonly KubernetesObject[]): Problem[] {
  const titles = made.map(({ kind, metadata }) => `${kind} ${nameOfAllRevisions(metadata)}`);
  const own = application.objects.flatMap(({ manifests }) => manifests.map(manifestTitle));
  const { environment, name: of } = application;
  return application.objects.flatMap(({ name, manifests, scales }) =>
    manifests.flatMap((manifest, index): Problem[] => {
      const path = ["environments", environment, "applications", of, "objects", name, "manifests", index];
      const title = manifestTitle(manifest);
      // Each would undo what the other did.
      if (titles.includes(title)) {
        return [{ path, why: `${title} is made for the application already`, fix: "give it another name" }];
      }
      return targetsIn(manifest, path).flatMap((target) => [
        ...targetProblems(target, [...titles, ...own]),
        ...scalingProblems(target, application, scales),
      ]);
    }),
  );
}

/** Kind that a `ScaledObject` means where it says none. */
const USUAL_KIND = "Deployment";

/** Two that decide on the pods of one workload undo what the other did, and so does a release that knows of none. */
function scalingProblems(
  { path, kind, name }: Target,
  { workloads }: ResolvedApplication,
  scales: Readonly<Record<string, number>>,
): Problem[] {
  const field = path.at(-2);
  const workload = workloads.find(({ objectName }) => objectName === name);
  if (field !== "scaleTargetRef" || kind !== USUAL_KIND || workload === undefined) return [];
  if ("autoscaling" in workload && workload.autoscaling !== undefined) {
    const why = `workload "${workload.name}" has an autoscaler of its own here`;
    return [
      { path, got: name, why, fix: "say autoscaling: false of it in this environment, or take one of the two out" },
    ];
  }
  if (Object.hasOwn(scales, workload.name)) return [];
  const why = "quotas count no pods that it makes, and each release would take them back";
  return [
    { path, got: name, why, fix: `say the most that it makes in scales of the group: { "${workload.name}": 10 }` },
  ];
}

interface Target {
  readonly path: Path;
  readonly kind: string;
  readonly name: string;
}

/** Fields by which objects act on another one of their namespace: of autoscalers, and of policies of the Gateway API. */
const TARGETS = ["scaleTargetRef", "targetRef", "targetRefs"];

function targetsIn(value: unknown, path: Path): Target[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => targetsIn(item, [...path, index]));
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): Target[] => {
    const at = [...path, key];
    if (!TARGETS.includes(key)) return targetsIn(inner, at);
    const refs = Array.isArray(inner)
      ? inner.map((one: unknown, index) => [one, [...at, index]] as const)
      : [[inner, at] as const];
    return refs.flatMap(([ref, where]): Target[] => {
      if (!isPlain(ref) || typeof ref.name !== "string" || "namespace" in ref) return [];
      return [{ path: [...where, "name"], kind: typeof ref.kind === "string" ? ref.kind : USUAL_KIND, name: ref.name }];
    });
  });
}

/** What is acted on has gone, or never was: then nothing happens, and nobody says so. Other kinds may be made by an operator. */
function targetProblems({ path, kind, name }: Target, titles: readonly string[]): Problem[] {
  const known = titles.flatMap((one) => (one.startsWith(`${kind} `) ? [one.slice(kind.length + 1)] : []));
  if (known.includes(name) || (known.length === 0 && kind !== USUAL_KIND)) return [];
  const fix = known.length === 0 ? "take the object out" : `use ${oneOf(known)}${didYouMean(name, known)}`;
  return [{ path, got: name, why: `the application has no such ${kind} here`, fix }];
}
