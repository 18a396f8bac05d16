import { own } from "../../model/own";
import { type Changed, isGone } from "../changed";
import { dependantsOf, needWords } from "../dependants";
import { reasonOf } from "../in-words";
import { applicationIn, environmentIn, type Models } from "../models";
import { partWords } from "../places";
import type { Level, Risk } from "../report";
import { isPool, restartsOf } from "../restarts";
import { ROLLED_TYPES, type Rollout, rolloutOf } from "../rollout";
import { digestOf, type Judged, riskOf } from "./risk";

/** What does not work for a while, or any more, and who needs it. */
export function downtime(judged: Judged): Risk[] {
  const { changes, models } = judged;
  return changes.flatMap((changed) => [
    ...gone(changed, models),
    ...stopped(changed, models),
    ...restarted(changed, models),
    ...away(changed, models),
  ]);
}

/** Level of something that is away: a protected environment is one that people rely on. */
export function levelIn(models: Models, { place: { environment } }: Changed): Level {
  const known = environment === undefined ? undefined : environmentIn(models.head ?? models.base, environment);
  return known?.protect === false ? "medium" : "high";
}

function gone(changed: Changed, models: Models): Risk[] {
  const { change, place } = changed;
  const { serves, holds } = changed.facts ?? {};
  if (!isGone(changed) || change.deposed !== undefined || serves === undefined) return [];
  const isDeleted = change.kind === "delete";
  // Who needs what is deleted with its data is told there.
  if (isPool(change.type) && !isDeleted) {
    const says = "its nodes are replaced by those of a new pool, and pods move to them";
    return [riskOf(changed, { class: "downtime", level: "low", what: "replaced", says })];
  }
  if (change.actions.join() === "create,delete" || (isDeleted && holds !== undefined)) return [];
  const need = needWords(dependantsOf(models, place));
  const how = isDeleted ? "goes" : "is away until it is made anew, and how long that takes no plan says";
  const says = `${partWords(place)}${how}; away with it: ${serves}${need === undefined ? "" : `; ${need}`}`;
  const level = isDeleted && need === undefined ? "low" : levelIn(models, changed);
  return [
    riskOf(changed, {
      class: "downtime",
      level,
      what: isDeleted ? "deleted" : `replaced ${digestOf(reasonOf(change) ?? "")}`,
      says,
    }),
  ];
}

/** Numbers of pods and nodes that become none. */
const NUMBERS =
  /^(?:spec\[0\]\.(?:replicas|max_replicas)|scaling_config\[0\]\.(?:max_size|desired_size)|autoscaling\[0\]\.(?:max_node_count|total_max_node_count)|node_count|max_count|max_replicas)$/;

function stopped(changed: Changed, models: Models): Risk[] {
  const need = needWords(dependantsOf(models, changed.place));
  const found = changed.fields.filter(
    ({ at, before, after }) =>
      (NUMBERS.test(at) && Number(after) === 0 && Number(before) > 0) ||
      (/^spec\[0\]\.suspend$/.test(at) && after === true),
  );
  return found.map(({ at }) =>
    riskOf(changed, {
      class: "downtime",
      level: levelIn(models, changed),
      what: `none ${at}`,
      says: `${partWords(changed.place)}has nothing that runs any more, by ${at}${need === undefined ? "" : `; ${need}`}`,
    }),
  );
}

function restarted(changed: Changed, models: Models): Risk[] {
  const need = needWords(dependantsOf(models, changed.place));
  return restartsOf(changed).map(({ field, says, source }) =>
    riskOf(changed, {
      class: "downtime",
      level: isPool(changed.change.type) ? "low" : "medium",
      what: `restart ${field}`,
      says: `${says}, for another ${field}${need === undefined ? "" : `; ${need}`}`,
      because: [{ what: says, from: source }],
    }),
  );
}

/** A change of its pods for which none of them is left at some moment. */
function away(changed: Changed, models: Models): Risk[] {
  const rollout = rolloutIn(changed, models);
  if (rollout === undefined || rollout.fewestReady > 0) return [];
  const need = needWords(dependantsOf(models, changed.place));
  const says = `is away while its ${rollout.pods === 1 ? "pod is" : "pods are"} replaced: ${bounds(rollout)}${need === undefined ? "" : `; ${need}`}`;
  return [
    riskOf(changed, {
      class: "downtime",
      level: levelIn(models, changed),
      what: "restart",
      says,
      because: rollout.because,
    }),
  ];
}

/** Bounds of the time in which none answers: an old pod may take all of its time to stop, or end at once. */
function bounds({ leastSeconds, graceSeconds, deadlineSeconds }: Rollout): string {
  const least = `${leastSeconds} s at least`;
  return deadlineSeconds === undefined
    ? least
    : `${least}, ${graceSeconds + deadlineSeconds} s before it counts as failed`;
}

/** How the pods of a workload are replaced, where the change replaces them. */
export function rolloutIn({ change, fields, place }: Changed, { head }: Models): Rollout | undefined {
  if (change.kind !== "update" || !ROLLED_TYPES.includes(change.type)) return undefined;
  if (!fields.some(({ at }) => /^spec\[0\]\.template\b/.test(at))) return undefined;
  const { environment = "", application = "", element = "" } = place;
  const workload = own(applicationIn(head, environment, application)?.workloads, element);
  const fewest = workload !== undefined && "autoscaling" in workload ? workload.autoscaling?.min : undefined;
  return rolloutOf(change.type, change.after, fewest);
}
