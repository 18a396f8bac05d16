import type { Construct } from "constructs";
import type { Addon } from "../../addons/addon";
import { answerNeeds, type CloudNeeds, type Granted, type PermissionTable } from "../../addons/permissions";
import { fitName } from "../../model/names";
import { createAddonStore } from "./addon-store";
import { type Grant, ManagedIdentity, workloadIdentityMetadata } from "./identity";
import type { AzureLookup } from "./lookup";
import { AZURE_NAMES } from "./names";
import type { Place } from "./place";
import { dnsZoneId, resourceGroupId } from "./resource-ids";

export interface AddonIdentityInput {
  readonly lookup: AzureLookup;
  readonly place: Pick<Place, "dns">;
}

const PERMISSIONS: PermissionTable<AddonIdentityInput, Permission> = {
  "dns-records": (input) => ({ grants: editRecords(input), values: {} }),
  "read-secrets": ({ lookup }) => ({
    grants: [{ name: "Read", role: "Key Vault Secrets User", scope: lookup.secretVaultId }],
    values: {},
  }),
};

/**
 * Gives the add-on's service account a managed identity with the permissions. Nothing is created where these come to no
 * role, such as DNS records in no zone.
 */
export function allowAddon(
  scope: Construct,
  input: AddonIdentityInput,
  addon: Pick<Addon, "name" | "namespace">,
  needs: CloudNeeds,
): Granted {
  const { grants: answered, values } = answerNeeds(PERMISSIONS, needs, input);
  const { lookup } = input;
  const { clusterName, resourceGroupName, location, tags } = lookup;
  const defaults = { resourceGroupName, location, tags: { ...tags, "goldenpath:addon": addon.name } };
  const kept = needs.store === undefined ? undefined : createAddonStore(scope, lookup, defaults, addon, needs.store);
  const grants = [...answered, ...(kept === undefined ? [] : [kept.grant])];
  if (grants.length === 0) return { identity: { annotations: {} }, values };
  const purpose = [...needs.permissions, ...(kept === undefined ? [] : ["a store of its own"])].join(", ");
  const description = `Add-on ${addon.name} of ${clusterName}: ${purpose}`;
  const identity = new ManagedIdentity(scope, `${addon.name}-identity`, {
    defaults,
    name: fitName([clusterName, "addon", addon.name], AZURE_NAMES.identity),
    grants: grants.map((grant) => ({ ...grant, description })),
    serviceAccount: { issuer: lookup.oidcIssuerUrl, namespace: addon.namespace, name: needs.serviceAccount },
  });
  kept?.lock(identity.granted);
  return { identity: workloadIdentityMetadata(identity), values, ...(kept && { store: kept.store }) };
}

type Permission = Omit<Grant, "description">;

/**
 * Records of the given zones; and the list of zones, which external-dns begins with, can be allowed for a whole resource
 * group only.
 */
function editRecords({ lookup, place }: AddonIdentityInput): readonly Permission[] {
  const zones = place.dns?.zones ?? [];
  const [first] = zones;
  if (first === undefined) return [];
  const { subscriptionId } = lookup;
  return [
    { name: "List", role: "Reader", scope: resourceGroupId(subscriptionId, first.resourceGroup) },
    ...zones.map((zone) => ({
      name: `Edit-${zone.name}`,
      role: "DNS Zone Contributor",
      scope: dnsZoneId(subscriptionId, zone),
    })),
  ];
}
