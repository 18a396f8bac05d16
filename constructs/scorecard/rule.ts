import type { ApplicationDocument, EnvironmentDocument, WorkloadDocument } from "../model-json/schema";
import type { RadarReport } from "../radar/report";
import type { TemplateOrigin } from "./template-origin";

/** What a part of an application has reached, from nothing. */
export const GRADES = ["none", "bronze", "silver", "gold"] as const;

export type Grade = (typeof GRADES)[number];

/** A grade as people read it. */
export const gradeText = (grade: Grade): string => (grade === "none" ? "below bronze" : grade);

/** What a rule may be asked for: whoever misses one has at most the grade below. */
export type AskedGrade = Exclude<Grade, "none">;

/** Finds a grade by its name, as somebody typed it. */
export const gradeNamed = (name: string | undefined): AskedGrade | undefined =>
  GRADES.filter((grade) => grade !== "none").find((grade) => grade === name);

/** A document of any release: whatever the form of today names may be absent. */
export type Told<T> = T extends readonly (infer One)[]
  ? readonly Told<One>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Told<T[Key]> | undefined }
    : T;

/** An application in one environment, as `model.json` has it. */
export interface ApplicationSubject {
  readonly environment: string;
  readonly around: Told<EnvironmentDocument>;
  readonly application: string;
  readonly document: Told<ApplicationDocument>;
  /** Ends of support of what its stack names. @default - nobody looked */
  readonly support?: RadarReport;
  /** What its record says of a template. @default - nobody looked */
  readonly origin?: TemplateOrigin | "none";
}

export interface WorkloadSubject extends ApplicationSubject {
  readonly name: string;
  readonly workload: Told<WorkloadDocument>;
}

export interface ServiceSubject extends ApplicationSubject {
  readonly name: string;
  readonly service: Told<ApplicationDocument["services"][string]>;
}

/** What a rule found. */
export type Judgement =
  | { readonly is: "met"; readonly fact: string }
  | {
      readonly is: "unmet";
      /** What is there instead, as a clause: `1 pod`. */
      readonly fact: string;
      /** Path of what to write: `applications.my-app.workloads.backend.objectives`. */
      readonly write: string;
      /** What to write there, as an instruction. */
      readonly todo: string;
    }
  /** It asks nothing of this one. */
  | { readonly is: "aside"; readonly why: string }
  /** The document does not say: an earlier release wrote it, or nobody looked. */
  | { readonly is: "unknown" };

/** One thing that a grade asks for. It judges by what will be deployed, and asks for nothing that nobody can write. */
export interface Rule<Subject> {
  /** Names it in reports, for programs too: `two-pods`. */
  readonly id: string;
  readonly grade: AskedGrade;
  /** What it asks, as a clause: `a lost node leaves one pod`. */
  readonly asks: string;
  readonly judge: (subject: Subject) => Judgement;
}

export const met = (fact: string): Judgement => ({ is: "met", fact });
export const aside = (why: string): Judgement => ({ is: "aside", why });
export const unmet = (fact: string, write: string, todo: string): Judgement => ({ is: "unmet", fact, write, todo });
export const UNKNOWN: Judgement = { is: "unknown" };

/** Why an environment of profile `small` is not asked what only production has. */
export const SMALL = "profile small: builds come and go, of each there is one, and its data may be lost";

export const isSmall = ({ around }: ApplicationSubject): boolean => around.profile !== "production";

/** Path of something of an application, as problems name it. */
export const inApplication = ({ application }: ApplicationSubject, ...rest: readonly string[]): string =>
  ["applications", application, ...rest].join(".");

/** Path of something of the environment. */
export const inEnvironment = ({ environment }: ApplicationSubject, ...rest: readonly string[]): string =>
  ["environments", environment, ...rest].join(".");

/** Path of what the environment says of the application. */
export const inOverlay = (subject: ApplicationSubject, ...rest: readonly string[]): string =>
  inEnvironment(subject, "applications", subject.application, ...rest);
