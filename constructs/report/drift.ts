import { own } from "../model/own";
import type { Plan } from "../plan/plan";
import { changed, type ChangedField } from "./changed";
import { fieldReport } from "./elements";
import { environmentIn, type Models } from "./models";
import { isReadAnew } from "./noise";
import { partWords, type Place } from "./places";
import type { DriftReport, Risk } from "./report";
import { riskOf } from "./risks/risk";

/** Numbers that an autoscaler owns. */
const SCALED = /^spec\[0\]\.replicas$/;

/** What others changed since the last apply, without what belongs to them: an autoscaler's pods, counts of the API server. */
export function driftOf(models: Models, stack: string, { drift }: Plan): DriftReport[] {
  return drift
    .filter(({ isData, kind }) => !isData && kind !== "no-op")
    .flatMap((change): DriftReport[] => {
      const found = changed(models, stack, change);
      const { address } = change;
      const { place } = found;
      const name = { stack, address, element: `${place.name}, ${place.part}` };
      if (change.kind === "delete") return [{ ...name, says: "was deleted outside", fields: [] }];
      const fields = found.fields.filter(
        (field) => !isReadAnew(field) && !(SCALED.test(field.at) && isScaled(models, place)),
      );
      return fields.length === 0 ? [] : [{ ...name, says: wordsFor(fields), fields: fields.map(fieldReport) }];
    });
}

/** Data that are gone already: somebody deleted what held them, and an apply makes an empty one. */
export function lostOutside(models: Models, stack: string, { drift }: Plan): Risk[] {
  return drift
    .filter(({ kind }) => kind === "delete")
    .map((change) => changed(models, stack, change))
    .filter(({ facts }) => facts?.holds !== undefined)
    .map((found) => {
      const says = `${partWords(found.place)}was deleted outside of this program; gone with it: ${found.facts?.holds ?? ""}`;
      return riskOf(found, { class: "data loss", level: "high", what: "deleted outside", says });
    });
}

function wordsFor(fields: readonly ChangedField[]): string {
  const paths = fields.slice(0, 3).map(({ at }) => at);
  return `was changed outside: ${paths.join(", ")}${fields.length > 3 ? ` and ${fields.length - 3} more` : ""}`;
}

function isScaled({ head, base }: Models, { environment, application, element }: Place): boolean {
  if (environment === undefined || application === undefined || element === undefined) return false;
  const workload = own(own(environmentIn(head ?? base, environment)?.applications, application)?.workloads, element);
  return workload !== undefined && "autoscaling" in workload && workload.autoscaling !== undefined;
}
