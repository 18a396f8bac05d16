import { above } from "./acknowledgements";
import type { Level, Report, Risk } from "./report";

/** What a pipeline does with a report. */
export interface Verdict {
  readonly is: "above" | "changes" | "nothing";
  /** Risks above what is allowed that nobody answers for. */
  readonly risks: readonly Risk[];
  /** A line for people: `2 risks above medium`. Those that somebody answers for are not counted. */
  readonly says: string;
}

/** Judges a report. What is wrong with acknowledgements is above what is allowed, whatever is planned. */
export function verdictOf(report: Report, allowed: Level, problems: readonly string[]): Verdict {
  const risks = above(report, allowed);
  const wrong =
    problems.length === 0
      ? []
      : [count(problems.length, "acknowledgement that does not hold", "acknowledgements that do not hold")];
  if (risks.length > 0 || wrong.length > 0) {
    const found = risks.length === 0 ? [] : [`${count(risks.length, "risk", "risks")} above ${allowed}`];
    return { is: "above", risks, says: [...found, ...wrong].join(", ") };
  }
  if (report.outcome === "nothing") return { is: "nothing", risks, says: "nothing changes" };
  return {
    is: "changes",
    risks,
    says: report.risks.length === 0 ? "changes, no risk found" : `changes, no risk above ${allowed}`,
  };
}

function count(amount: number, one: string, more: string): string {
  return `${amount} ${amount === 1 ? one : more}`;
}
