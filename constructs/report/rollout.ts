import { at, listAt, numberAt, textAt } from "./read";
import type { Fact } from "./report";

/** How pods of a workload are replaced, in numbers of the plan. Seconds; what only the apply tells is absent. */
export interface Rollout {
  readonly pods: number;
  /** Fewest that are ready at any moment: 0 means that the workload is away. */
  readonly fewestReady: number;
  /** Pods that are replaced at a time. */
  readonly atATime: number;
  /** Shortest time from the first new pod to the last one, where every pod is ready at its first check. */
  readonly leastSeconds: number;
  /** Seconds without progress after which Kubernetes gives it up; a StatefulSet is never given up. */
  readonly deadlineSeconds?: number;
  /** Seconds that each old pod has to end its requests. */
  readonly graceSeconds: number;
  readonly because: readonly Fact[];
}

const DEPLOYMENT = "kubernetes_deployment_v1";
const STATEFUL_SET = "kubernetes_stateful_set_v1";

export const ROLLED_TYPES: readonly string[] = [DEPLOYMENT, STATEFUL_SET];

/**
 * Says how a change of its pods goes on, from what the provider is told.
 *
 * @param fewest pods that an autoscaler keeps, where the plan has no number
 */
export function rolloutOf(type: string, after: unknown, fewest?: number): Rollout | undefined {
  const spec = at(after, "spec", 0);
  const template = at(spec, "template", 0, "spec", 0);
  if (template === undefined) return undefined;
  const written = numberAt(spec, "replicas");
  const pods = written ?? fewest ?? 1;
  const replaced = type === DEPLOYMENT ? deployment(spec, pods) : { fewestReady: Math.max(0, pods - 1), atATime: 1 };
  const minReady = numberAt(spec, "min_ready_seconds") ?? 0;
  const start = startSeconds(template);
  const grace = numberAt(template, "termination_grace_period_seconds") ?? 30;
  const deadline = type === DEPLOYMENT ? (numberAt(spec, "progress_deadline_seconds") ?? 600) : undefined;
  const times = Math.ceil(pods / Math.max(1, replaced.atATime));
  return {
    pods,
    ...replaced,
    leastSeconds: times * (start + minReady),
    graceSeconds: grace,
    ...(deadline !== undefined && { deadlineSeconds: deadline }),
    because: [
      written === undefined
        ? { what: `${pods} pods`, from: fewest === undefined ? "Kubernetes' default" : "autoscaling.min of the model" }
        : { what: `${pods} pods`, from: "spec[0].replicas" },
      {
        what: `${replaced.atATime} at a time, ${replaced.fewestReady} ready at least`,
        from: replaced.from ?? "one by one, as a StatefulSet",
      },
      { what: `${start} s until the first check of a pod`, from: "initial_delay_seconds of its probes" },
      { what: `${minReady} s that it has to stay ready`, from: "spec[0].min_ready_seconds" },
      { what: `${grace} s for an old pod to end`, from: "termination_grace_period_seconds" },
      ...(deadline === undefined
        ? []
        : [{ what: `${deadline} s without progress until it has failed`, from: "spec[0].progress_deadline_seconds" }]),
    ],
  };
}

interface Replaced {
  readonly fewestReady: number;
  readonly atATime: number;
  readonly from?: string;
}

function deployment(spec: unknown, pods: number): Replaced {
  if (textAt(spec, "strategy", 0, "type") === "Recreate") {
    return { fewestReady: 0, atATime: pods, from: "strategy Recreate" };
  }
  const rolling = at(spec, "strategy", 0, "rolling_update", 0);
  const surge = share(textAt(rolling, "max_surge") ?? "25%", pods, Math.ceil);
  const away = share(textAt(rolling, "max_unavailable") ?? "25%", pods, Math.floor);
  // Kubernetes makes one of them 1 where both come to 0.
  const unavailable = surge + away === 0 ? 1 : away;
  const from = "strategy[0].rolling_update";
  return { fewestReady: Math.max(0, pods - unavailable), atATime: Math.max(1, surge + unavailable), from };
}

function share(text: string, of: number, round: (number: number) => number): number {
  const number = parseInt(text, 10);
  if (!Number.isFinite(number)) return 0;
  return text.endsWith("%") ? round((of * number) / 100) : number;
}

/** Seconds until the slowest container can be ready for the first time. */
function startSeconds(template: unknown): number {
  const seconds = listAt(template, "container").map((container) => {
    const of = (probe: string): number => numberAt(container, probe, 0, "initial_delay_seconds") ?? 0;
    return of("startup_probe") + of("readiness_probe");
  });
  return Math.max(0, ...seconds);
}
