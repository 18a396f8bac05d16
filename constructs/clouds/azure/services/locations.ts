import type { Path, Problem } from "../../../model/problem";

/*
 * Locations with availability zones in which Azure does not run MySQL, or runs no standby of it in another zone.
 * https://learn.microsoft.com/en-us/azure/mysql/flexible-server/overview#azure-regions, of 2026-01-05
 */
const WITHOUT_MYSQL: readonly string[] = ["austriaeast", "belgiumcentral"];
const WITHOUT_STANDBY: readonly string[] = ["indonesiacentral", "japanwest", "spaincentral"];

export function mysqlLocationProblems(location: string, highAvailability: boolean, path: Path): Problem[] {
  if (WITHOUT_MYSQL.includes(location)) {
    const why = `Azure runs no MySQL flexible servers in ${location}`;
    return [{ path, why, fix: 'use another location, or placement: "in-cluster"' }];
  }
  if (highAvailability && WITHOUT_STANDBY.includes(location)) {
    const why = `MySQL flexible servers have no standby in another zone in ${location}`;
    return [{ path, why, fix: "use another location, or highAvailability: false" }];
  }
  return [];
}
