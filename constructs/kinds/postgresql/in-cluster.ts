import { connectionProblems, inClusterRequest, serverProvisioner } from "../../in-cluster";
import { formatSpan, lostAtMost, onOneDisk, releaseProblems, wholeCopies } from "../../services";
import { ADMINISTRATOR, POSTGRESQL_CONNECTIONS, postgresqlServer } from "./server";
import { LINE_PARTS, type Postgresql } from "./spec";
import { POSTGRES_EXPORTER, POSTGRESQL_VERSIONS } from "./versions";

/** PostgreSQL in one pod. Each generation of passwords has users of its own. */
export const postgresqlInCluster = serverProvisioner<Postgresql>({
  product: "PostgreSQL in a StatefulSet",
  versions: [...Object.values(POSTGRESQL_VERSIONS), POSTGRES_EXPORTER],
  runs: ({ spec }) => POSTGRESQL_VERSIONS[spec.version],
  connections: ({ size }) => POSTGRESQL_CONNECTIONS[size],
  recoverable: ({ sizing: { backups } }) =>
    backups === undefined
      ? onOneDisk("the data are on one disk", "say backups: {} of it")
      : wholeCopies(backups, "https://www.postgresql.org/docs/current/backup-dump.html", "dump"),
  backups: (_, { backups }) =>
    backups === undefined
      ? undefined
      : `dumps of ${backups.keepDays} days, up to ${formatSpan(lostAtMost(backups, "dump"))} ago`,
  oldPassword: "kept",
  notes: [
    "nothing follows it, and there is no log between two copies",
    "the administrator's password stays the first one",
    "another major version does not start on its files: dump and restore",
  ],
  problems: (request, path) => [
    ...connectionProblems(request.application, request, POSTGRESQL_CONNECTIONS, path),
    ...releaseProblems(request.sizing, path, "the image of a version has the release that goldenpath pins", LINE_PARTS),
  ],
  server: (request) =>
    postgresqlServer({
      ...inClusterRequest(request),
      spec: request.service.spec,
      password: request.password(ADMINISTRATOR),
    }),
});
