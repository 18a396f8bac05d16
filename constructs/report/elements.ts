import { own } from "../model/own";
import type { Kind } from "../plan/plan";
import type { Changed, ChangedField } from "./changed";
import { becomes, reasonOf } from "./in-words";
import type { ChangedPart } from "./model-changes";
import { applicationIn, type Models, originOf } from "./models";
import type { ElementReport, FieldReport, ResourceReport } from "./report";
import { rolloutIn } from "./risks/downtime";
import { nameOfPart } from "./risks/of-parts";
import type { Judged } from "./risks/risk";
import type { Rollout } from "./rollout";
import { typeOf } from "./type-facts";
import { valueText } from "./values";

/** What becomes of each part of the model that changes, or has a resource that does. In the order of their names. */
export function elementsOf({ models, changes, parts }: Judged): ElementReport[] {
  const names = [...new Set([...changes.map(({ place }) => place.name), ...parts.map(nameOfPart)])].sort();
  const byName = grouped(changes, ({ place }) => place.name);
  const partsByName = grouped(parts, nameOfPart);
  return names.flatMap((name): ElementReport[] => {
    const [own, described] = [byName.get(name) ?? [], partsByName.get(name) ?? []];
    const told = described.flatMap((part) => part.changes);
    if (own.length === 0 && told.length === 0) return [];
    const kind = kindOf(models, own, described);
    const origin = own.find(({ place }) => place.origin !== undefined)?.place.origin ?? originOfPart(models, described);
    return [
      {
        name,
        ...(kind !== undefined && { kind }),
        ...(origin !== undefined && { origin }),
        effects: effects(own, models),
        changes: told,
        resources: own.map(resource),
      },
    ];
  });
}

function grouped<T>(all: readonly T[], by: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const key = by(one);
    const list = found.get(key);
    if (list === undefined) found.set(key, [one]);
    else list.push(one);
  }
  return found;
}

/** `Amazon RDS for MySQL` of a service, `php-fpm` of a workload. */
function kindOf(
  { head, base }: Models,
  changes: readonly Changed[],
  parts: readonly ChangedPart[],
): string | undefined {
  const of = parts[0] ?? changes[0]?.place;
  if (of?.environment === undefined || of.application === undefined || of.element === undefined) return undefined;
  for (const model of [head, base]) {
    const application = applicationIn(model, of.environment, of.application);
    const service = of.list === "services" ? own(application?.services, of.element) : undefined;
    if (service !== undefined) return service.provided.product;
    const workload = of.list === "workloads" ? own(application?.workloads, of.element) : undefined;
    if (workload !== undefined) return workload.kind;
  }
  return undefined;
}

function originOfPart({ head, base }: Models, parts: readonly ChangedPart[]): string | undefined {
  const [part] = parts;
  if (part?.application === undefined || part.list === undefined || part.element === undefined) return undefined;
  const path = ["environments", part.environment, "applications", part.application, part.list, part.element];
  return originOf(head, path) ?? originOf(base, path);
}

/** Words for what becomes of what holds data: the rest follows it. */
const WHOLE: Readonly<Partial<Record<Kind, string>>> = {
  create: "is made",
  update: "is changed in place",
  delete: "is deleted",
  replace: "is replaced",
};

const COUNTED: Readonly<Partial<Record<Kind, string>>> = {
  create: "made",
  update: "changed in place",
  delete: "deleted",
  replace: "replaced",
  forget: "left to nobody",
  other: "of which it is not known what becomes of them",
};

/** What becomes of it, most important first. */
function effects(changes: readonly Changed[], models: Models): string[] {
  if (changes.length === 0) return [];
  const rollouts = changes.flatMap((changed) => rolloutIn(changed, models) ?? []);
  return [...imported(changes), ...main(changes), ...rollouts.map(rolloutWords)];
}

/** What holds data and is not made but taken over, which is not seen by what is changed of it. */
function imported(changes: readonly Changed[]): string[] {
  const ids = changes.flatMap(({ change: { importing, kind }, facts }) =>
    importing === undefined || kind === "no-op" || facts?.holds === undefined ? [] : [importing.id ?? "what is there"],
  );
  return ids.length === 0 ? [] : [`is imported: it is ${ids.join(", ")}`];
}

/** Whether all of it are records, which plans compare and nobody has outside of the state. */
const isRecord = (changes: readonly Changed[]): boolean =>
  changes.every(({ change }) => typeOf(change) === "terraform_data");

function main(changes: readonly Changed[]): string[] {
  const kinds = new Set(changes.map(({ change }) => change.kind));
  if (kinds.size === 1 && kinds.has("create")) return [isRecord(changes) ? "gets a record in the state" : "is made"];
  if (kinds.size === 1 && kinds.has("delete")) return ["is deleted"];
  // A workload is more than its volumes.
  const isHolder = ({ change, facts, place }: Changed): boolean =>
    facts?.holds !== undefined && change.deposed === undefined && place.list !== "workloads";
  const holder = changes.find((changed) => isHolder(changed) && changed.change.kind !== "no-op");
  if (holder?.change.written?.perhapsAnew !== undefined) return ["is changed in place or replaced: only a plan tells"];
  const word = holder === undefined ? undefined : WHOLE[holder.change.kind];
  if (word !== undefined) return [word];
  const counts = Object.entries(COUNTED).flatMap(([kind, words]) => {
    const count = changes.filter(({ change }) => change.kind === kind).length;
    return count === 0 ? [] : [{ count, words }];
  });
  const [first, ...rest] = counts;
  if (first === undefined && changes.some(({ change }) => change.written?.isOnlyTold === true))
    return ["is left as it is, and the engine is told otherwise of it"];
  if (first === undefined)
    return [
      changes.some(({ change }) => change.importing !== undefined)
        ? "is taken in, as it is there already"
        : "moves to another address",
    ];
  const noun = first.count === 1 ? "resource" : "resources";
  return [[`${first.count} ${noun} ${first.words}`, ...rest.map(({ count, words }) => `${count} ${words}`)].join(", ")];
}

function rolloutWords({ pods, atATime, fewestReady, leastSeconds, graceSeconds }: Rollout): string {
  const ready = fewestReady === 0 ? "none is ready meanwhile" : `${fewestReady} of them ready all the time`;
  const how = pods === 1 ? "its pod is replaced" : `its ${pods} pods are replaced, ${atATime} at a time`;
  return `${how}, ${ready}: ${leastSeconds} s at the least, and each old one has ${graceSeconds} s to end`;
}

function resource({ stack, change, place, fields, leftOut, isDeferred }: Changed): ResourceReport {
  const perhaps = change.written?.perhapsAnew;
  const reason = change.kind === "delete" || change.kind === "replace" ? reasonOf(change) : perhaps;
  const { address, deposed } = change;
  return {
    stack,
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    part: place.part,
    becomes: isDeferred ? `${becomes(change)}, in the plan that follows` : becomes(change),
    ...(reason !== undefined && { reason }),
    fields: fields.map(fieldReport),
    leftOut,
  };
}

/** A difference as it is shown. */
export function fieldReport({ at, before, after, order, replaces }: ChangedField): FieldReport {
  if (order !== undefined) return { path: at, after: "in another order", replaces };
  const [was, is] = [before ?? undefined, after ?? undefined].map(valueText);
  return { path: at, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }), replaces };
}
