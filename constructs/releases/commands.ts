import type { ResolvedApplication } from "../model/resolved";
import { duration } from "./time-outs";

/*
 * Words of the commands that release an application and go back, which runbooks print and `goldenpath rollback` runs: one text, so that they
 * cannot disagree.
 */

export type Released = Pick<ResolvedApplication, "name" | "namespace">;

/** A command of Helm's about the release: `history`, `get values`. */
export const helmWords = (
  { name, namespace }: Released,
  verb: string,
  ...more: readonly string[]
): readonly string[] => ["helm", ...verb.split(" "), name, "-n", namespace, ...more];

/** Waits, as Helm's own time-out is five duration, however long a rollout may take. */
const waiting = (seconds: number): readonly string[] => ["--wait", "--timeout", duration(seconds)];

export interface HelmRollback {
  /** @default - the one before the newest, whatever became of that */
  readonly revision?: number;
  /** Seconds that it may take. */
  readonly seconds: number;
}

export const helmRollbackWords = (release: Released, { revision, seconds }: HelmRollback): readonly string[] => [
  ...["helm", "rollback", release.name, ...(revision === undefined ? [] : [String(revision)])],
  ...["-n", release.namespace, ...waiting(seconds)],
];

export interface HelmUpgrade {
  /** Folder of the chart. */
  readonly chart: string;
  readonly seconds: number;
  /** Flags before those that wait: `--reuse-values`. @default - none */
  readonly flags?: readonly string[];
}

export const helmUpgradeWords = (
  { name, namespace }: Released,
  { chart, seconds, flags = [] }: HelmUpgrade,
): readonly string[] => ["helm", "upgrade", "--install", name, chart, "-n", namespace, ...flags, ...waiting(seconds)];

/** The plan of a stack, and its apply. */
export const cdktfWords = (verb: "deploy" | "diff", stack: string): readonly string[] => ["npx", "cdktf", verb, stack];

/** Waits for a rollout, at most for a duration: `10m`. */
export const rolloutWords = ({ namespace }: Released, deployment: string, most: string): readonly string[] => [
  ...["kubectl", "-n", namespace, "rollout", "status", `deployment/${deployment}`, `--timeout=${most}`],
];

/** Goes back to the pods that a Deployment had before. */
export const undoWords = ({ namespace }: Released, deployment: string, revision?: number): readonly string[] => [
  ...["kubectl", "-n", namespace, "rollout", "undo", `deployment/${deployment}`],
  ...(revision === undefined ? [] : [`--to-revision=${revision}`]),
];

/** The command that says what cannot go back, and goes back. */
export const rollbackWords = (environment: string, application?: string): readonly string[] => [
  ...["npx", "goldenpath", "rollback", environment],
  ...(application === undefined ? [] : ["--application", application]),
];
