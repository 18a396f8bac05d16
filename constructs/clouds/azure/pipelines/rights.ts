import { fitName } from "../../../model/names";
import { InvalidInput, type Problem } from "../../../model/problem";
import type { Environment } from "../../../model/resolved";
import { ALL_IDENTITIES, type PipelineIdentity } from "../../../pipelines/identity";
import { previewLimits } from "../../../pipelines/preview-limits";
import type { MadeIdentity, PipelineRights, RightsAsked } from "../../../pipelines/rights";
import { type SubjectForm, subjectsOf, type TrustedEnvironment } from "../../../pipelines/subjects";
import { AZURE_NAMES, clusterName, clusterNames, nameOf } from "../names";
import type { Place } from "../place";
import { resourceGroupId } from "../resource-ids";
import { azureKindResources } from "../services/kind-resources";
import { resourceGroupName } from "../services/names";
import { azureApplyRole, azurePlanRole } from "./role";
import { azureScript } from "./script";
import { type AzureCredential, azureTrust, MOST_AZURE_CREDENTIALS } from "./trust";

type Known = Pick<Place, "clusterName" | "location" | "regionInNames" | "subscriptionId" | "tenantId">;

/** Entra asks for nothing but the subject, which whoever takes a name over has too, where it is of names alone. */
const SAFE_FORMS: readonly SubjectForm[] = ["ids"];

/** A role at a place, and nothing below or above it. */
export interface AzureAssignment {
  readonly role: string;
  readonly scope: string;
}

/** What one managed identity has, as its file says it. */
export interface AzureIdentity {
  readonly name: string;
  readonly credentials: readonly AzureCredential[];
  readonly assignments: readonly AzureAssignment[];
}

/** Operations of what kinds of the environment's services bring, by type. */
const operationsOf = (environment: Pick<Environment, "applications">): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(azureKindResources(environment)).map(([type, { operations }]) => [type, operations]),
  );

const SUBSCRIPTION = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Managed identities in a subscription that is said, as an apply has all rights in the environment's.
 *
 * @throws InvalidInput where none is said, and for more subjects than an identity takes
 */
export function azureRights(
  environment: Pick<Environment, "applications" | "name">,
  known: Known,
  asked: RightsAsked,
): PipelineRights {
  const { subscriptionId } = known;
  const { identitiesIn = "" } = asked;
  const forms = asked.forms ?? SAFE_FORMS;
  const trusted: TrustedEnvironment = { name: environment.name, branch: asked.branch, branches: asked.branches };
  const identities = ALL_IDENTITIES.filter((identity) => asked.identities.includes(identity));
  const subjects = (identity: PipelineIdentity) => subjectsOf(asked.repository, identity, trusted, forms);
  const problems: readonly Problem[] = [
    ...(SUBSCRIPTION.test(identitiesIn)
      ? []
      : [
          {
            path: ["--identities-in"],
            got: asked.identitiesIn,
            why: "where managed identities are, decides who may change whom they trust, and an apply has every right in the environment's subscription",
            fix: "name the id of another subscription of the tenant, in which no apply has a right",
          },
        ]),
    ...identities
      .filter((identity) => subjects(identity).length > MOST_AZURE_CREDENTIALS)
      .map((identity) => ({
        path: ["workflows", "deploys"],
        got: subjects(identity).length,
        why: `subjects of ${identity} are more than the ${MOST_AZURE_CREDENTIALS} that an identity takes`,
        fix: "trust one form of subjects, or deploy from fewer branches",
      })),
  ];
  if (problems.length > 0) throw new InvalidInput(problems);
  const whole = `/subscriptions/${subscriptionId}`;
  const [planRole, applyRole] = [`goldenpath plan ${subscriptionId}`, `goldenpath apply ${subscriptionId}`];
  const there = nameOf(environment, known);
  const groups = [
    clusterNames(clusterName(environment, known), subscriptionId).resourceGroup,
    ...environment.applications.map(({ name }) => resourceGroupName(there, name)),
  ];
  const assignments: Readonly<Record<PipelineIdentity, readonly AzureAssignment[]>> = {
    plan: [
      { role: "Reader", scope: whole },
      // Keys of a Redis open it for writing, too: of the environment's own alone.
      ...groups.map((group) => ({ role: planRole, scope: resourceGroupId(subscriptionId, group) })),
    ],
    apply: [{ role: applyRole, scope: whole }],
    deploy: [],
    // Its provider asks which kinds of resources the subscription has.
    preview: [{ role: "Reader", scope: whole }],
    sweep: [],
  };
  const identityName = (identity: PipelineIdentity): string =>
    fitName([there, "pipeline", identity], AZURE_NAMES.identity);
  const documents = identities.map((identity): readonly [string, AzureIdentity] => [
    `${identity}.json`,
    {
      name: identityName(identity),
      credentials: azureTrust(subjects(identity)),
      assignments: assignments[identity],
    },
  ]);
  return {
    identities: identities.map((identity): MadeIdentity => ({
      identity,
      name: identityName(identity),
      access: identity === "plan" ? "planners" : "deployers",
      member: "its object id, which the script prints",
    })),
    documents: {
      "plan.role.json": azurePlanRole(planRole, subscriptionId),
      "apply.role.json": azureApplyRole(applyRole, subscriptionId, operationsOf(environment)),
      ...Object.fromEntries(documents),
    },
    script: azureScript({
      environment: environment.name,
      subscriptionId,
      tenantId: known.tenantId,
      location: known.location,
      identitiesIn,
      group: fitName([there, "pipelines"], AZURE_NAMES.resourceGroup),
      repository: `${asked.repository.owner}/${asked.repository.name}`,
      identities: identities.map((identity) => ({ identity, name: identityName(identity) })),
    }),
    forms,
    limits: [
      "An apply assigns any role in the subscription: that is the boundary. Azure has no rule that denies; a condition of its assignment is yours to give.",
      "What is assigned to an identity below the subscription is not looked at, as the stacks assign there what access says.",
      "Entra asks a token for its subject alone: that the environment on GitHub lets in its branch alone is GitHub's to hold.",
      ...previewLimits(identities),
      ...(identities.includes("preview")
        ? [
            "Whoever is in access.deployers writes every blob of the state, so that a preview and a sweep reach each state.",
          ]
        : []),
      ...(identitiesIn.toLowerCase() === subscriptionId.toLowerCase()
        ? ["The identities are in the environment's own subscription, so that an apply can change whom they trust."]
        : []),
      ...(forms.includes("names")
        ? [
            "Subjects by names alone are trusted: whoever gets the repository's name after you may be every one of these.",
          ]
        : []),
    ],
  };
}
