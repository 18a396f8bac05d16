import { COPY_THE_CLUSTER, DAY_SECONDS, unrecoverable } from "../../services/recovery";
import type { VolumesRecovery } from "../shared/services";
import { BACKUP_DEADLINE_SECONDS } from "./file-backup-script";

const FILESTORE_BACKUPS = "https://cloud.google.com/filestore/docs/backups";

/** Shared volumes are Filestore, which a CronJob of this program copies where the environment protects what it holds; disks nothing copies. */
export const volumesRecovery: VolumesRecovery = ({ protect }, access) =>
  access === "ReadWriteMany" && protect
    ? {
        by: "the nightly copy of Filestore, which may take six hours,",
        rpoSeconds: DAY_SECONDS + BACKUP_DEADLINE_SECONDS,
        rtoSeconds: undefined,
        source: FILESTORE_BACKUPS,
        read: undefined,
      }
    : unrecoverable(
        access === "ReadWriteMany"
          ? "Filestore is copied in protected environments alone"
          : "nothing copies a Persistent Disk",
        FILESTORE_BACKUPS,
        undefined,
        access === "ReadWriteMany" ? "use protect: true" : COPY_THE_CLUSTER,
      );
