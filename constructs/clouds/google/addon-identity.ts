import { DnsManagedZoneIamMember } from "@cdktf/provider-google/lib/dns-managed-zone-iam-member";
import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { Id } from "@cdktf/provider-random/lib/id";
import { Construct } from "constructs";
import type { Addon } from "../../addons/addon";
import { answerNeeds, type CloudNeeds, type Granted, type PermissionTable } from "../../addons/permissions";
import { type NamedThere, nameThere } from "../../model/name-there";
import { ensureRandomProvider } from "../shared/providers";
import { createAddonStore } from "./addon-store";
import { type GoogleLookup, serviceAccountMember } from "./lookup";
import { roleId } from "./names";
import type { Place } from "./place";

interface AddonIdentityInput {
  readonly lookup: GoogleLookup;
  readonly place: Pick<Place, "dns">;
  readonly environment: NamedThere;
}

const PERMISSIONS: PermissionTable<AddonIdentityInput, Grant> = {
  "dns-records": ({ place }) => ({ grants: (place.dns?.zones ?? []).length > 0 ? [editRecords] : [], values: {} }),
  "read-secrets": () => ({ grants: [readSecrets], values: {} }),
};

/**
 * Gives the add-on's service account the permissions. It bears nothing for them: IAM knows the account by its name.
 * Nothing is created where they come to no role, such as DNS records in no zone.
 */
export function allowAddon(
  scope: Construct,
  input: AddonIdentityInput,
  { name, namespace }: Pick<Addon, "name" | "namespace">,
  needs: CloudNeeds,
): Granted {
  const { grants, values } = answerNeeds(PERMISSIONS, needs, input);
  if (grants.length > 0) {
    const here = new Construct(scope, `${name}-identity`);
    const member = serviceAccountMember(input.lookup, namespace, needs.serviceAccount);
    for (const grant of grants) grant(here, input, member);
  }
  if (needs.store === undefined) return { identity: { annotations: {} }, values };
  const member = serviceAccountMember(input.lookup, namespace, needs.serviceAccount);
  return {
    identity: { annotations: {} },
    values,
    store: createAddonStore(scope, input, { name, member }, needs.store),
  };
}

/** Creates what one permission takes; `member` is the service account as IAM writes it. */
type Grant = (scope: Construct, input: AddonIdentityInput, member: string) => void;

/**
 * The environment's own secrets by their names, as `secretPlace` makes them. Secret Manager names a secret by the
 * project's number, and no name of an environment holds an underscore.
 * @see https://cloud.google.com/secret-manager/docs/access-control#conditions
 */
function readSecrets(scope: Construct, { lookup, environment }: AddonIdentityInput, member: string): void {
  const prefix = `projects/${lookup.projectNumber}/secrets/${nameThere(environment)}_`;
  new ProjectIamMember(scope, "Secrets", {
    project: lookup.project,
    role: "roles/secretmanager.secretAccessor",
    member,
    condition: {
      title: `secrets of ${nameThere(environment)}`,
      expression: `resource.name.startsWith("${prefix}")`,
    },
  });
}

/** Permissions on a zone: its records, and nothing that would change the zone itself or who may. */
const EDIT_RECORDS = [
  "dns.changes.create",
  "dns.changes.get",
  "dns.changes.list",
  "dns.managedZones.get",
  "dns.resourceRecordSets.create",
  "dns.resourceRecordSets.delete",
  "dns.resourceRecordSets.get",
  "dns.resourceRecordSets.list",
  "dns.resourceRecordSets.update",
];

/**
 * Cloud DNS has no zone level for listing zones; records can be written in the given zones only. Google's own role for
 * that may delete the zone as well.
 */
function editRecords(scope: Construct, { lookup, place, environment }: AddonIdentityInput, member: string): void {
  const { project } = lookup;
  const editor = customRole(scope, "Editor", { project, environment, what: "dns-records", permissions: EDIT_RECORDS });
  for (const { name } of place.dns?.zones ?? []) {
    new DnsManagedZoneIamMember(scope, `Zone-${name}`, { project, managedZone: name, role: editor.name, member });
  }
  const finder = customRole(scope, "Finder", {
    project,
    environment,
    what: "dns-zones",
    permissions: ["dns.managedZones.list"],
  });
  new ProjectIamMember(scope, "Zones", { project, role: finder.name, member });
}

export interface CustomRole {
  readonly project: string;
  readonly environment: NamedThere;
  readonly what: string;
  readonly permissions: readonly string[];
}

/** A role's id stays taken for 37 days after the role is gone: the next one of the same name has another suffix. */
export function customRole(
  scope: Construct,
  id: string,
  { project, environment, what, permissions }: CustomRole,
): ProjectIamCustomRole {
  const here = new Construct(scope, id);
  ensureRandomProvider(scope);
  const suffix = new Id(here, "Suffix", { byteLength: 3 }).hex;
  return new ProjectIamCustomRole(here, "Default", {
    project,
    roleId: `${roleId(nameThere(environment), what)}_${suffix}`,
    title: `${what} of ${nameThere(environment)}`,
    permissions: [...permissions],
  });
}
