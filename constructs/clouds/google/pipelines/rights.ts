import { InvalidInput, type Problem } from "../../../model/problem";
import { PIPELINE_IDENTITIES, type PipelineIdentity } from "../../../pipelines/identity";
import type { MadeIdentity, PipelineRights, RightsAsked } from "../../../pipelines/rights";
import { refOf, SUBJECT_FORMS, subjectsOf, type TrustedEnvironment } from "../../../pipelines/subjects";
import { ISSUER } from "../../../pipelines/trust";
import { stateBucketName } from "../names";
import type { Place } from "../place";
import { pipelineAccount, pipelineAccountId, PLAN_ROLE } from "./accounts";
import { GOOGLE_DEPLOY_ROLES, GOOGLE_PLAN_PERMISSIONS, googleApplyRoles, googlePlanRoles } from "./roles";
import { googleScript } from "./script";
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
}

/** Provider of the pool, as Google shows it. */
export interface GoogleProvider {
  readonly attributeCondition: string;
  readonly attributeMapping: Readonly<Record<string, string>>;
  readonly oidc: { readonly issuerUri: string };
}

/**
 * Service accounts of the project, with a pool that lets in jobs of one repository.
 *
 * @throws InvalidInput for a subject that Google would refuse
 */
export function googleRights(environment: { readonly name: string }, known: Known, asked: RightsAsked): PipelineRights {
  const { project } = known;
  const forms = asked.forms ?? SUBJECT_FORMS;
  const trusted: TrustedEnvironment = { name: environment.name, branch: asked.branch, branches: asked.branches };
  const identities = PIPELINE_IDENTITIES.filter((identity) => asked.identities.includes(identity));
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
  const rolesOf: Readonly<Record<PipelineIdentity, Pick<GoogleIdentity, "bucketRoles" | "projectRoles">>> = {
    plan: { projectRoles: [...googlePlanRoles(), own], bucketRoles: ["roles/storage.objectViewer"] },
    apply: { projectRoles: googleApplyRoles(), bucketRoles: ["roles/storage.objectUser"] },
    deploy: { projectRoles: GOOGLE_DEPLOY_ROLES, bucketRoles: [] },
  };
  const documents = identities.map((identity): readonly [string, GoogleIdentity] => [
    `${identity}.json`,
    {
      serviceAccount: pipelineAccount(environment, known, identity),
      subjects: subjects(identity),
      ...rolesOf[identity],
    },
  ]);
  const provider: GoogleProvider = {
    attributeCondition: googleTrust(asked.repository, refOf(trusted), [], "").condition,
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
      ...Object.fromEntries(documents),
    },
    script: googleScript({
      project,
      environment: environment.name,
      bucket: stateBucketName(environment, known),
      repository: `${asked.repository.owner}/${asked.repository.name}`,
      accounts: identities.map((identity) => ({ identity, id: pipelineAccountId(environment, known, identity) })),
    }),
    forms,
    limits: [
      "An apply gives itself any role of the project, and the use of any account in it: the project is the boundary, so that an environment has one of its own.",
      "A plan and an apply reach every state in the bucket, that of the state itself too.",
    ],
  };
}
