import type { Labels } from "../../kubernetes/objects";
import type { Severity } from "../alertmanager";
import type { Matchers } from "./promql";

/** How the value of an alert is compared with its threshold. */
export type Comparison = "<" | "==" | ">" | ">=";

/** Time between two samples of a series, and two evaluations of a group, as the reference application says; of proofs too. */
export const STEP_SECONDS = 30;

/** A rule that keeps what an expression gives as a series of its own. */
export interface Recording {
  readonly record: string;
  readonly value: string;
  readonly labels: Labels;
}

/** What an alert asks and whom it calls. */
interface Condition {
  /** Name, `HighErrorRate`: alerts of one name share a runbook. */
  readonly name: string;
  /** PromQL whose result is compared. */
  readonly value: string;
  readonly is: Comparison;
  readonly threshold: number;
  /** Seconds for which it has to be so before somebody is called. */
  readonly forSeconds: number;
  readonly severity: Severity;
  /** Matchers by which it finds its own series. */
  readonly within: Matchers;
  /** More labels by which selectors tell series apart, for the proof. @default - those of `within` */
  readonly pins?: readonly string[];
  /** Whose it is: labels beside those of its value and of the application. */
  readonly labels: Labels;
  /** Series that its value is made of and that rules of the same group keep. @default - none */
  readonly recordings?: readonly Recording[];
  /** Pipeline of Prometheus' templates that puts the value into words: `humanizePercentage`. @default - the number */
  readonly shownBy?: string;
}

/** An alert as data, with its proof: rules, their tests and runbooks are rendered from it. */
export interface Alert extends Condition {
  readonly texts: Texts;
  readonly proof: Proof;
}

/** What people read. In a rule they are templates of Prometheus. */
export interface Texts {
  /** One line: what is wrong, and with what. */
  readonly summary: string;
  /** The message, with the measure in its unit and the limit. */
  readonly description: string;
}

/** Series by which promtool sees the alert fire when it must, and be silent one step before. */
export interface Proof {
  /** One step beyond the threshold. */
  readonly firing: readonly Series[];
  /** What other alerts of the same name find well meanwhile. @default - they find nothing */
  readonly beside?: readonly Series[];
  /** What must be silent, each by itself: at the threshold where that is not beyond it, else one step before. */
  readonly quiet: readonly (readonly Series[])[];
  /** Seconds from the first sample to the first evaluation that fires, a multiple of `STEP_SECONDS`. */
  readonly firesAt: number;
  /** Labels of the fired alert that come from its value. */
  readonly labels: Labels;
  /** What people get when it fires. */
  readonly texts: Texts;
  /** What becomes of it when its series end: `stays` where it has fired and goes by what was before. */
  readonly whenGone: "fires" | "silent" | "stays";
}

/** Samples of one series, a step apart, in promtool's notation: `0+30x40`. */
export interface Series {
  readonly metric: string;
  readonly labels: Labels;
  readonly values: string;
}

/** What a text may say of the alert that it is of. */
export interface Said {
  /** A label of the value. */
  readonly label: (name: string) => string;
  /** The value, in its unit. */
  readonly value: string;
}

export interface AlertSpec extends Condition {
  readonly says: (said: Said) => Texts;
  readonly proof: {
    readonly firing: readonly Series[];
    readonly beside?: readonly Series[];
    readonly quiet: readonly (readonly Series[])[];
    readonly firesAt: number;
    /** @default - none */
    readonly labels?: Labels;
    /** The value of `firing` in words, as the template puts it. */
    readonly shows: string;
    /** @default "silent" */
    readonly whenGone?: Proof["whenGone"];
  };
}

/** An alert whose texts are written once: as templates for the rule, and as they arrive for its proof. */
export function alert({ says, proof, ...condition }: AlertSpec): Alert {
  const { shownBy } = condition;
  const { shows, labels = {}, whenGone = "silent", ...series } = proof;
  const show = shownBy === undefined ? "" : ` | ${shownBy}`;
  return {
    ...condition,
    texts: says({ label: (name) => `{{ $labels.${name} }}`, value: `{{ $value${show} }}` }),
    proof: { ...series, labels, whenGone, texts: says({ label: (name) => labels[name] ?? "", value: shows }) },
  };
}
