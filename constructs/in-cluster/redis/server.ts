import type { CloudFacts } from "../../kubernetes/facts";
import type { KubernetesObject } from "../../kubernetes/objects";
import { piece } from "../../kubernetes/secret";
import type { Connection, PartSource } from "../../model/connection";
import { bytes } from "../../model/quantity";
import { mirrored } from "../../model/registries";
import { sha256 } from "../../model/sha256";
import type { ResolvedPiece } from "../../model/variables";
import { REDIS_BACKUP_ACCESS, REDIS_BACKUP_SCRIPT, REDIS_BACKUP_USER } from "../../services/redis/backups";
import { REDIS_EXPORTER_ACCESS, REDIS_EXPORTER_USER } from "../../services/redis/exporter";
import { VALKEY } from "../../services/redis/versions";
import { backupObjects, backupPeers } from "../backups";
import { authorityBundle } from "../certificates";
import type { InClusterForm, InClusterRequest } from "../form";
import { clientPeers, serverHost, serverMetadata, serverNames, serverPods } from "../names";
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

export interface RedisRequest extends InClusterRequest {
  readonly eviction: "volatile-lru" | "allkeys-lru" | "noeviction";
  /** Password of the only user. Another one replaces the server's pod first, and then those of its clients. */
  readonly password: PartSource;
  /** Password of the user that measures. @default - there is none */
  readonly measuring?: PartSource | undefined;
  /** Password of the user that copies. @default - there is none, and nothing is copied */
  readonly copying?: PartSource | undefined;
}

/** What clients get which name no user, so that old ones which send a password alone sign in too. */
export const USERNAME = "default";

/** All keys, channels and commands but those that administer the server. */
const ACCESS = "~* &* +@all -@admin";

/** User and group of the image. */
const USER = 999;
const PORT = 6379;
const CONFIG = "valkey.conf";
const CONFIG_PATH = "/etc/valkey";
const ACL = "users.acl";

/** Key of the Secret with the password of the user that copies. */
const COPYING = "copying";

/** One thread serves all clients; others write to the network and the disk. */
const SIZES: ServerSizes = {
  small: ["100m", "1", "1Gi"],
  medium: ["500m", "2", "4Gi"],
  large: ["1000m", "2", "8Gi"],
  xlarge: ["1000m", "4", "16Gi"],
};

/** Part of the memory for keys: while the log is written anew, what clients change meanwhile is there twice. */
const KEYS = 0.6;

/** Valkey in one pod: one disk, no replica, and copies where the environment says so. */
export function redisServer(request: RedisRequest): InClusterForm {
  const { application, password } = request;
  const connection: Connection = {
    parts: {
      host: { value: serverHost(request) },
      port: { value: String(PORT) },
      username: { value: USERNAME },
      password,
    },
    tls: true,
    caBundle: authorityBundle(application),
    endpoints: [{ pods: serverPods(request), port: PORT }],
  };
  const { measuring } = request;
  return {
    connection,
    objects: (facts) => [...objects(request, facts), ...copies(request, facts, connection)],
    ...(measuring !== undefined && {
      measuring: {
        ...connection,
        parts: { ...connection.parts, username: { value: REDIS_EXPORTER_USER }, password: measuring },
      },
    }),
  };
}

/** Copies as a user who can read everything as a replica does, and change nothing. A restore writes the server's disk. */
function copies(request: RedisRequest, facts: CloudFacts, connection: Connection): KubernetesObject[] {
  if (request.copying === undefined) return [];
  return backupObjects(request, facts, connection, {
    image: VALKEY.image,
    script: REDIS_BACKUP_SCRIPT,
    // Whoever restores says whether it does, where the network does not.
    variables: { STOPPED: "" },
    username: REDIS_BACKUP_USER,
    password: { secretName: serverNames(request).login, key: COPYING },
  });
}

/** Signed in as a client, for the server answers nobody else. The password comes from its file, not as an argument. */
const PING =
  `REDISCLI_AUTH="$(cat ${SECRET_PATH}/password)" valkey-cli -h localhost -p ${PORT} --tls ` +
  `--cacert ${TLS_PATH}/ca.crt -t 4 ping | grep -q '^PONG'`;

const probe = (periodSeconds: number) => ({
  exec: { command: ["sh", "-c", PING] },
  initialDelaySeconds: 2,
  periodSeconds,
  timeoutSeconds: 5,
  failureThreshold: 3,
});

function objects(request: RedisRequest, facts: CloudFacts): KubernetesObject[] {
  const metadata = serverMetadata(request);
  const text = configuration(request);
  const password = piece("password", request.password);
  const copying = request.copying === undefined ? undefined : piece("copying", request.copying);
  const server = {
    user: USER,
    graceSeconds: 60,
    readsPasswords: true,
    checksum: sha256(text),
    volumes: [{ name: "config", configMap: { name: metadata.name } }],
    containers: [
      {
        name: "valkey",
        image: mirrored(request.application.registries, VALKEY.image),
        command: ["valkey-server", `${CONFIG_PATH}/${CONFIG}`],
        ports: [{ name: "server", containerPort: PORT, protocol: "TCP" as const }],
        resources: serverResources(...SIZES[request.sizing.size]),
        // The log is read before anything is answered.
        startupProbe: { ...probe(5), failureThreshold: 120 },
        livenessProbe: { ...probe(10), failureThreshold: 6 },
        readinessProbe: probe(5),
        volumeMounts: [
          ...SERVER_MOUNTS,
          { name: DATA_VOLUME, mountPath: "/data", subPath: "valkey" },
          { name: "config", mountPath: CONFIG_PATH, readOnly: true },
        ],
      },
    ],
  };
  return serverObjects(request, {
    config: { [CONFIG]: text },
    policies: [serverPolicy(request, [...clientPeers(request), ...backupPeers(request)], PORT)],
    login: [
      ["password", [password]],
      [
        ACL,
        [
          ...aclOf(USERNAME, password, ACCESS),
          ...(request.measuring === undefined
            ? []
            : aclOf(REDIS_EXPORTER_USER, piece("measuring", request.measuring), REDIS_EXPORTER_ACCESS)),
          ...(copying === undefined ? [] : aclOf(REDIS_BACKUP_USER, copying, REDIS_BACKUP_ACCESS)),
        ],
      ],
      ...(copying === undefined ? [] : [[COPYING, [copying]] as const]),
    ],
    port: PORT,
    pods: singleServer(request, server, facts),
  });
}

/** A line of the file with users. */
function aclOf(user: string, password: ResolvedPiece, access: string): ResolvedPiece[] {
  return [{ text: `user ${user} reset on >` }, password, { text: ` ${access}\n` }];
}

/**
 * Every change goes into a log on the disk, whatever is evicted: a cache that comes back empty sends all of its load to
 * the database at once. At most a second of it is lost.
 */
function configuration({ eviction, sizing }: RedisRequest): string {
  const settings = {
    port: "0",
    "tls-port": String(PORT),
    "tls-cert-file": `${TLS_PATH}/tls.crt`,
    "tls-key-file": `${TLS_PATH}/tls.key`,
    "tls-ca-cert-file": `${TLS_PATH}/ca.crt`,
    "tls-auth-clients": "no",
    "tls-protocols": '"TLSv1.2 TLSv1.3"',
    aclfile: `${SECRET_PATH}/${ACL}`,
    dir: "/data",
    maxmemory: String(Math.floor(bytes(SIZES[sizing.size][2]) * KEYS)),
    "maxmemory-policy": eviction,
    appendonly: "yes",
    appendfsync: "everysec",
    save: '""',
    ...sizing.parameters,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  return [...lines, ""].join("\n");
}
