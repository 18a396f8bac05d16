import type { Deployment } from "../../../constructs/kubernetes/objects";
import { podsWhileRolling, progressDeadline, rolloutSeconds } from "../../../constructs/kubernetes/rollout";
import { deploymentOf, simulate } from "./simulated-rollout";

const REPLICAS = [1, 2, 3, 4, 5, 7, 8, 12, 20, 33, 100];
const GRACE = [1, 30, 70, 300, 1800, 3600];
const START = [1, 30, 280];
const STRATEGIES = [
  { maxSurge: "25%", maxUnavailable: 0 },
  { maxSurge: 0, maxUnavailable: 1 },
  { maxSurge: 1, maxUnavailable: 0 },
] as const;

const all = STRATEGIES.flatMap((rollingUpdate) =>
  REPLICAS.flatMap((replicas) =>
    GRACE.flatMap((grace) => START.map((start) => ({ rollingUpdate, replicas, grace, start }))),
  ),
);

test("a quota admits every pod of a rolling update, however slowly pods stop", () => {
  const blocked = all.filter((one) => {
    const { spec } = deploymentOf(one);
    const quota = podsWhileRolling(one.replicas, spec);
    return simulate(spec, { ...one, quota, stopping: 0 }).blocked > 0;
  });
  expect(blocked).toEqual([]);
});

test("a rollout that follows at once waits for the pods of the one before, and for no longer than its deadline", () => {
  const late = all.filter((one) => {
    const { spec } = deploymentOf(one);
    const quota = podsWhileRolling(one.replicas, spec);
    const { longestWait, seconds } = simulate(spec, { ...one, quota, stopping: quota - one.replicas });
    return longestWait > spec.progressDeadlineSeconds || seconds > rolloutSeconds({ spec });
  });
  expect(late).toEqual([]);
});

test("the simulation blocks where the quota is of the pods that are wanted and the surge alone", () => {
  const one = { rollingUpdate: STRATEGIES[0], replicas: 12, grace: 1800, start: 30 };
  const { spec } = deploymentOf(one);
  const { blocked, longestWait } = simulate(spec, { ...one, quota: 12 + 2 * 3, stopping: 0 });
  expect(blocked).toBeGreaterThan(0);
  expect(longestWait).toBeGreaterThan(600);
  expect(podsWhileRolling(12, spec)).toBe(27);
});

test("a rollout is waited for longer than it may stand still", () => {
  for (const one of all) {
    const { spec } = deploymentOf(one);
    expect(rolloutSeconds({ spec })).toBeGreaterThan(spec.progressDeadlineSeconds);
  }
});

test("pods that stop in time change no deadline, and slow ones or slow starts move it", () => {
  const of = (grace: number, start: number): Deployment["spec"] =>
    deploymentOf({ rollingUpdate: STRATEGIES[0], replicas: 3, grace, start }).spec;
  expect(of(70, 30).progressDeadlineSeconds).toBe(600);
  expect(of(1800, 30).progressDeadlineSeconds).toBe(300 + 1800 + 30 + 10);
  expect(progressDeadline(of(70, 280).template, 10)).toBe(660);
});
