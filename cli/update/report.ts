import type { Changed, Outcome, Stays } from "../../constructs/templates/update/outcome";
import { toJson } from "../format";
import { differenceByGit } from "./git";
import type { Prepared } from "./prepare";

/** What an update has made, or would make. */
export interface Report extends Pick<Prepared, "chosen" | "from" | "outcomes" | "to"> {
  readonly name: string;
  readonly template: string;
  /** Whether it is on the disk. */
  readonly isWritten: boolean;
  readonly next: readonly string[];
}

const STAYS: Readonly<Record<Stays["is"], string>> = {
  deleted: "deleted here, and stays so",
  edited: "gone from the template; it was edited here, and is yours from now on",
  ejected: "ejected",
  seeded: "yours from the first day, and another one in the template",
  shared: "there already, of another service",
  unknown: "in no list of the record",
};

const isChange = (outcome: Outcome): outcome is Changed => !("missed" in outcome);

const isStay = (outcome: Outcome): outcome is Stays => "missed" in outcome;

const differenceOf = ({ missed }: Stays): readonly string[] => differenceByGit(missed.base, missed.theirs);

export function reportJson({ outcomes, ...report }: Report): string {
  const files = outcomes.map((outcome) => {
    const { is, path } = outcome;
    if (isChange(outcome)) {
      const { from, lines } = outcome;
      return { file: path, is, ...(from !== undefined && { from }), ...(lines !== undefined && { lines }) };
    }
    const { to, reason } = outcome;
    return {
      ...{ file: path, is },
      ...(to !== undefined && { to }),
      ...(reason !== undefined && { reason }),
      missed: differenceOf(outcome),
    };
  });
  const { isWritten: written, ...rest } = report;
  return toJson({ ...rest, written, files });
}

/** Lines that one file misses, as people are told: a lock file has thousands. */
const MOST_LINES = 100;

const block = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : `\n${title}:\n${lines.map((line) => `  ${line}\n`).join("")}`;

/** @param shown says a path as people see it from where they are */
export function reportText(report: Report, shown: (path: string) => string): string {
  const { name, template, from, to, outcomes, chosen, isWritten, next } = report;
  const would = isWritten ? "" : "would be ";
  const changes = outcomes.filter(isChange).map(({ is, path, from: old, lines }) => {
    const before = old === undefined ? "" : `, which was ${shown(old)}`;
    if (is === "conflict") return `${would}conflict ${shown(path)}: line ${lines?.join(", ") ?? ""}${before}`;
    return `${would}${is} ${shown(path)}${before}`;
  });
  const stays = outcomes.filter(isStay).flatMap((outcome) => stayLines(outcome, shown));
  const options = Object.entries(chosen).map(([option, choice]) => `${option} is ${choice}`);
  const head = from === to ? `${name}: ${template} ${to}` : `${name}: ${template} ${from} → ${to}`;
  return [
    `${head}\n`,
    ...changes.map((line) => `${line}\n`),
    block(`asked by version ${to}`, options),
    block("left as it is", stays),
    block("next", next),
  ].join("");
}

/** Lines of what stays: of what somebody ejected all that it misses, of others their number. */
function stayLines(outcome: Stays, shown: (path: string) => string): string[] {
  const { is, path, to, reason } = outcome;
  const moved = to === undefined ? "" : `, as ${shown(to)} by now`;
  const difference = differenceOf(outcome);
  if (is === "ejected") {
    const said = reason === undefined ? "" : `, as "${reason}"`;
    const more = difference.length - MOST_LINES;
    return [
      `${shown(path)}: ${STAYS[is]}${said}${moved}${difference.length === 0 ? "" : "; it misses"}`,
      ...difference.slice(0, MOST_LINES).map((line) => `  ${line}`),
      ...(more > 0 ? [`  … and ${more} lines more: --json has them`] : []),
    ];
  }
  const count = (sign: string): number => difference.filter((line) => line.startsWith(sign)).length;
  return [`${shown(path)}: ${STAYS[is]}${moved} (+${count("+")} −${count("-")})`];
}
