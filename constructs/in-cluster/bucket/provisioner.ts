import type { Bucket } from "../../services/bucket";
import { RCLONE } from "../../services/bucket/backups";
import { lackingSettings } from "../../services/bucket/lacking";
import { S3_SERVER } from "../../services/bucket/versions";
import { CURL } from "../../services/curl";
import { onOneDisk, wholeCopies } from "../../services/recovery";
import { inClusterRequest, serverProvisioner } from "../provisioner";
import { S3_REGION } from "./names";
import { s3Server } from "./server";

/** Versity's S3 gateway in one pod, over a disk. Its one user is named after the service. */
export const bucketInCluster = serverProvisioner<Bucket>({
  product: "Versity S3 Gateway in a StatefulSet",
  versions: [S3_SERVER, CURL, RCLONE],
  runs: () => S3_SERVER,
  recoverable: ({ sizing: { backups } }) =>
    backups === undefined
      ? onOneDisk("objects and their old versions are on one disk", "say backups: {} of it")
      : wholeCopies(backups, "https://rclone.org/docs/", "objects"),
  oldPassword: "dropped",
  notes: ["clients use path style: buckets have no names of their own in DNS"],
  problems: ({ service }, path) => lackingSettings("in-cluster", service, path),
  backups: ({ spec }, { backups }) =>
    [
      `old versions of objects, ${spec.keepVersionsDays} days, on the same disk`,
      ...(backups === undefined
        ? []
        : [`copies by ${JSON.stringify(backups.schedule)}, kept for ${backups.keepDays} days`]),
    ].join("; "),
  server: (request) =>
    s3Server({
      ...inClusterRequest(request),
      bucket: request.name,
      region: S3_REGION,
      accessKeyId: { value: request.name },
      secretAccessKey: request.password(request.name),
      backend: { posix: request.service.spec },
    }),
});
