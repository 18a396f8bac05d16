import { connectionProblems } from "../../kubernetes/connection-problems";
import type { Mysql } from "../../services/mysql";
import { CONFIGURED_BY_FILE, mysqlParameters } from "../../services/mysql/parameters";
import { MYSQL_VERSIONS } from "../../services/mysql/versions";
import { onOneDisk } from "../../services/recovery";
import { releaseProblems } from "../../services/version-rules";
import { inClusterRequest, serverProvisioner } from "../provisioner";
import { ADMINISTRATOR, MYSQL_CONNECTIONS, mysqlServer } from "./server";

/** MySQL in one pod. The Job that makes its users keeps the old password of each beside the new one. */
export const mysqlInCluster = serverProvisioner<Mysql>({
  product: "MySQL in a StatefulSet",
  versions: Object.values(MYSQL_VERSIONS),
  runs: ({ spec }) => MYSQL_VERSIONS[spec.version],
  connections: ({ size }) => MYSQL_CONNECTIONS[size],
  recoverable: () => onOneDisk("the data are on one disk"),
  oldPassword: "kept",
  notes: ["no binary log: nothing can follow it", "the administrator's password stays the first one"],
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
