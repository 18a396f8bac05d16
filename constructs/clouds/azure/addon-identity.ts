import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import { Construct } from "constructs";
import type { Addon, Capability } from "../../addons/addon";
import { fitName } from "../../model/names";
import type { Identity } from "../cloud";
import { ensureTimeProvider } from "../shared/providers";
import { ROLES_TAKE_EFFECT } from "./disks";
import { ManagedIdentity, type Permission } from "./identity";
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
  const here = new Construct(scope, `${addon.name}-identity`);
  const home = { resourceGroupName, location, tags: { ...tags, "goldenpath:addon": addon.name } };
  const identity = new ManagedIdentity(here, "Identity", home, {
    name: fitName([clusterName, "addon", addon.name], AZURE_NAMES.identity),
    description: `Add-on ${addon.name} of ${clusterName}: ${capability}`,
    permissions,
  });
  const credential = new FederatedIdentityCredential(here, "Credential", {
    name: "kubernetes",
    resourceGroupName,
    parentId: identity.id,
    issuer: lookup.oidcIssuerUrl,
    subject: `system:serviceaccount:${addon.namespace}:${serviceAccount}`,
    audience: ["api://AzureADTokenExchange"],
  });
  ensureTimeProvider(here);
  // The annotation comes by way of the wait: a pod that starts earlier is refused, and Entra remembers that for a while.
  const effect = new Sleep(here, "Effect", {
    createDuration: ROLES_TAKE_EFFECT,
    triggers: { client: identity.clientId },
    dependsOn: [credential, ...identity.permissions],
  });
  return {
    annotations: { "azure.workload.identity/client-id": effect.getStringAttribute("triggers.client") },
    // The webhook gives a token to pods that bear it, and to no other.
    podLabels: { "azure.workload.identity/use": "true" },
  };
}

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
