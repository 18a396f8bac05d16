import type { Path, Problem } from "../../../model/problem";

/**
 * Locations with three availability zones: a standby in another zone and storage over zones exist in these alone.
 * https://learn.microsoft.com/en-us/azure/reliability/regions-list
 */
const ZONAL: ReadonlySet<string> = new Set([
  ...["australiaeast", "austriaeast", "belgiumcentral", "brazilsouth", "canadacentral", "centralindia", "centralus"],
  ...["chilecentral", "eastasia", "eastus", "eastus2", "francecentral", "germanywestcentral", "indonesiacentral"],
  ...["israelcentral", "italynorth", "japaneast", "japanwest", "koreacentral", "malaysiawest", "mexicocentral"],
  ...["newzealandnorth", "northeurope", "norwayeast", "polandcentral", "qatarcentral", "southafricanorth"],
  ...["southcentralus", "southeastasia", "spaincentral", "swedencentral", "switzerlandnorth", "uaenorth", "uksouth"],
  ...["westeurope", "westus2", "westus3"],
]);

/** Says so where `what` needs zones and the location has none. */
export function zoneProblems(
  location: string,
  what: string,
  path: Path,
  instead = "highAvailability: false",
): Problem[] {
  if (ZONAL.has(location)) return [];
  const why = `${location} has no availability zones for ${what}`;
  return [{ path, why, fix: `use another location, or ${instead}` }];
}
