import type { EnvironmentDocument } from "../model-json/schema";
import { own } from "../model/own";
import { APPLICATION_RULES } from "./application-rules";
import {
  type ApplicationSubject,
  type AskedGrade,
  type Grade,
  GRADES,
  type Judgement,
  type Rule,
  UNKNOWN,
} from "./rule";
import { SERVICE_RULES } from "./service-rules";
import { WORKLOAD_RULES } from "./workload-rules";

/** A rule, and what it found of one part. */
export interface Judged {
  readonly rule: string;
  readonly grade: AskedGrade;
  readonly asks: string;
  readonly judgement: Judgement;
}

/** A part of an application in one environment, with what every rule found. */
export interface Score {
  /** Name of the workload or service. Absent of the application itself. */
  readonly name?: string;
  /** What it is: `http`, `mysql`, `application`. */
  readonly kind: string;
  readonly list: "application" | "services" | "workloads";
  readonly grade: Grade;
  readonly judged: readonly Judged[];
}

/** An application in one environment: no better than the least of its parts. */
export interface Scorecard {
  readonly environment: string;
  readonly profile: EnvironmentDocument["profile"];
  readonly application: string;
  readonly owner: string;
  readonly stack: string;
  readonly grade: Grade;
  /** The application itself, then its workloads, then its services, each in the model's order. */
  readonly parts: readonly Score[];
}

const rank = (grade: Grade): number => GRADES.indexOf(grade);

/** Whether a grade is below another. */
export const isBelow = (one: Grade, other: Grade): boolean => rank(one) < rank(other);

/** The least of some grades; of none the highest, as nothing is missing. */
export const least = (grades: readonly Grade[]): Grade => GRADES.find((grade) => grades.includes(grade)) ?? "gold";

/** The grade below the lowest one of which something is missing. */
export const gradeOf = (judged: readonly Pick<Judged, "grade" | "judgement">[]): Grade =>
  least(
    judged.filter(({ judgement }) => judgement.is === "unmet").map(({ grade }) => GRADES[rank(grade) - 1] ?? "none"),
  );

/** Whoever wrote the document may have given a field another form: then the rule has found nothing out. */
function ask<S>(rule: Rule<S>, subject: S): Judgement {
  try {
    return rule.judge(subject);
  } catch (error) {
    if (error instanceof TypeError) return UNKNOWN;
    throw error;
  }
}

function judge<S>(rules: readonly Rule<S>[], subject: S): Pick<Score, "grade" | "judged"> {
  const judged = rules.map((rule) => ({
    ...{ rule: rule.id, grade: rule.grade, asks: rule.asks },
    judgement: ask(rule, subject),
  }));
  return { judged, grade: gradeOf(judged) };
}

/**
 * Scores an application in an environment by its document, and by what else is said of it: rules about what is not said find nothing out.
 *
 * @returns nothing where the environment has no such application
 */
export function scorecardOf(
  environment: string,
  around: EnvironmentDocument,
  application: string,
  { support, origin }: Pick<ApplicationSubject, "origin" | "support"> = {},
): Scorecard | undefined {
  const document = own(around.applications, application);
  if (document === undefined) return undefined;
  const subject: ApplicationSubject = {
    ...{ environment, around, application, document },
    ...(support !== undefined && { support }),
    ...(origin !== undefined && { origin }),
  };
  const parts: Score[] = [
    { kind: "application", list: "application", ...judge(APPLICATION_RULES, subject) },
    ...Object.entries(document.workloads).map(([name, workload]): Score => {
      return { name, kind: workload.kind, list: "workloads", ...judge(WORKLOAD_RULES, { ...subject, name, workload }) };
    }),
    ...Object.entries(document.services).map(([name, service]): Score => {
      return { name, kind: service.kind, list: "services", ...judge(SERVICE_RULES, { ...subject, name, service }) };
    }),
  ];
  const { owner, stack } = document;
  const grade = least(parts.map((part) => part.grade));
  return { environment, profile: around.profile, application, owner, stack, grade, parts };
}
