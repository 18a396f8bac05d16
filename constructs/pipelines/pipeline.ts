import type { PinnedAction } from "./actions";
import type { PipelineIdentity } from "./identity";
import type { PipelineMachine } from "./machines";
import type { PipelineRights, RightsAsked } from "./rights";

export { ALL_IDENTITIES, PIPELINE_IDENTITIES, type PipelineIdentity, PREVIEW_IDENTITIES } from "./identity";

/** What a cloud says of pipelines. */
export type CloudPipeline = PipelineAccess | NoPipeline;

export interface PipelineAccess {
  /** Steps by which a job becomes this identity, by the token that GitHub gives it: no key is kept anywhere. */
  signIn(identity: PipelineIdentity): readonly SignInStep[];
  /** Variables of such a job, which the cloud's provider reads. Texts may be expressions of GitHub's. */
  env(identity: PipelineIdentity): Readonly<Record<string, string>>;
  /** Whom the Kubernetes API answers. */
  readonly callers: ApiCallers;
  /**
   * What makes the identities, for people to run once.
   *
   * @throws InvalidInput where the environment or what is asked does not allow it
   * @default - people make them by hand
   */
  rights?(asked: RightsAsked): PipelineRights;
  /** What a machine of one's own has to have, where those of GitHub are not let in. */
  readonly machine: PipelineMachine;
  /** Variables of the repository on GitHub that people set, as nobody knows their values beforehand. None is a secret. */
  readonly variables: readonly PipelineVariable[];
}

/**
 * Machines of the environment's own network, those whose addresses are on its list, or anybody. A runner of GitHub's comes from any of its
 * addresses, which are everybody's.
 */
export type ApiCallers = "anybody" | "listed" | "network";

export interface NoPipeline {
  /** Why no pipeline signs in: `"it is the cluster of whoever runs it"`. */
  readonly none: string;
}

/** A step with an action, or with lines of Bash. Texts may be expressions of GitHub's, but for the lines. */
export type SignInStep =
  | {
      /** `Sign in to AWS` */
      readonly name: string;
      readonly uses: PinnedAction;
      readonly with: Readonly<Record<string, string | number | boolean>>;
    }
  | { readonly name: string; readonly run: readonly string[] };

export interface PipelineVariable {
  /** `AKS_STAGING_TENANT_ID` */
  readonly name: string;
  /** What it holds. Lower case, no full stop. */
  readonly description: string;
  /** Whose jobs read it. @default - everybody's */
  readonly identity?: PipelineIdentity;
}

/** Variables that jobs of these identities read. */
export const variablesFor = (
  { variables }: Pick<PipelineAccess, "variables">,
  identities: readonly PipelineIdentity[],
): readonly PipelineVariable[] =>
  variables.filter(({ identity }) => identity === undefined || identities.includes(identity));

/** Name of a variable of an environment: `AKS_STAGING_TENANT_ID`. */
export const variableName = (environment: { readonly name: string }, what: string): string =>
  `${environment.name.replaceAll("-", "_").toUpperCase()}_${what}`;

/** The same as an expression of GitHub's. */
export const variableValue = (environment: { readonly name: string }, what: string): string =>
  `\${{ vars.${variableName(environment, what)} }}`;
