import type { Construct } from "constructs";
import type { Addon, Capability } from "../../addons/addon";
import { fitName } from "../../model/names";
import type { Identity } from "../cloud";
import { borne, type Grant, ManagedIdentity } from "./identity";
import type { AzureLookup } from "./lookup";
import { AZURE_NAMES } from "./names";
import type { Place } from "./place";
import { dnsZoneId, resourceGroupId } from "./resource-ids";

export interface AddonIdentityInput {
  readonly lookup: AzureLookup;
  readonly place: Pick<Place, "dns">;
}

/**
 * Gives the add-on's service account a managed identity with the capability. Returns what that account and its pods must
 * bear. Nothing is created where the capability comes to no permission, such as DNS records in no zone.
 */
export function allowAddon(
  scope: Construct,
  input: AddonIdentityInput,
  addon: Pick<Addon, "name" | "namespace" | "needs">,
  capability: Capability,
): Identity {
  const serviceAccount = addon.needs?.serviceAccount;
  const permissions = PERMISSIONS[capability](input);
  if (serviceAccount === undefined || permissions.length === 0) return { annotations: {} };
  const { lookup } = input;
  const { clusterName, resourceGroupName, location, tags } = lookup;
  const home = { resourceGroupName, location, tags: { ...tags, "goldenpath:addon": addon.name } };
  const description = `Add-on ${addon.name} of ${clusterName}: ${capability}`;
  return borne(
    new ManagedIdentity(scope, `${addon.name}-identity`, home, {
      name: fitName([clusterName, "addon", addon.name], AZURE_NAMES.identity),
      grants: permissions.map((permission) => ({ ...permission, description })),
      serviceAccount: { issuer: lookup.oidcIssuerUrl, namespace: addon.namespace, name: serviceAccount },
    }),
  );
}

type Permission = Omit<Grant, "description">;

const PERMISSIONS: Readonly<Record<Capability, (input: AddonIdentityInput) => readonly Permission[]>> = {
  "dns-records": editRecords,
  "read-secrets": ({ lookup }) => [{ name: "Read", role: "Key Vault Secrets User", scope: lookup.secretVaultId }],
};

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
