import type { CloudFacts } from "../../kubernetes/facts";
import type { KubernetesObject } from "../../kubernetes/objects";
import { piece } from "../../kubernetes/secret";
import type { Connection, PartSource } from "../../model/connection";
import { type Bytes, bytes } from "../../model/quantity";
import { mirrored } from "../../model/registries";
import type { Size } from "../../model/service";
import { sha256 } from "../../model/sha256";
import { MYSQL_BACKUP_SCRIPT, MYSQL_CLIENTS } from "../../services/mysql/backups";
import { MYSQL_VERSIONS } from "../../services/mysql/versions";
import { backupObjects, backupPeers, type BackupProgram } from "../backups";
import { authorityBundle } from "../certificates";
import type { InClusterFormWithUsers, InClusterRequest } from "../form";
import { clientPeers, serverHost, serverMetadata, serverNames, serverPods, usersPeer } from "../names";
import {
  DATA_VOLUME,
  SECRET_PATH,
  SERVER_MOUNTS,
  serverPolicy,
  serverResources,
  type ServerSizes,
  singleServer,
  TLS_PATH,
} from "../server";
import { serverObjects } from "../server-objects";

export interface MysqlRequest extends InClusterRequest {
  readonly database: string;
  readonly version: keyof typeof MYSQL_VERSIONS;
  /** What every MySQL is told, by names as its file has them. */
  readonly settings: Readonly<Record<string, string>>;
  /** Password of the user `ADMINISTRATOR`. Taken once, when the server makes its first files: another one later is not its own. */
  readonly password: PartSource;
}

/** The image makes this user for every host, and it alone may make others. */
export const ADMINISTRATOR = "root";

/** User and group of the image. */
const USER = 999;
const PORT = 3306;
const CONFIG = "server.cnf";
const CONFIG_PATH = "/etc/mysql/conf.d";

const SIZES: ServerSizes = {
  small: ["250m", "2", "1Gi"],
  medium: ["1000m", "4", "4Gi"],
  large: ["2000m", "4", "8Gi"],
  xlarge: ["4000m", "8", "16Gi"],
};

/** RDS: one for each 12 MiB of memory. MySQL's own number at least. */
const connections = (memory: Bytes): number => Math.max(151, Math.floor(bytes(memory) / 12_582_880));

/** Connections that it takes at one time. */
export const MYSQL_CONNECTIONS: Readonly<Record<Size, number>> = {
  small: connections(SIZES.small[2]),
  medium: connections(SIZES.medium[2]),
  large: connections(SIZES.large[2]),
  xlarge: connections(SIZES.xlarge[2]),
};

/** Signs in as the administrator: only who may read everything can copy everything, and only who may write everything can restore. */
const program = (request: MysqlRequest): BackupProgram => ({
  image: MYSQL_CLIENTS.image,
  script: MYSQL_BACKUP_SCRIPT,
  variables: { DATABASE: request.database },
  username: ADMINISTRATOR,
  password: { secretName: serverNames(request).login, key: "password" },
});

/** MySQL in one pod: one disk, no standby, and copies where the environment says so. What clients see of it is what the clouds' own do. */
export function mysqlServer(request: MysqlRequest): InClusterFormWithUsers {
  const { application, database, password } = request;
  const connection: Connection = {
    parts: {
      host: { value: serverHost(request) },
      port: { value: String(PORT) },
      database: { value: database },
    },
    tls: true,
    caBundle: authorityBundle(application),
    endpoints: [{ pods: serverPods(request), port: PORT }],
  };
  return {
    connection,
    administrator: { ...connection, parts: { ...connection.parts, username: { value: ADMINISTRATOR }, password } },
    objects: (facts) => [...objects(request, facts), ...backupObjects(request, facts, connection, program(request))],
  };
}

/** Probe over the network, where the server that only makes the first files does not answer. It answers without a password. */
const probe = (periodSeconds: number) => ({
  exec: {
    command: ["mysqladmin", "--no-defaults", "--protocol=tcp", "--host=127.0.0.1", "--connect-timeout=4", "ping"],
  },
  initialDelaySeconds: 5,
  periodSeconds,
  timeoutSeconds: 5,
  failureThreshold: 3,
});

function objects(request: MysqlRequest, facts: CloudFacts): KubernetesObject[] {
  const { database, version, password } = request;
  const metadata = serverMetadata(request);
  const text = configuration(request);
  const server = {
    user: USER,
    // It may have to write down all of its memory.
    graceSeconds: 300,
    // Its own files have them from the first start on.
    readsPasswords: false,
    checksum: sha256(text),
    volumes: [
      { name: "config", configMap: { name: metadata.name } },
      { name: "run", emptyDir: { sizeLimit: "16Mi" } },
    ],
    containers: [
      {
        name: "mysql",
        image: mirrored(request.application.registries, MYSQL_VERSIONS[version].image),
        env: [
          { name: "MYSQL_ROOT_PASSWORD_FILE", value: `${SECRET_PATH}/password` },
          { name: "MYSQL_DATABASE", value: database },
        ],
        ports: [{ name: "server", containerPort: PORT, protocol: "TCP" as const }],
        resources: serverResources(...SIZES[request.sizing.size]),
        // The first start makes its files, and one after a crash makes good what was not written.
        startupProbe: { ...probe(10), failureThreshold: 90 },
        livenessProbe: { ...probe(10), failureThreshold: 6 },
        readinessProbe: probe(5),
        volumeMounts: [
          ...SERVER_MOUNTS,
          // A folder of the disk: its root has another of the file system's own, and the server wants an empty one.
          { name: DATA_VOLUME, mountPath: "/var/lib/mysql", subPath: "mysql" },
          { name: "config", mountPath: CONFIG_PATH, readOnly: true },
          { name: "run", mountPath: "/var/run/mysqld" },
        ],
      },
    ],
  };
  return serverObjects(request, {
    config: { [CONFIG]: text },
    policies: [serverPolicy(request, [...clientPeers(request), usersPeer(request), ...backupPeers(request)], PORT)],
    login: [["password", [piece("password", password)]]],
    port: PORT,
    pods: singleServer(request, server, facts),
  });
}

/** The binary log where something copies it. It stays two days, for copies that were late. */
const LOGGED = ["log_bin = binlog", "server_id = 1", "binlog_expire_logs_seconds = 172800", "sync_binlog = 1"];

/** None where nobody reads it: it would fill the disk. */
const UNLOGGED = ["disable_log_bin"];

/** What every server is told, and what this one alone needs. */
function configuration(request: MysqlRequest): string {
  const memory = bytes(SIZES[request.sizing.size][2]);
  const settings = {
    ...request.settings,
    ssl_ca: `${TLS_PATH}/ca.crt`,
    ssl_cert: `${TLS_PATH}/tls.crt`,
    ssl_key: `${TLS_PATH}/tls.key`,
    // Logs are what the container says.
    slow_query_log_file: "/dev/stderr",
    skip_name_resolve: "ON",
    innodb_buffer_pool_size: String(Math.floor(memory / 2)),
    max_connections: String(MYSQL_CONNECTIONS[request.sizing.size]),
    ...request.sizing.parameters,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return ["[mysqld]", ...(request.sizing.backups === undefined ? UNLOGGED : LOGGED), ...lines, ""].join("\n");
}
