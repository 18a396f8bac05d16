import type { Changed } from "../changed";
import { dependantsOf, needWords } from "../dependants";
import type { Models } from "../models";
import { partWords } from "../places";
import type { Level, Risk } from "../report";
import { typeOf } from "../type-facts";
import { levelIn } from "./downtime";
import { digestOf, type Judged, riskOf } from "./risk";

/**
 * What two programs that were compared leave open: whether a provider makes anew what it may make anew. It is judged as if it did, as
 * nobody is to find out by the apply.
 */
export function perhaps({ changes, models }: Judged): Risk[] {
  return changes.flatMap((changed) => {
    const why = changed.change.written?.perhapsAnew;
    return why === undefined ? [] : lossOf(changed, why, models);
  });
}

function lossOf(changed: Changed, why: string, models: Models): Risk[] {
  const need = needWords(dependantsOf(models, changed.place));
  const type = typeOf(changed.change);
  const { facts } = changed;
  const what = `perhaps replaced ${digestOf(why)}`;
  const subject = partWords(changed.place);
  const because = [{ what: why, from: "what is written" }];
  const after = need === undefined ? "" : `; ${need}`;
  if (facts === undefined) {
    const says = `${subject}is perhaps replaced, and nothing is known here of its type ${type}: whether it holds data is yours to say`;
    return [riskOf(changed, { class: "unknown", level: "critical", what, says, because })];
  }
  const held = facts.holds ?? facts.mayHold;
  const level: Level = facts.holds === undefined ? "high" : "critical";
  const lost = held === undefined || type === "random_password" ? [] : [`lost with it then: ${held}`];
  const risks: Risk[] = lost.map((words) =>
    riskOf(changed, {
      ...{ class: "data loss", level, what, because },
      says: `${subject}is changed in place or replaced, which only a plan tells; ${words}${after}`,
    }),
  );
  if (facts.serves === undefined) return risks;
  const says = `${subject}is changed in place or replaced, which only a plan tells; away with it then: ${facts.serves}${after}`;
  return [
    ...risks,
    riskOf(changed, { ...{ class: "downtime", what, because }, level: levelIn(models, changed), says }),
  ];
}
