import { InvalidInput, type Problem } from "../../../model/problem";
import type { Environment } from "../../../model/resolved";
import { ALL_IDENTITIES, type PipelineIdentity } from "../../../pipelines/identity";
import { previewLimits } from "../../../pipelines/preview-limits";
import type { MadeIdentity, PipelineRights, RightsAsked } from "../../../pipelines/rights";
import {
  previewEnvironment,
  refOf,
  SUBJECT_FORMS,
  subjectsOf,
  type TrustedEnvironment,
} from "../../../pipelines/subjects";
import { ISSUER } from "../../../pipelines/trust";
import { stateBucketName } from "../names";
import type { Place } from "../place";
import { googleKindResources } from "../services/kind-resources";
import { pipelineAccount, pipelineAccountId, PLAN_ROLE } from "./accounts";
import {
  GOOGLE_DEPLOY_ROLES,
  GOOGLE_PLAN_PERMISSIONS,
  GOOGLE_PREVIEW_ROLES,
  googleApplyRoles,
  googlePlanRoles,
} from "./roles";
import { BUCKET_CONDITION, googleScript } from "./script";
import { googleTrust, LONGEST_GOOGLE_SUBJECT, tooLong } from "./trust";

type Known = Pick<Place, "project" | "region" | "regionInNames" | "stateBucket">;

/** What one service account has, as its file says it. */
export interface GoogleIdentity {
  readonly serviceAccount: string;
  /** Subjects of tokens that may be it, in the project's pool. */
  readonly subjects: readonly string[];
  readonly projectRoles: readonly string[];
  /** Roles on the bucket of the state. */
  readonly bucketRoles: readonly string[];
  /** Condition of those, in CEL. @default - none */
  readonly bucketCondition?: string;
}

/** Provider of the pool, as Google shows it. */
export interface GoogleProvider {
  readonly attributeCondition: string;
  readonly attributeMapping: Readonly<Record<string, string>>;
  readonly oidc: { readonly issuerUri: string };
}

/**
 * What is below a folder of a bucket, and lists of it.
 * @see https://cloud.google.com/iam/docs/conditions-attribute-reference#gcs-attributes
 */
const belowFolder = (bucket: string, folder: string): string =>
  `resource.name.startsWith("projects/_/buckets/${bucket}/objects/${folder}/") || ` +
  `api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("${folder}/")`;

/**
 * Service accounts of the project, with a pool that lets in jobs of one repository.
 *
 * @throws InvalidInput for a subject that Google would refuse
 */
export function googleRights(
  environment: Pick<Environment, "applications" | "name">,
  known: Known,
  asked: RightsAsked,
): PipelineRights {
  const brought = googleKindResources(environment);
  const { project } = known;
  const forms = asked.forms ?? SUBJECT_FORMS;
  const trusted: TrustedEnvironment = { name: environment.name, branch: asked.branch, branches: asked.branches };
  const identities = ALL_IDENTITIES.filter((identity) => asked.identities.includes(identity));
  const subjects = (identity: PipelineIdentity) => subjectsOf(asked.repository, identity, trusted, forms);
  const problems: Problem[] = [...new Set(identities.flatMap(subjects))]
    .filter((subject) => tooLong([subject]).length > 0)
    .map((got) => ({
      path: ["--repository"],
      got,
      why: `is a subject of more than the ${LONGEST_GOOGLE_SUBJECT} bytes that Google takes`,
      fix: "give the branch or the repository a shorter name",
    }));
  if (asked.identitiesIn !== undefined) {
    const why = "service accounts are in the environment's project, whose pool lets in its jobs";
    problems.push({ path: ["--identities-in"], got: asked.identitiesIn, why, fix: "leave it out" });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  const own = `projects/${project}/roles/${PLAN_ROLE}`;
  const bucket = stateBucketName(environment, known);
  const bucketCondition = belowFolder(bucket, asked.previewFolder);
  const rolesOf: Readonly<
    Record<PipelineIdentity, Pick<GoogleIdentity, "bucketCondition" | "bucketRoles" | "projectRoles">>
  > = {
    plan: { projectRoles: [...googlePlanRoles(brought), own], bucketRoles: ["roles/storage.objectViewer"] },
    apply: { projectRoles: googleApplyRoles(brought), bucketRoles: ["roles/storage.objectUser"] },
    deploy: { projectRoles: GOOGLE_DEPLOY_ROLES, bucketRoles: [] },
    preview: { projectRoles: GOOGLE_PREVIEW_ROLES, bucketRoles: ["roles/storage.objectUser"], bucketCondition },
    sweep: { projectRoles: GOOGLE_DEPLOY_ROLES, bucketRoles: ["roles/storage.objectUser"], bucketCondition },
  };
  const previews = identities.filter((identity) => rolesOf[identity].bucketCondition !== undefined);
  const documents = identities.map((identity): readonly [string, GoogleIdentity] => [
    `${identity}.json`,
    {
      serviceAccount: pipelineAccount(environment, known, identity),
      subjects: subjects(identity),
      ...rolesOf[identity],
    },
  ]);
  const provider: GoogleProvider = {
    attributeCondition: googleTrust(
      asked.repository,
      { ref: refOf(trusted), ...(previews.length > 0 && { previews: previewEnvironment(environment.name) }) },
      ...([[], ""] as const),
    ).condition,
    attributeMapping: { "google.subject": "assertion.sub" },
    oidc: { issuerUri: `https://${ISSUER}` },
  };
  return {
    identities: identities.map((identity): MadeIdentity => {
      const name = pipelineAccount(environment, known, identity);
      return {
        identity,
        name,
        access: identity === "plan" ? "planners" : "deployers",
        member: `serviceAccount:${name}`,
      };
    }),
    documents: {
      "provider.json": provider,
      "plan.role.json": { title: "goldenpath plan", includedPermissions: GOOGLE_PLAN_PERMISSIONS },
      ...(previews.length > 0 && { [BUCKET_CONDITION]: { title: "previews", expression: bucketCondition } }),
      ...Object.fromEntries(documents),
    },
    script: googleScript({
      project,
      environment: environment.name,
      bucket,
      repository: `${asked.repository.owner}/${asked.repository.name}`,
      accounts: identities.map((identity) => ({ identity, id: pipelineAccountId(environment, known, identity) })),
    }),
    forms,
    limits: [
      "An apply gives itself any role of the project, and the use of any account in it: the project is the boundary, so that an environment has one of its own.",
      "A plan and an apply reach every state in the bucket, that of the state itself too.",
      ...previewLimits(identities),
    ],
  };
}
