import { PARTITION } from "../regions";
import { providerArn } from "./trust";

/** One statement of a policy of IAM's, of what a role may. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** What names in policies are made of. In the documents each is a word in angle brackets. */
export interface RightsIn {
  readonly region: string;
  readonly accountId: string;
  /** Name that the names of the environment have: `staging`, or `staging-eu-west-1`. */
  readonly environment: string;
  readonly cluster: string;
  readonly stateBucket: string;
  /** Stacks that are planned and applied: not that of the state, which people apply. */
  readonly stacks: readonly string[];
  /** That of the state, and of who pipelines are. */
  readonly stateStack: string;
  /** Name of the policy that bounds every role. */
  readonly boundary: string;
  /** Folder of the states of previews: `previews` */
  readonly previewFolder: string;
  /** Names of what was imported, which begin with no environment's. @default - nothing was */
  readonly imported?: { readonly buckets: readonly string[]; readonly databases: readonly string[] };
  /** Services of AWS that kinds of the environment's services use beside those that stacks always may: their name and the first words of what reads them. @default - none */
  readonly more?: Readonly<Record<string, readonly string[]>>;
}

/** Begins the names of all roles that jobs of pipelines have, of every environment of an account: nobody applies one. */
export const PIPELINE_ROLES = "pipeline.";

export const policy = (...Statement: readonly PolicyStatement[]): Policy => ({ Version: "2012-10-17", Statement });

/** ARNs of an environment. */
export const arnsIn = (of: RightsIn) => {
  const { region, accountId, environment, cluster, stateBucket, stacks, boundary, imported } = of;
  const iam = (resource: string): string => `arn:${PARTITION}:iam::${accountId}:${resource}`;
  const at = (service: string, resource: string): string =>
    `arn:${PARTITION}:${service}:${region}:${accountId}:${resource}`;
  return {
    at,
    iam,
    bucket: (name: string): string => `arn:${PARTITION}:s3:::${name}`,
    /** Buckets of stacks. */
    buckets: [`${environment}-*`, ...(imported?.buckets ?? [])].map((name) => `arn:${PARTITION}:s3:::${name}`),
    /** Databases that were imported, and the groups of their logs. */
    importedDatabases: (imported?.databases ?? []).map((id) => at("rds", `db:${id}`)),
    importedLogs: (imported?.databases ?? []).map((id) => at("logs", `log-group:/aws/rds/instance/${id}/*`)),
    boundary: iam(`policy/${boundary}`),
    /** Roles of applications and add-ons, and of the cluster. */
    roles: [iam(`role/${environment}.*`), iam(`role/${cluster}-${region}-*`)],
    profiles: iam(`instance-profile/${cluster}-${region}-*`),
    states: stacks.map((stack) => `arn:${PARTITION}:s3:::${stateBucket}/${stack}.tfstate`),
  };
};

/**
 * Whatever else is allowed: nothing is done to who pipelines are, to what bounds roles, or to whom the account trusts. So
 * an apply makes neither itself nor a plan more than it is.
 */
export function notItself(of: RightsIn): PolicyStatement {
  const { iam, boundary } = arnsIn(of);
  return {
    Sid: "NotItself",
    Effect: "Deny",
    NotAction: ["iam:Get*", "iam:List*"],
    Resource: [iam(`role/${PIPELINE_ROLES}*`), boundary, providerArn(of.accountId)],
  };
}

/** Secrets and states are encrypted by keys of the environment's, which their services ask for it. */
export const throughServices = ({ region }: RightsIn): PolicyStatement["Condition"] => ({
  StringEquals: { "kms:ViaService": ["secretsmanager", "s3"].map((name) => `${name}.${region}.amazonaws.com`) },
});
