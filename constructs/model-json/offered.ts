import type { Cloud } from "../clouds/cloud";
import { keepsElsewhere } from "../model/elsewhere";
import { promisable } from "../model/holdings";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import { recoverableOf } from "../model/validate/recovery";
import type { ApplicationDocument, EnvironmentDocument } from "./schema";

/* What a cloud has to offer of what an environment does without: advice asks for nothing that is not to be had. */

/** Why no copies can be in a second region; nothing where they can. */
export function remaining({ elsewhere, title }: Cloud): Pick<EnvironmentDocument["cloud"], "staysInRegion"> {
  if (keepsElsewhere(elsewhere)) return {};
  return { staysInRegion: elsewhere?.none ?? `${title} keeps no copies in a second region` };
}

/** What nothing brings back as it is deployed, with the reason. What nobody knows of is not among it. */
export function losses(cloud: Cloud, application: ResolvedApplication): Pick<ApplicationDocument, "unrecoverable"> {
  const all = promisable(application).flatMap((name): (readonly [string, string])[] => {
    const by = recoverableOf(cloud, application, name);
    return typeof by === "string" || by.rpoSeconds !== undefined ? [] : [[name, by.by]];
  });
  return all.length === 0 ? {} : { unrecoverable: Object.fromEntries(all) };
}

/** Placements in which a service can have a standby here: its kind has the word there, and this cloud too. */
export function standbyPlacements(
  cloud: Cloud,
  { service }: ResolvedService,
): ApplicationDocument["services"][string]["standbyIn"] {
  const places = cloud.placements?.(service) ?? [];
  return (["managed", "in-cluster"] as const).filter(
    (place) =>
      places.includes(place) &&
      service.sizes[place].includes("highAvailability") &&
      (place === "managed" ? cloud.lacks?.(service).highAvailability === undefined : service.aloneInCluster !== true),
  );
}
