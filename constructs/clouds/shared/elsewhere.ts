import { IN_CLUSTER } from "../../in-cluster/provisioners";
import { type CopyElsewhere, isCopied, type NoCopyElsewhere } from "../../model/elsewhere";
import { volumeHolding } from "../../model/holdings";
import type { ResolvedApplication, ResolvedService, ResolvedVolume } from "../../model/resolved";
import type { Place } from "../../services/provisioner";
import type { ProvisionerTable } from "../../services/provisioner-table";

/** What becomes of volumes of the cluster in a second region. */
export type VolumesElsewhere = (access: ResolvedVolume["access"], region: string) => CopyElsewhere | NoCopyElsewhere;

const NOTHING_KNOWN: NoCopyElsewhere = { none: "nobody has said how it could be copied to another region" };

const requestOf = ({ name, service, sizing }: ResolvedService) => ({ name, service, sizing });

/**
 * What becomes of everything that an application holds once its region is lost: managed services by their provisioners, what runs in
 * the cluster by the volume that its copies are on.
 */
export const elsewhereOf =
  <P extends Place>(managed: ProvisionerTable<P>, volumes: VolumesElsewhere) =>
  (application: ResolvedApplication, holding: string): CopyElsewhere | NoCopyElsewhere => {
    const region = application.backups?.region ?? "";
    const service = application.services.find(({ name }) => name === holding);
    if (service === undefined) return volumeElsewhere(application, holding, volumes, region);
    switch (service.sizing.placement) {
      case "managed":
        return managed.find(service.service)?.elsewhere?.(requestOf(service), region) ?? NOTHING_KNOWN;
      case "in-cluster":
        return copiesElsewhere(service, volumes, region);
      case "external":
        return NOTHING_KNOWN;
    }
  };

function volumeElsewhere(
  { workloads }: ResolvedApplication,
  holding: string,
  volumes: VolumesElsewhere,
  region: string,
): CopyElsewhere | NoCopyElsewhere {
  const volume = workloads
    .flatMap((workload) => workload.volumes.map((one) => ({ ...one, holding: volumeHolding(workload.name, one.name) })))
    .find((one) => one.holding === holding);
  return volume === undefined ? NOTHING_KNOWN : volumes(volume.access, region);
}

/** A server's disk is on its node's zone; its copies are on a shared volume, which goes where shared volumes go. */
function copiesElsewhere(
  service: ResolvedService,
  volumes: VolumesElsewhere,
  region: string,
): CopyElsewhere | NoCopyElsewhere {
  const back = IN_CLUSTER.find(service.service)?.recoverable?.(requestOf(service));
  if (back === undefined) return NOTHING_KNOWN;
  if (back.rpoSeconds === undefined) return { none: back.by };
  if (service.sizing.backups === undefined) return { none: "it is copied to no shared volume" };
  const volume = volumes("ReadWriteMany", region);
  if (!isCopied(volume)) return { none: `its copies are on a shared volume, and ${volume.none}` };
  return {
    ...volume,
    by: `${back.by}, on a shared volume: ${volume.by}`,
    lost: `what came after the last copy, and ${volume.lost}`,
  };
}
