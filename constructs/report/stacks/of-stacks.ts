import { canonicalText } from "../../plan/canonical-text";
import { equal } from "../../plan/equal";
import { type Fields, isFields } from "../../plan/object";
import type { BroughtTypes } from "../brought-types";
import type { Level, Risk, RiskClass } from "../report";
import { digestOf } from "../risks/risk";
import { factsOf } from "../type-facts";
import type { WrittenStack } from "./read-stack";
import { movedDefinitions, referencesIn, textsIn } from "./references";

/* What a stack is told as a whole, and no resource: where its state is, who it signs in as, which providers it has. No value is told. */

/** Arguments of a provider that say where things are, and as whom. */
const PLACE =
  /^(?:alias|allowed_account_ids|assume_role|assume_role_with_web_identity|billing_project|config_context|config_path|credentials|host|kubernetes|profile|project|region|subscription_id|tenant_id|zone)$/;

const blocksOf = (...values: readonly unknown[]): Fields[] =>
  values.flatMap((value) => (Array.isArray(value) ? (value as readonly unknown[]) : [value])).filter(isFields);

const differing = (base: Fields, head: Fields, isMoved: (value: unknown) => boolean = () => false): string[] =>
  [...new Set([...Object.keys(base), ...Object.keys(head)])]
    .filter((key) => !equal(base[key], head[key]) || isMoved(head[key]))
    .sort();

/** Whether a value that is written as before leads to a variable, a local or a data source that is another now. */
function movedIn(base: WrittenStack, head: WrittenStack): (value: unknown) => boolean {
  const moved = movedDefinitions(base, head, ({ to }, known) => known.has(to));
  return (value) => textsIn(value).some(([, text]) => referencesIn(text).some(({ to }) => moved.has(to)));
}

/** Risks of what a stack is told otherwise. */
export function stackRisks(stack: string, base: WrittenStack, head: WrittenStack, brought: BroughtTypes = {}): Risk[] {
  const holds = [...head.resources.values(), ...base.resources.values()].some(
    ({ type }) => factsOf(type, brought)?.holds !== undefined,
  );
  const worst: Level = holds ? "critical" : "high";
  const risk = (kind: RiskClass, level: Level, what: string, says: string): Risk => ({
    ...{ id: `${kind.replaceAll(" ", "-")}:${stack}:${what}`, class: kind, level, stack, element: stack, says },
    because: [{ what, from: "what is written" }],
  });
  const isMoved = movedIn(base, head);
  const named = (what: string, before: unknown, after: unknown): string =>
    `${what} ${digestOf(canonicalText(before ?? null), canonicalText(after ?? null))}`;
  const backend = equal(base.backend, head.backend)
    ? []
    : [
        risk(
          ...(["unknown", worst, named("backend", base.backend, head.backend)] as const),
          "looks for its state elsewhere: where nobody moves it, everything is made anew beside what is there",
        ),
      ];
  const providers = differing(base.providers, head.providers, isMoved).map((name) => {
    const [was, is] = [base.providers[name], head.providers[name]];
    const keys = [...new Set(blocksOf(was, is).flatMap((one) => Object.keys(one)))].filter(
      (key) =>
        !equal(
          blocksOf(was).map((one) => one[key]),
          blocksOf(is).map((one) => one[key]),
        ) || blocksOf(is).some((one) => isMoved(one[key])),
    );
    const isPlace = keys.some((key) => PLACE.test(key)) || blocksOf(was).length !== blocksOf(is).length;
    return risk(
      ...(["unknown", isPlace ? worst : "high", named(`provider ${name}`, was, is)] as const),
      `tells its provider ${name} something else (${keys.sort().join(", ")}): what becomes of what is there only a plan tells`,
    );
  });
  const modules = differing(base.modules, head.modules, isMoved).map((name) =>
    risk(
      ...(["unknown", "critical", named(`module ${name}`, base.modules[name], head.modules[name])] as const),
      `has module ${name} otherwise, and what is in it is not looked at here: whether it holds data is yours to say`,
    ),
  );
  const versions = differing(base.versions, head.versions).map((name) =>
    risk(
      ...([
        "versions",
        name === "engine" ? "low" : "medium",
        named(name, base.versions[name], head.versions[name]),
      ] as const),
      `asks for ${name} ${base.versions[name] ?? "none"} → ${head.versions[name] ?? "none"}: what another release makes of the same arguments only a plan tells`,
    ),
  );
  return [...backend, ...providers, ...modules, ...versions];
}

const count = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;

/** What is to be known of a stack before its risks. */
export function stackNotes(base: WrittenStack, head: WrittenStack): string[] {
  const read = [...head.definitions].filter(
    ([name, value]) => name.startsWith("data.") && !equal(value, base.definitions.get(name)),
  );
  const repeated = [...head.resources.values()].filter(({ repeatedBy }) => repeatedBy !== undefined);
  return [
    ...(read.length === 0
      ? []
      : [
          `${count(read.length, "data source is", "data sources are")} read otherwise, and what leads to them is told as not known`,
        ]),
    ...(repeated.length === 0
      ? []
      : [
          `how often ${count(repeated.length, "resource is", "resources are")} there only a plan tells: of each, one is compared`,
        ]),
  ];
}
