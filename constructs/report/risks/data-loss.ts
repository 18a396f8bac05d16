import { type Changed, isGone } from "../changed";
import { dependantsOf, needWords } from "../dependants";
import { reasonOf } from "../in-words";
import type { Models } from "../models";
import { partWords } from "../places";
import type { Fact, Level, Risk } from "../report";
import { typeOf } from "../type-facts";
import { digestOf, type Judged, riskOf } from "./risk";

/** Data that go with what is deleted or made anew, here or by others, and what leaves the state with data in it. */
export function dataLoss({ changes, models }: Judged): Risk[] {
  return changes.flatMap((changed) => lossOf(changed, models));
}

function lossOf(changed: Changed, models: Models): Risk[] {
  const { change, place } = changed;
  const { kind, actions, deposed } = change;
  const type = typeOf(change);
  const { facts } = changed;
  const word = kind === "replace" ? "replaced by a new one" : "deleted";
  // For another reason it is another loss, which nobody has answered for.
  const reason = kind === "replace" ? ` ${digestOf(reasonOf(change) ?? "")}` : "";
  const what = `${kind === "replace" ? "replaced" : "deleted"}${reason}`;
  const because = reasons(changed);
  const subject = partWords(place);
  if (isGone(changed) && facts === undefined) {
    const says = `${subject}is ${kind === "replace" ? "replaced" : "deleted"}, and nothing is known here of its type ${type}: whether it holds data is yours to say`;
    return [riskOf(changed, { class: "unknown", level: "critical", what, says, because })];
  }
  const held = facts?.holds ?? facts?.mayHold;
  // A password that is made anew is another value, and told as that.
  if (held === undefined || (kind === "replace" && type === "random_password")) return [];
  const level: Level = facts?.holds === undefined ? "high" : "critical";
  if (actions.join() === "create,forget") {
    const says = `${subject}begins empty: the old one goes on existing, with ${held}, and nobody manages it`;
    return [riskOf(changed, { class: "data loss", level: "high", what: "left", says, because })];
  }
  if (!isGone(changed)) return [];
  const lost = `${facts?.holds === undefined ? "perhaps lost" : "lost"} with it: ${held}`;
  if (deposed !== undefined) {
    const says = `${subject}has an older object that an interrupted apply left behind, and it is deleted; ${lost}`;
    return [riskOf(changed, { class: "data loss", level, what, says, because })];
  }
  const need = facts?.holds === undefined ? undefined : needWords(dependantsOf(models, place));
  const says = `${subject}is ${word}; ${lost}${need === undefined ? "" : `; ${need}`}`;
  return [riskOf(changed, { class: "data loss", level, what, says, because })];
}

function reasons({ change }: Changed): Fact[] {
  const reason = reasonOf(change);
  return reason === undefined ? [] : [{ what: reason, from: "the plan" }];
}
