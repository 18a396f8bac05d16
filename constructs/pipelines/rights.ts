import type { PipelineIdentity } from "./identity";
import type { Repository, SubjectForm } from "./subjects";

/* What makes the identities of an environment's jobs: documents, and a script that people run once. */

/** What is asked of a cloud about one environment. */
export interface RightsAsked {
  /** Who jobs are there: nobody deploys where Terraform releases. */
  readonly identities: readonly PipelineIdentity[];
  /** Branch that it is deployed from: `develop` */
  readonly branch: string;
  /** Branches that something is deployed from, of the whole repository. */
  readonly branches: readonly string[];
  readonly repository: Repository;
  /** Stacks that jobs plan and apply. */
  readonly stacks: readonly string[];
  /** Stack of the state, which people apply. */
  readonly stateStack: string;
  /** Folder of the states of previews, where the environment's own are: `previews` */
  readonly previewFolder: string;
  /** Forms of subjects that are trusted. @default - those that are safe on this cloud */
  readonly forms?: readonly SubjectForm[] | undefined;
  /** Where identities are, where the cloud can have them outside of the environment's place: a subscription. @default - in it */
  readonly identitiesIn?: string | undefined;
}

/** One identity, as it is made. */
export interface MadeIdentity {
  readonly identity: PipelineIdentity;
  /** What it is called there, as the workflows and `access` call it: `arn:aws:iam::…:role/pipeline.staging.plan`. */
  readonly name: string;
  /** Group of `access` in the environment's cloud that it has to be in. */
  readonly access: "deployers" | "planners";
  /** Whom `access` names, where `name` is not it: `serviceAccount:…`. @default - `name` */
  readonly member?: string;
}

/** What makes the identities of one environment. */
export interface PipelineRights {
  readonly identities: readonly MadeIdentity[];
  /** JSON documents by their files, which the script reads. Nothing in them is secret. */
  readonly documents: Readonly<Record<string, unknown>>;
  readonly script: RightsScript;
  /** Forms of subjects that are trusted. */
  readonly forms: readonly SubjectForm[];
  /** What it does not hold, a sentence each, for people. */
  readonly limits: readonly string[];
}

/** The cloud's part of `make.sh`, in Bash. */
export interface RightsScript {
  /** Programs that it runs. */
  readonly programs: readonly string[];
  /** How the program says that something is not there, as an extended regular expression. Any other failure ends the script. */
  readonly absent: string;
  /** How it says that it does not know yet what was made just before: such a command is run again after a while. */
  readonly unknownYet: string;
  /** Lines before the first look: who is signed in, and what is known once. */
  readonly before: string;
  /** Functions that look at a thing and make it, by their names, in their order. */
  readonly steps: Readonly<Record<string, string>>;
  /** Lines after all is there: what people write down. @default - nothing */
  readonly after?: string;
}
