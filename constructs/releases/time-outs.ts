import type { KubernetesObject } from "../kubernetes/objects";
import { rolloutSeconds } from "../kubernetes/rollout";

/*
 * How long a release may take, from its objects. Helm counts for each hook anew, and once for everything that is waited for after them:
 * https://helm.sh/docs/helm/helm_upgrade/
 */

/** Least that is waited for: Helm's own time-out. */
const LEAST = 300;

/** Seconds in which all Deployments of a release are as they should be, or Kubernetes has said why not. */
export const rollbackSeconds = (objects: readonly KubernetesObject[]): number =>
  inMinutes(Math.max(LEAST, ...objects.map((one) => (one.kind === "Deployment" ? rolloutSeconds(one) : 0))));

/** The same with the Jobs that run before: going back runs none. */
export const upgradeSeconds = (objects: readonly KubernetesObject[]): number =>
  inMinutes(Math.max(rollbackSeconds(objects), ...objects.map(jobSeconds)));

function jobSeconds(one: KubernetesObject): number {
  if (one.kind !== "Job") return 0;
  // Its pod is told to end at the deadline, and has its time for that.
  return one.spec.activeDeadlineSeconds + one.spec.template.spec.terminationGracePeriodSeconds;
}

/** Rounded up to whole minutes, which people read. */
function inMinutes(seconds: number): number {
  return Math.ceil(seconds / 60) * 60;
}

/** Seconds as Helm and kubectl read them: `20m`, `90s`. */
export const duration = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`);
