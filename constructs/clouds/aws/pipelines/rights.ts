import { importedIds } from "../../../model/managed-services";
import { InvalidInput, type Problem } from "../../../model/problem";
import type { Environment } from "../../../model/resolved";
import { ALL_IDENTITIES, type PipelineIdentity } from "../../../pipelines/identity";
import { previewLimits } from "../../../pipelines/preview-limits";
import type { MadeIdentity, PipelineRights, RightsAsked } from "../../../pipelines/rights";
import { SUBJECT_FORMS, type TrustedEnvironment } from "../../../pipelines/subjects";
import { trustedAs } from "../../../pipelines/trust";
import { clusterName, nameOf, stateBucketName } from "../names";
import type { Place } from "../place";
import { PARTITION } from "../regions";
import { awsKindResources } from "../services/kind-resources";
import { applyPolicy } from "./apply";
import { boundaryPolicy } from "./boundary";
import type { Policy, RightsIn } from "./policy";
import { previewPolicy, sweepPolicy } from "./previews";
import { deployPolicy, planPolicy } from "./read";
import { pipelineRoleName, SESSION_SECONDS } from "./roles";
import { awsScript } from "./script";
import { awsTrust } from "./trust";

type Known = Pick<
  Place,
  "accountId" | "clusterName" | "permissionsBoundary" | "region" | "regionInNames" | "stateBucket"
>;

/**
 * Most characters of the policies in a role, spaces left out:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
const MOST_OF_POLICIES = 10_240;

/** Most characters of a trust policy, which an account may raise to 4096. */
const MOST_OF_TRUST = 2048;

const POLICIES: Readonly<Record<PipelineIdentity, (of: RightsIn) => Policy>> = {
  plan: planPolicy,
  apply: applyPolicy,
  deploy: deployPolicy,
  preview: previewPolicy,
  sweep: sweepPolicy,
};

const READS = ["Describe", "List"] as const;

/** Services of AWS that kinds of the environment's services bring. */
function servicesOf(environment: Pick<Environment, "applications">): RightsIn["more"] {
  const more = new Map<string, Set<string>>();
  for (const { service, reads = READS } of Object.values(awsKindResources(environment))) {
    const known = more.get(service) ?? new Set();
    more.set(service, new Set([...known, ...reads]));
  }
  return Object.fromEntries([...more].map(([service, reads]) => [service, [...reads].sort()]));
}

/**
 * Roles of the account, whose name and whose number are in the environment.
 *
 * @throws InvalidInput where no boundary is said: an apply makes roles, within it
 */
export function awsRights(
  environment: Pick<Environment, "applications" | "name">,
  known: Known,
  asked: RightsAsked,
): PipelineRights {
  const path = ["environments", environment.name, "cloud"];
  const { accountId, region, permissionsBoundary } = known;
  const own = `arn:${PARTITION}:iam::${accountId}:policy/`;
  const problems: Problem[] = [];
  if (permissionsBoundary?.startsWith(own) !== true) {
    const why = permissionsBoundary === undefined ? "is not there" : "is a policy that the account cannot change";
    problems.push({
      path: [...path, "permissionsBoundary"],
      got: permissionsBoundary,
      why: `${why}, and an apply may make roles within a boundary of the account alone`,
      fix: `say permissionsBoundary: "${own}goldenpath-boundary"; the script makes that policy where it is not there`,
    });
  }
  if (asked.identitiesIn !== undefined) {
    const why = "roles are in the environment's account";
    problems.push({ path: ["--identities-in"], got: asked.identitiesIn, why, fix: "leave it out" });
  }
  const boundary = (permissionsBoundary ?? "").slice(own.length);
  const of: RightsIn = {
    region,
    accountId,
    environment: nameOf(environment, known),
    cluster: clusterName(environment, known),
    stateBucket: stateBucketName(environment, known),
    stacks: asked.stacks,
    stateStack: asked.stateStack,
    boundary,
    previewFolder: asked.previewFolder,
    more: servicesOf(environment),
    imported: {
      buckets: importedIds(environment, (kind) => kind === "bucket"),
      databases: importedIds(environment, (kind) => kind !== "bucket"),
    },
  };
  const forms = asked.forms ?? SUBJECT_FORMS;
  const trusted: TrustedEnvironment = { name: environment.name, branch: asked.branch, branches: asked.branches };
  const identities = ALL_IDENTITIES.filter((identity) => asked.identities.includes(identity));
  const documents = identities.flatMap((identity) => [
    [trustFile(identity), awsTrust(trustedAs(identity, asked.repository, trusted, forms), accountId)] as const,
    [policyFile(identity), POLICIES[identity](of)] as const,
  ]);
  problems.push(...documents.flatMap(([file, document]) => tooLong(file, document)));
  if (problems.length > 0) throw new InvalidInput(problems);
  const roles = identities.map((identity) => ({ identity, name: pipelineRoleName(environment, known, identity) }));
  return {
    identities: roles.map(({ identity, name }): MadeIdentity => ({
      identity,
      name: `arn:${PARTITION}:iam::${accountId}:role/${name}`,
      access: identity === "plan" ? "planners" : "deployers",
    })),
    documents: {
      "boundary.json": boundaryPolicy,
      ...(Object.fromEntries(documents) as Readonly<Record<string, unknown>>),
    },
    script: awsScript({
      accountId,
      boundary: permissionsBoundary ?? "",
      environment: environment.name,
      roles: roles.map(({ identity, name }) => ({
        identity,
        name,
        seconds: SESSION_SECONDS[identity],
        trust: trustFile(identity),
        policy: policyFile(identity),
      })),
    }),
    forms,
    limits: [
      "An apply is as good as an administrator within the boundary: what is reviewed protects the environment, not its rights.",
      "The boundary and the provider of GitHub's tokens are one for the whole account: what else uses them is not looked at.",
      ...previewLimits(identities),
    ],
  };
}

function trustFile(identity: PipelineIdentity): string {
  return `${identity}.trust.json`;
}

function policyFile(identity: PipelineIdentity): string {
  return `${identity}.policy.json`;
}

function tooLong(file: string, document: unknown): readonly Problem[] {
  const most = file.endsWith(".trust.json") ? MOST_OF_TRUST : MOST_OF_POLICIES;
  const { length } = JSON.stringify(document);
  if (length <= most) return [];
  const fix =
    most === MOST_OF_TRUST
      ? "trust one form of subjects, or deploy from fewer branches"
      : "give some of the applications an environment of their own";
  return [{ path: [file], got: length, why: `characters are more than the ${most} that IAM takes`, fix }];
}
