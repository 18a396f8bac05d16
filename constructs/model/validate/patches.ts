import type { ApplicationOverlay, EnvironmentInput } from "../environment";
import { changesOf, type ObjectPatch, type Patch, type ResourcePatch } from "../patch";
import { didYouMean, oneOf, type Path, type Problem } from "../problem";
import type { Report } from "./report";
import { isObject, type UsableApplication } from "./usable";

interface Refusal {
  /** Kinds of objects it is about. @default - every one */
  readonly kinds?: readonly string[];
  /** Start of the paths. */
  readonly paths: RegExp;
  readonly why: string;
  readonly fix: string;
}

const BY_OTHERS = "other objects and the state go by it";

/** What no patch of an object may change: what others go by, and what the model has a word for. */
const OF_OBJECTS: readonly Refusal[] = [
  { paths: /^(?:apiVersion|kind|status)\b/, why: BY_OTHERS, fix: "leave it" },
  { paths: /^metadata\.(?:name|namespace)\b/, why: BY_OTHERS, fix: "leave it" },
  { paths: /^metadata(?:\.labels)?$/, why: BY_OTHERS, fix: "name the label or annotation in the path" },
  {
    paths: /(?:^|\.)labels(?:\.(?:app|owner|version)\b|\["(?:app\.kubernetes\.io|goldenpath)\/)/,
    why: BY_OTHERS,
    fix: "use a label of your own",
  },
  {
    kinds: ["Deployment", "StatefulSet"],
    paths: /^spec\.selector\b/,
    why: "Kubernetes never changes it",
    fix: "leave it",
  },
  {
    kinds: ["Deployment"],
    paths: /^spec\.replicas\b/,
    why: "the model has it",
    fix: "say it in replicas of the workload",
  },
  {
    kinds: ["HorizontalPodAutoscaler"],
    paths: /^spec\.(?:minReplicas|maxReplicas|metrics)\b/,
    why: "the model has it",
    fix: "say it in autoscaling of the workload",
  },
  {
    kinds: ["ScaledObject"],
    paths: /^spec\.(?:scaleTargetRef|minReplicaCount|maxReplicaCount|triggers)\b/,
    why: "the model has it",
    fix: "say it in autoscaling of the workload",
  },
  { kinds: ["ConfigMap"], paths: /^data\b/, why: "the model has it", fix: "say it in config of the workload" },
  {
    kinds: ["Deployment", "CronJob", "Job"],
    paths: /\.containers\[[^\]]+\]\.(?:image|resources\.(?:requests|limits)\.(?:cpu|memory)|env|envFrom)\b(?!ile)/,
    why: "the model has it",
    fix: "say it in image, resources, config or needs of the workload",
  },
  {
    kinds: ["Deployment", "CronJob", "Job"],
    paths: /\.spec\.(?:initContainers|containers(?:\[[^\]]+\])?$)/,
    why: "the model has it, and counts what containers ask for",
    fix: "say it in initContainers or sidecars of the workload",
  },
  {
    kinds: ["Secret"],
    paths: /^/,
    why: "its values would be in plans and in the state",
    fix: "use secrets of the application",
  },
];

/** Meta-arguments, by which the program keeps what holds data. */
const META = /^(?:lifecycle|count|for_each|provider|provisioner|depends_on|connection)\b/;

/** Patches of one application in one environment, as far as they can be judged without rendering it. */
export function checkPatches(
  report: Report,
  path: Path,
  { cloud }: EnvironmentInput,
  { patches }: ApplicationOverlay,
  { declared }: UsableApplication,
): void {
  const taken = new Map<string, string>();
  for (const [name, patch] of Object.entries(isObject(patches) ? (patches as Record<string, Patch>) : {})) {
    const at = [...path, "patches", name];
    if (!report.sound(at)) continue;
    const known = patch.on === "object" ? [...declared.workloads, ...declared.services] : declared.services;
    if (patch.of !== undefined && !known.includes(patch.of)) {
      const what = patch.on === "object" ? "workload or service" : "service";
      report.add({
        ...{ path: [...at, "of"], got: patch.of, why: `no such ${what}` },
        fix: `use ${oneOf(known)}${didYouMean(patch.of, known)}`,
      });
    }
    report.add(...(patch.on === "object" ? objectProblems(at, patch) : resourceProblems(at, patch, cloud)));
    checkChanges(report, at, name, patch, taken);
  }
}

function objectProblems(at: Path, patch: ObjectPatch): Problem[] {
  return changesOf(patch).flatMap(({ operation, path }): Problem[] => {
    const refusal = OF_OBJECTS.find(({ kinds, paths }) => (kinds?.includes(patch.kind) ?? true) && paths.test(path));
    if (refusal === undefined) return [];
    return [{ path: [...at, operation, path], why: refusal.why, fix: refusal.fix }];
  });
}

function resourceProblems(at: Path, patch: ResourcePatch, cloud: EnvironmentInput["cloud"]): Problem[] {
  const { resourceTypePrefix: prefix, title } = isObject(cloud) ? cloud : {};
  const wrong: Problem[] =
    prefix !== undefined && patch.type.startsWith(prefix)
      ? []
      : [
          {
            ...{ path: [...at, "type"], got: patch.type },
            why: `${title ?? "the cloud"} has no such resources`,
            fix:
              prefix === undefined
                ? "take the patch out here"
                : `use a type that begins with ${prefix}, or take the patch out here`,
          },
        ];
  const meta = changesOf(patch).filter(({ path }) => META.test(path));
  return [
    ...wrong,
    ...meta.map(({ operation, path }) => ({
      ...{ path: [...at, operation, path], why: "this program keeps what holds data by it" },
      fix: "leave it; see drops and protect",
    })),
  ];
}

/** No order of names decides which of two patches wins. */
function checkChanges(report: Report, at: Path, name: string, patch: Patch, taken: Map<string, string>): void {
  const changes = changesOf(patch);
  if (changes.length === 0) {
    report.add({ path: at, why: "changes nothing", fix: "give add, replace or remove" });
  }
  const target = patch.on === "object" ? [patch.kind, patch.object] : [patch.type, patch.id];
  for (const { operation, path } of changes) {
    const key = JSON.stringify([patch.on, patch.of, ...target, path]);
    const other = taken.get(key);
    if (other !== undefined) {
      const why = other === name ? "is changed twice" : `patch "${other}" changes the same field`;
      report.add({ path: [...at, operation, path], why, fix: "change it once" });
    }
    taken.set(key, name);
  }
}
