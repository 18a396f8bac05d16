import {
  authorityBundle,
  backupObjects,
  backupPeers,
  type BackupProgram,
  clientPeers,
  type CloudFacts,
  type ConnectionLimits,
  DATA_VOLUME,
  type InClusterFormWithUsers,
  type InClusterRequest,
  type KubernetesObject,
  piece,
  SECRET_PATH,
  SERVER_MOUNTS,
  serverHost,
  serverMetadata,
  serverNames,
  serverObjects,
  serverPods,
  serverPolicy,
  serverResources,
  type ServerSizes,
  singleServer,
  TLS_PATH,
  usersPeer,
} from "../../in-cluster";
import { type Bytes, bytes, type Connection, mirrored, type PartSource, sha256 } from "../../services";
import { POSTGRESQL_BACKUP_SCRIPT } from "./backups";
import { postgresqlParameters } from "./parameters";
import type { Postgresql } from "./spec";
import { POSTGRESQL_CLIENT, POSTGRESQL_VERSIONS } from "./versions";

export interface PostgresqlRequest extends InClusterRequest {
  readonly spec: Postgresql["spec"];
  /** Password of the user `ADMINISTRATOR`. Taken once, when the server makes its first files: another one later is not its own. */
  readonly password: PartSource;
}

/** The superuser that the image makes. */
export const ADMINISTRATOR = "postgres";

/** User and group of the image. */
const USER = 999;
const PORT = 5432;
const CONFIG = "server.conf";
const ACCESS = "access.conf";
const CONFIG_PATH = "/etc/goldenpath/postgresql";

/**
 * The disk. Not where an image has its volume, which is another place in each version: a runtime mounts an empty one there that goes
 * with the container. The server makes its folder itself, as it has to own it, and refuses one of another major version.
 */
const DISK_PATH = "/data";
const FILES = `${DISK_PATH}/postgresql`;

const SIZES: ServerSizes = {
  small: ["250m", "2", "1Gi"],
  medium: ["1000m", "4", "4Gi"],
  large: ["2000m", "4", "8Gi"],
  xlarge: ["4000m", "8", "16Gi"],
};

/** A part of a size, in MiB. */
const mebibytes = (size: Bytes, part: number): Bytes => `${Math.floor(bytes(size) / part / 1_048_576)}Mi`;

/** RDS: one for each 9 MiB of memory. PostgreSQL's own number at least. */
const connections = (memory: Bytes): number => Math.max(100, Math.floor(bytes(memory) / 9_531_392));

/** Connections that it takes at one time. */
export const POSTGRESQL_CONNECTIONS: ConnectionLimits = {
  small: connections(SIZES.small[2]),
  medium: connections(SIZES.medium[2]),
  large: connections(SIZES.large[2]),
  xlarge: connections(SIZES.xlarge[2]),
};

/** Signs in as the administrator: only who may read everything can copy everything, and only who may write everything can restore. */
const program = (request: PostgresqlRequest): BackupProgram => ({
  image: POSTGRESQL_CLIENT.image,
  script: POSTGRESQL_BACKUP_SCRIPT,
  variables: { DATABASE: request.spec.database },
  username: ADMINISTRATOR,
  password: { secretName: serverNames(request).login, key: "password" },
  // Somewhat more than the program gives itself.
  deadlineSeconds: 6.5 * 3600,
});

/** PostgreSQL in one pod: one disk, no standby, and copies where the environment says so. */
export function postgresqlServer(request: PostgresqlRequest): InClusterFormWithUsers {
  const { application, password, spec } = request;
  const connection: Connection = {
    parts: {
      host: { value: serverHost(request) },
      port: { value: String(PORT) },
      database: { value: spec.database },
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
  exec: { command: ["pg_isready", "--quiet", "--host=127.0.0.1", `--port=${PORT}`, "--timeout=4"] },
  initialDelaySeconds: 5,
  periodSeconds,
  timeoutSeconds: 5,
  failureThreshold: 3,
});

function objects(request: PostgresqlRequest, facts: CloudFacts): KubernetesObject[] {
  const { spec, password } = request;
  const metadata = serverMetadata(request);
  const files = { [CONFIG]: configuration(request), [ACCESS]: accessRules() };
  const memory = SIZES[request.sizing.size][2];
  const server = {
    user: USER,
    // It writes down all that it has in memory.
    graceSeconds: 300,
    // Its own files have them from the first start on.
    readsPasswords: false,
    checksum: sha256(JSON.stringify(files)),
    volumes: [
      { name: "config", configMap: { name: metadata.name } },
      { name: "run", emptyDir: { sizeLimit: "16Mi" } },
      // Where processes that answer one statement together meet. A runtime gives 64 MiB, which a large join needs more than.
      { name: "shared", emptyDir: { medium: "Memory" as const, sizeLimit: mebibytes(memory, 8) } },
    ],
    containers: [
      {
        name: "postgresql",
        image: mirrored(request.application.registries, POSTGRESQL_VERSIONS[spec.version].image),
        args: ["postgres", "-c", `config_file=${CONFIG_PATH}/${CONFIG}`],
        env: [
          { name: "POSTGRES_PASSWORD_FILE", value: `${SECRET_PATH}/password` },
          { name: "POSTGRES_USER", value: ADMINISTRATOR },
          { name: "POSTGRES_DB", value: spec.database },
          { name: "POSTGRES_INITDB_ARGS", value: "--auth=scram-sha-256 --data-checksums" },
          { name: "PGDATA", value: FILES },
        ],
        ports: [{ name: "server", containerPort: PORT, protocol: "TCP" as const }],
        resources: serverResources(...SIZES[request.sizing.size]),
        // The first start makes its files, and one after a crash makes good what was not written.
        startupProbe: { ...probe(10), failureThreshold: 90 },
        livenessProbe: { ...probe(10), failureThreshold: 6 },
        readinessProbe: probe(5),
        volumeMounts: [
          ...SERVER_MOUNTS,
          { name: DATA_VOLUME, mountPath: DISK_PATH },
          { name: "config", mountPath: CONFIG_PATH, readOnly: true },
          { name: "run", mountPath: "/var/run/postgresql" },
          { name: "shared", mountPath: "/dev/shm" },
        ],
      },
    ],
  };
  return serverObjects(request, {
    config: files,
    policies: [serverPolicy(request, [...clientPeers(request), usersPeer(request), ...backupPeers(request)], PORT)],
    login: [["password", [piece("password", password)]]],
    port: PORT,
    pods: singleServer(request, server, facts),
  });
}

/** Who may come: over the network nobody without TLS. On its socket is the program of the image that makes the first files. */
function accessRules(): string {
  return "local all all scram-sha-256\nhostssl all all all scram-sha-256\n";
}

/** What every server is told, and what this one alone needs. */
function configuration(request: PostgresqlRequest): string {
  const { parameters, size } = request.sizing;
  const memory = SIZES[size][2];
  const settings = {
    ...postgresqlParameters(),
    listen_addresses: "*",
    hba_file: `${CONFIG_PATH}/${ACCESS}`,
    ssl: "on",
    ssl_cert_file: `${TLS_PATH}/tls.crt`,
    ssl_key_file: `${TLS_PATH}/tls.key`,
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] %u@%d ",
    max_connections: String(POSTGRESQL_CONNECTIONS[size]),
    shared_buffers: `${Math.floor(bytes(memory) / 4 / 1_048_576)}MB`,
    effective_cache_size: `${Math.floor((bytes(memory) / 4 / 1_048_576) * 3)}MB`,
    ...parameters,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join("");
}
