import { COPY_THE_CLUSTER, unrecoverable } from "../../services/recovery";
import type { VolumesRecovery } from "../shared/services";

const NFS_SHARES = "https://learn.microsoft.com/en-us/azure/backup/azure-file-share-support-matrix";

/** A deleted share is kept for thirty days, which brings back no file of it; disks nothing copies. */
export const volumesRecovery: VolumesRecovery = (_, access) =>
  unrecoverable(
    access === "ReadWriteMany" ? "Azure Backup takes no NFS share" : "nothing copies a managed disk",
    NFS_SHARES,
    undefined,
    access === "ReadWriteMany" ? "keep what must come back in a bucket" : COPY_THE_CLUSTER,
  );
