import type { Container, Deployment, PodTemplate } from "./objects";

/** A node that has to come first, an image that has to be pulled. */
const ARRIVAL_SECONDS = 300;

/** The same where nodes and layers of the image are there. */
const PULL_SECONDS = 60;

type Rolling = Pick<Deployment["spec"], "minReadySeconds" | "template" | "strategy">;

const graceOf = ({ spec }: PodTemplate): number => spec.terminationGracePeriodSeconds;

/** Pods above those that are wanted, as Kubernetes rounds a share of them. */
export const surgeOf = (replicas: number, { rollingUpdate: { maxSurge } }: Rolling["strategy"]): number =>
  typeof maxSurge === "number" ? maxSurge : Math.ceil((replicas * parseInt(maxSurge, 10)) / 100);

/** Pods that are replaced at a time. */
const batch = (replicas: number, strategy: Rolling["strategy"]): number => Math.max(1, surgeOf(replicas, strategy));

/**
 * The most pods there are of a Deployment at one time: all that are wanted, those above that while it rolls, and all that
 * are stopping meanwhile. One that stops counts against a quota to its end. As many as are added are stopped each time
 * that those are available, so all of the old ones may be stopping at once where that takes longer than to replace them.
 *
 * @param replicas the most that are wanted
 */
export function podsWhileRolling(replicas: number, { minReadySeconds, strategy, template }: Rolling): number {
  const atATime = batch(replicas, strategy);
  const stopping = atATime * Math.ceil(graceOf(template) / Math.max(1, minReadySeconds));
  return replicas + atATime + Math.max(atATime, Math.min(replicas, stopping));
}

/** Seconds until the slowest container is ready, or has been given up. */
const startSeconds = ({ spec }: PodTemplate): number => Math.max(0, ...spec.containers.map(readySeconds));

/**
 * Seconds without progress after which a rollout has failed: longer than one pod may take to come, and than it may have to
 * wait until another is gone, for its place in the quota or for its disk.
 */
export function progressDeadline(template: PodTemplate, minReadySeconds: number): number {
  return Math.max(600, ARRIVAL_SECONDS + graceOf(template) + startSeconds(template) + minReadySeconds);
}

/** Seconds to wait for a rollout. It outlasts the deadline, or it would hide the reason that Kubernetes gives. */
export function rolloutSeconds({ spec }: Pick<Deployment, "spec">): number {
  const { minReadySeconds, progressDeadlineSeconds, replicas, strategy, template } = spec;
  const { maxSurge } = strategy.rollingUpdate;
  const removesFirst = maxSurge === 0;
  const each = startSeconds(template) + minReadySeconds + PULL_SECONDS + (removesFirst ? graceOf(template) : 0);
  // An autoscaler may have made more of them than are given here: a share of them is as many times.
  const share = typeof maxSurge === "string" ? Math.ceil(100 / parseInt(maxSurge, 10)) : 0;
  const times = Math.max(share, Math.ceil(replicas / batch(replicas, strategy)));
  return Math.max(2 * progressDeadlineSeconds, progressDeadlineSeconds + times * each);
}

/** Seconds to wait until all of its pods are gone. */
export const removalSeconds = ({ spec }: Pick<Deployment, "spec">): number =>
  Math.max(600, graceOf(spec.template) + ARRIVAL_SECONDS);

function readySeconds({ readinessProbe, startupProbe }: Container): number {
  const start =
    startupProbe && startupProbe.initialDelaySeconds + startupProbe.periodSeconds * startupProbe.failureThreshold;
  const ready = readinessProbe && readinessProbe.initialDelaySeconds + readinessProbe.periodSeconds;
  return (start ?? 0) + (ready ?? 0);
}
