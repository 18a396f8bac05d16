import type { Labels } from "../../kubernetes/objects";
import { type Series, STEP_SECONDS } from "./alert";

/* Series of proofs. Each goes on for long after its alert fires. */

/** Samples beyond the time after which the alert fires. */
const MORE = 30;

const samples = (firesAt: number): number => Math.ceil(firesAt / STEP_SECONDS) + MORE;

/** A counter that grows by so much a second. */
export const growing = (metric: string, labels: Labels, perSecond: number, firesAt: number): Series => ({
  metric,
  labels,
  values: `0+${perSecond * STEP_SECONDS}x${samples(firesAt)}`,
});

/** A gauge that stays. */
export const steady = (metric: string, labels: Labels, value: number, firesAt: number): Series => ({
  metric,
  labels,
  values: `${value}x${samples(firesAt)}`,
});

/** A point in time that stays so many seconds ahead of the clock, or behind it. */
export const ahead = (metric: string, labels: Labels, seconds: number, firesAt: number): Series => ({
  metric,
  labels,
  values: `${seconds}+${STEP_SECONDS}x${samples(firesAt)}`,
});

/** A counter that is one higher from its second sample on. */
export const once = (metric: string, labels: Labels, firesAt: number): Series => ({
  metric,
  labels,
  values: `0 1x${samples(firesAt)}`,
});

/** A counter that is told once, not at all for so many steps, and is one higher from then on. */
export const afterGap = (metric: string, labels: Labels, steps: number, firesAt: number): Series => ({
  metric,
  labels,
  values: `0 _x${steps} 1x${samples(firesAt) - steps}`,
});

/** A series of so many samples, and then none: whoever was asked did not tell it. */
export const cut = (series: Series, count: number): Series => ({
  ...series,
  values: `${series.values.replace(/x\d+$/, `x${count - 1}`)} stale`,
});
