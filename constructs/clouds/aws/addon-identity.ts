import type { Construct } from "constructs";
import type { Addon } from "../../addons/addon";
import { answerNeeds, type CloudNeeds, type Granted, type PermissionTable } from "../../addons/permissions";
import { importedIds } from "../../model/managed-services";
import { nameThere } from "../../model/name-there";
import type { CloudEnvironment, Identity } from "../cloud";
import { createAddonStore } from "./addon-store";
import { arn } from "./arn";
import type { Statement } from "./iam";
import type { AwsLookup } from "./lookup";
import { Workspace } from "./managed-prometheus/workspace";
import { roleName } from "./names";
import type { Place } from "./place";
import { createPodIdentity } from "./pod-identity";

interface AddonIdentityInput {
  readonly lookup: AwsLookup;
  readonly place: Pick<Place, "dns">;
  readonly environment: Pick<CloudEnvironment, "applications" | "backups" | "name" | "nameThere" | "protect">;
}

const PERMISSIONS: PermissionTable<AddonIdentityInput, Statement> = {
  "dns-records": (input) => ({ grants: editRecords(input), values: {} }),
  "read-secrets": (input) => ({ grants: readSecrets(input), values: {} }),
};

/**
 * Gives the add-on's service account a role with the permissions. Nothing is created where these come to no statement,
 * such as DNS records in no zone.
 */
export function allowAddon(
  scope: Construct,
  input: AddonIdentityInput,
  { name, namespace }: Pick<Addon, "name" | "namespace">,
  needs: CloudNeeds,
): Granted {
  const { grants, values } = answerNeeds(PERMISSIONS, needs, input);
  const kept = needs.store === undefined ? undefined : createAddonStore(scope, input, { name }, needs.store);
  const measures = needs.measures === undefined ? [] : Workspace.below(scope).statements(needs.measures);
  const statements = [...grants, ...(kept?.statements ?? []), ...measures];
  if (statements.length === 0) return { identity: { annotations: {} }, values };
  const { serviceAccount, permissions } = needs;
  const purpose = [
    ...permissions,
    ...(kept === undefined ? [] : ["a store of its own"]),
    ...(needs.measures === undefined ? [] : [`measures, to ${needs.measures}`]),
  ].join(", ");
  const role = { name, namespace, serviceAccount, purpose, statements };
  return { identity: createAddonIdentity(scope, input, role), values, ...(kept && { store: kept.store }) };
}

export interface AddonIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What for, in a word or some. */
  readonly purpose: string;
  readonly statements: readonly Statement[];
}

/** The role of an add-on's service account. Returns what that account must bear. */
export function createAddonIdentity(
  scope: Construct,
  { lookup, environment }: Pick<AddonIdentityInput, "lookup" | "environment">,
  { name, namespace, serviceAccount, purpose, statements }: AddonIdentity,
): Identity {
  return createPodIdentity(scope, `${name}-identity`, lookup, {
    roleName: roleName(nameThere(environment), "addon", name),
    description: `Add-on ${name} in ${environment.name}: ${purpose}`,
    namespace,
    serviceAccount,
    statements,
    tags: { "goldenpath:addon": name },
  });
}

/** Route 53 has no resource level for listing zones; records can be read and written in the given zones only. */
function editRecords({ lookup, place }: AddonIdentityInput): readonly Statement[] {
  const zones = (place.dns?.zones ?? []).map(({ id }) => `arn:${lookup.partition}:route53:::hostedzone/${id}`);
  if (zones.length === 0) return [];
  return [
    {
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: zones,
      // Addresses of routes, and the TXT records in which external-dns notes what it owns. Never NS, MX or CAA.
      Condition: {
        "ForAllValues:StringEquals": {
          "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "CNAME", "TXT"],
        },
      },
    },
    {
      Effect: "Allow",
      Action: ["route53:ListResourceRecordSets", "route53:ListTagsForResources", "route53:ListTagsForResource"],
      Resource: zones,
    },
    { Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" },
  ];
}

/**
 * The environment's own secrets by their names, and those that RDS keeps for its databases. RDS chooses the names of
 * the latter, `rds!db-…`, but tags each with its database, whose name begins with the environment's, or is that of one that was
 * imported.
 */
function readSecrets({ lookup, environment }: AddonIdentityInput): readonly Statement[] {
  const read = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"];
  const own = arn(lookup, "secretsmanager", `secret:${nameThere(environment)}/*`);
  const ofDatabases = arn(lookup, "secretsmanager", "secret:rds!db-*");
  const database = (name: string): string => arn(lookup, "rds", `db:${name}`);
  const imported = importedIds(environment, (kind) => kind !== "bucket").map(database);
  const made = database(`${nameThere(environment)}-*`);
  return [
    { Effect: "Allow", Action: read, Resource: own },
    {
      Effect: "Allow",
      Action: read,
      Resource: ofDatabases,
      Condition: {
        StringLike: {
          "aws:ResourceTag/aws:rds:primaryDBInstanceArn": imported.length === 0 ? made : [made, ...imported],
        },
      },
    },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: arn(lookup, "kms", "key/*"),
      // The applications' keys come after this role, so none can be named. Which secret is decrypted Secrets Manager
      // says in the context, and the statements above decide whether it asks at all. An alias or tag of a key would
      // take up to five minutes to count: longer than the first deploy of an application waits for its Secret.
      // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
      Condition: {
        StringEquals: { "kms:ViaService": `secretsmanager.${lookup.region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:SecretARN": [own, ofDatabases] },
      },
    },
  ];
}
