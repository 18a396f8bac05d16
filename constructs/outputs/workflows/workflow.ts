import type { PinnedAction } from "../../pipelines/actions";
import type { Labels } from "../../pipelines/machines";

/*
 * A workflow of GitHub Actions as plain data: the parts of its syntax that are used here.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */

export interface Workflow {
  /** Said above it in the file, line by line. */
  readonly comment: readonly string[];
  readonly name: string;
  readonly on: Triggers;
  readonly concurrency: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Triggers {
  readonly push?: { readonly branches: readonly string[]; readonly paths?: readonly string[] };
  readonly pull_request?: {
    /** What has happened to it. @default - it was opened, opened again, or has new commits */
    readonly types?: readonly ("closed" | "opened" | "reopened" | "synchronize")[];
    readonly branches: readonly string[];
    readonly paths?: readonly string[];
  };
  readonly schedule?: readonly { readonly cron: string }[];
  readonly workflow_dispatch?: { readonly inputs?: Readonly<Record<string, DispatchInput>> };
}

/** Something that whoever starts a workflow by hand says. */
export type DispatchInput =
  | {
      readonly description: string;
      readonly type: "choice";
      readonly options: readonly string[];
      readonly default: string;
    }
  | { readonly description: string; readonly type: "string"; readonly required: true };

export interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress": boolean | string;
}

/** A right of a job's token, and what for. A job has no others. */
export interface Permission {
  readonly scope:
    | "actions"
    | "checks"
    | "contents"
    | "id-token"
    | "issues"
    | "packages"
    | "pull-requests"
    | "attestations"
    | "security-events";
  readonly access: "read" | "write";
  /** Said beside it in the file. Lower case, no full stop. */
  readonly why: string;
}

export interface Job {
  readonly name: string;
  readonly needs?: readonly string[];
  /** An expression, without `${{ }}`. */
  readonly if?: string;
  readonly runsOn: Runner;
  readonly timeoutMinutes: number;
  readonly environment?: { readonly name: string; readonly url?: string };
  readonly concurrency?: Concurrency;
  readonly permissions: readonly Permission[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the steps that run something, from the root. @default - the root */
  readonly folder?: string;
  readonly services?: Readonly<Record<string, ServiceContainer>>;
  readonly steps: readonly Step[];
}

/** What runs a job: a machine of GitHub's, or one of one's own by all of its labels. */
export type Runner = Labels;

export interface ServiceContainer {
  readonly image: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly options?: string;
  readonly entrypoint?: string;
  readonly command?: string;
}

export type Step = UseStep | RunStep;

interface CommonStep {
  readonly name: string;
  readonly id?: string;
  /** An expression, without `${{ }}`. */
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface UseStep extends CommonStep {
  readonly uses: PinnedAction;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

export interface RunStep extends CommonStep {
  /** Lines of Bash, which ends at the first that fails. No expression is in them: what is from outside comes by `env`. */
  readonly run: readonly string[];
  /** Folder, from the root. @default - that of the job */
  readonly folder?: string;
}
