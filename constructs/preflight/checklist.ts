import { type Check, type Checklist, type CloudChecks, KINDS, type Need } from "./check";
import { clusterChecks } from "./cluster-checks";
import type { ClusterNeeds } from "./cluster-needs";
import { isLetsEncrypt, mayIssue } from "./dns";
import type { WrittenStack } from "./stacks";
import { type Releases, toolChecks } from "./tools";

export interface ChecklistProps {
  readonly environment: string;
  /** Stacks as they are synthesized now. */
  readonly stacks: readonly WrittenStack[];
  /** What the environment's cloud wants, and cannot ask. */
  readonly cloud: CloudChecks;
  readonly releases: Omit<Releases, "asksCluster">;
  /** What applications find in their cluster, where somebody else installs it. @default - this program installs it */
  readonly needs?: { readonly applications: readonly string[]; readonly cluster: ClusterNeeds };
  /** Hosts of all routes, with what of the model has each. */
  readonly hosts: ReadonlyMap<string, readonly Need[]>;
}

/** All that has to hold for one environment, in the order in which it is asked. Nobody is asked here. */
export function checklistOf({ environment, stacks, cloud, releases, needs, hosts }: ChecklistProps): Checklist {
  const ofCloud = [
    ...cloud.checks,
    ...(needs === undefined || cloud.cluster === undefined
      ? []
      : clusterChecks(needs.cluster, cloud.cluster, needs.applications)),
  ];
  const asksCluster = ofCloud.some(({ ask }) => ask.some(([program]) => program === "kubectl"));
  const checks = [
    ...toolChecks(stacks, { ...releases, asksCluster }),
    ...ofCloud,
    ...(isLetsEncrypt(stacks) ? [...hosts].map(([host, needs]) => mayIssue(host, needs)) : []),
  ];
  return { environment, checks: ordered(distinct(checks)), unasked: cloud.unasked };
}

/**
 * Gives each an id of its own. A name may be said twice in a file: what asks the same is asked once, and what does not is told apart by a
 * number.
 */
function distinct(checks: readonly Check[]): Check[] {
  const found = new Map<string, Check>();
  for (const check of checks) {
    const same = [...found.values()].filter(({ id }) => id === check.id || id.startsWith(`${check.id}#`));
    if (same.some(({ ask }) => JSON.stringify(ask) === JSON.stringify(check.ask))) continue;
    const id = same.length === 0 ? check.id : `${check.id}#${same.length + 1}`;
    found.set(id, { ...check, id });
  }
  return [...found.values()];
}

/** Orders them by kind; those of one kind as they come, and each after those that it waits for. */
function ordered(checks: readonly Check[]): readonly Check[] {
  const sorted = KINDS.flatMap((kind) => checks.filter((check) => check.kind === kind));
  const place = new Map(sorted.map(({ id }, index) => [id, index]));
  for (const { id, after } of sorted) {
    const late = after.find((before) => (place.get(before) ?? Infinity) >= (place.get(id) ?? 0));
    if (late !== undefined) throw new Error(`${id} waits for ${late}, which comes later or never`);
  }
  return sorted;
}
