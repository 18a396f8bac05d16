import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { isMade } from "./network-props";
import { zonesOfKinds } from "./private-zones";
import type { AzureProps } from "./props";

/** Services whose names are looked up in a zone that somebody else makes, and has not been asked for. `path` is where their placement stands. */
export function kindZoneProblems({ network }: AzureProps, { services }: ResolvedApplication, path: Path): Problem[] {
  const given = isMade(network) ? undefined : network.existing.privateLinkZones;
  if (given === undefined) return [];
  return services
    .filter(({ sizing }) => sizing.placement === "managed")
    .flatMap(({ name, service }) =>
      zonesOfKinds([service])
        .filter((zone) => given.kinds?.[zone] === undefined)
        .map((zone) => ({
          path: [...path, "services", name],
          why: `names of ${service.kind} are looked up in ${zone}, and cloud.network.existing.privateLinkZones has no zone of that name`,
          fix: `give its id in privateLinkZones.kinds[${JSON.stringify(zone)}]`,
        })),
    );
}
