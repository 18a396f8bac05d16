import { clusterNames, PRIVATE_LINK_ZONES, SUBNETS } from "./names";

export const resourceGroupId = (subscriptionId: string, name: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${name}`;

export const dnsZoneId = (subscriptionId: string, zone: { readonly name: string; readonly resourceGroup: string }) =>
  `${resourceGroupId(subscriptionId, zone.resourceGroup)}/providers/Microsoft.Network/dnsZones/${zone.name}`;

/**
 * Ids of what `<env>-cluster` made. Azure composes them of names, which are known: a plan of another stack asks for the
 * cluster alone, and whoever runs it needs to read nothing else of it.
 */
export function clusterResourceIds(subscriptionId: string, cluster: string) {
  const names = clusterNames(cluster, subscriptionId);
  const id = (provider: string): string =>
    `${resourceGroupId(subscriptionId, names.resourceGroup)}/providers/Microsoft.${provider}`;
  const subnet = (name: string): string => id(`Network/virtualNetworks/${names.network}/subnets/${name}`);
  const zone = (name: string): string => id(`Network/privateDnsZones/${name}`);
  return {
    secretVault: id(`KeyVault/vaults/${names.secretVault}`),
    keyVault: id(`KeyVault/vaults/${names.keyVault}`),
    mysqlSubnet: subnet(SUBNETS.mysql),
    endpointSubnet: subnet(SUBNETS.endpoints),
    mysqlZone: zone(names.mysqlZone),
    redisZone: zone(PRIVATE_LINK_ZONES.redis),
    blobZone: zone(PRIVATE_LINK_ZONES.blob),
    /** Id of a private zone by its name. */
    zone,
    logWorkspace: id(`OperationalInsights/workspaces/${names.workspace}`),
    diskEncryptionSet: id(`Compute/diskEncryptionSets/${names.diskEncryptionSet}`),
  } as const;
}
