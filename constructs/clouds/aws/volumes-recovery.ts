import { COPY_THE_CLUSTER, DAY_SECONDS, unrecoverable } from "../../services/recovery";
import type { VolumesRecovery } from "../shared/services";

/** AWS Backup begins its daily copy within eight hours, and may take a week at most; a day and these hours is what it plans for. */
const START_WINDOW_SECONDS = 8 * 3600;

const EFS_BACKUPS = "https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html";

/** Shared volumes are EFS, which AWS Backup copies where the environment protects what it holds; disks nothing copies. */
export const volumesRecovery: VolumesRecovery = ({ protect }, access) =>
  access === "ReadWriteMany" && protect
    ? {
        by: "the daily copy of EFS by AWS Backup, begun within eight hours,",
        rpoSeconds: DAY_SECONDS + START_WINDOW_SECONDS,
        rtoSeconds: undefined,
        source: EFS_BACKUPS,
        read: undefined,
      }
    : unrecoverable(
        access === "ReadWriteMany" ? "EFS is copied in protected environments alone" : "nothing copies a disk of EBS",
        EFS_BACKUPS,
        undefined,
        access === "ReadWriteMany" ? "use protect: true" : COPY_THE_CLUSTER,
      );
