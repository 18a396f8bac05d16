/*
 * Public locations with three availability zones. Without qatarcentral, where AKS cannot put the API server into a
 * network.
 * https://learn.microsoft.com/en-us/azure/reliability/regions-list
 * https://learn.microsoft.com/en-us/azure/aks/api-server-vnet-integration#availability
 */
const LOCATIONS = [
  "australiaeast",
  "austriaeast",
  "belgiumcentral",
  "brazilsouth",
  "canadacentral",
  "centralindia",
  "centralus",
  "chilecentral",
  "eastasia",
  "eastus",
  "eastus2",
  "francecentral",
  "germanywestcentral",
  "indonesiacentral",
  "israelcentral",
  "italynorth",
  "japaneast",
  "japanwest",
  "koreacentral",
  "malaysiawest",
  "mexicocentral",
  "newzealandnorth",
  "northeurope",
  "norwayeast",
  "polandcentral",
  "southafricanorth",
  "southcentralus",
  "southeastasia",
  "spaincentral",
  "swedencentral",
  "switzerlandnorth",
  "uaenorth",
  "uksouth",
  "westeurope",
  "westus2",
  "westus3",
] as const;

export type AzureLocation = (typeof LOCATIONS)[number];

export const AZURE_LOCATIONS: readonly string[] = LOCATIONS;

export function isLocation(text: unknown): text is AzureLocation {
  return typeof text === "string" && AZURE_LOCATIONS.includes(text);
}
