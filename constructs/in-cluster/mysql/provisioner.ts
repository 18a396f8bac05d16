import { connectionProblems } from "../../kubernetes/connection-problems";
import { lostAtMost, SHORTEST_LOG_MINUTES } from "../../model/backups";
import { formatSpan } from "../../model/recovery";
import type { Mysql } from "../../services/mysql";
import { MYSQL_CLIENTS } from "../../services/mysql/backups";
import { CONFIGURED_BY_FILE, mysqlParameters } from "../../services/mysql/parameters";
import { MYSQL_VERSIONS } from "../../services/mysql/versions";
import { onOneDisk } from "../../services/recovery";
import { releaseProblems } from "../../services/version-rules";
import { inClusterRequest, serverProvisioner } from "../provisioner";
import { ADMINISTRATOR, MYSQL_CONNECTIONS, mysqlServer } from "./server";

/** MySQL in one pod. The Job that makes its users keeps the old password of each beside the new one. */
export const mysqlInCluster = serverProvisioner<Mysql>({
  product: "MySQL in a StatefulSet",
  versions: [...Object.values(MYSQL_VERSIONS), MYSQL_CLIENTS],
  runs: ({ spec }) => MYSQL_VERSIONS[spec.version],
  connections: ({ size }) => MYSQL_CONNECTIONS[size],
  recoverable: ({ sizing: { backups } }) =>
    backups === undefined
      ? onOneDisk("the data are on one disk", "say backups: {} of it")
      : {
          by: `copies by ${JSON.stringify(backups.schedule)} and of its log every ${backups.logMinutes === 1 ? "minute" : `${backups.logMinutes} minutes`}`,
          rpoSeconds: lostAtMost(backups),
          rtoSeconds: undefined,
          ...((backups.logMinutes ?? 0) > SHORTEST_LOG_MINUTES && {
            better: "say a smaller logMinutes of its backups",
          }),
          source: "https://dev.mysql.com/doc/refman/8.4/en/point-in-time-recovery-binlog.html",
          read: undefined,
        },
  backups: (_, { backups }) =>
    backups === undefined
      ? undefined
      : `any second of ${backups.keepDays} days, up to ${formatSpan(lostAtMost(backups))} ago`,
  oldPassword: "kept",
  notes: [
    "no binary log unless it is backed up: nothing can follow it",
    "the administrator's password stays the first one",
  ],
  problems: (request, path) => [
    ...connectionProblems(request.application, request, MYSQL_CONNECTIONS, path),
    ...releaseProblems(request.sizing, path, "the image of a version has the release that goldenpath pins"),
  ],
  server: (request) =>
    mysqlServer({
      ...inClusterRequest(request),
      ...request.service.spec,
      password: request.password(ADMINISTRATOR),
      settings: mysqlParameters(CONFIGURED_BY_FILE),
    }),
});
