import { RedisInstance } from "@cdktf/provider-google/lib/redis-instance";
import type { Construct } from "constructs";
import type { Connection } from "../../../model/connection";
import type { Path, Problem } from "../../../model/problem";
import type { ResolvedSizing, Size } from "../../../model/service";
import type { PinnedVersion } from "../../../services/pinned-version";
import { CACHE_FIX, unrecoverable } from "../../../services/recovery";
import type { Redis } from "../../../services/redis";
import type { ServiceTraits } from "../../../services/traits";
import { code, expression } from "../../../terraform/expression";
import { inState, type SecretInState } from "../../shared/secrets-in-state";
import { createAlarms } from "../alarms/alarm";
import { redisAlarms } from "../alarms/redis";
import { keepSecret } from "../secret-store";
import { SERVICE_NAMES } from "./names";
import {
  type GoogleDescribeRequest,
  type GoogleProvisioner,
  type GoogleRequest,
  MAINTENANCE_HOUR,
  type ProvidedService,
  serviceName,
} from "./provisioner";
import { userSecretPlace } from "./users";

type Request = GoogleRequest<Redis>;

/** GiB of an instance. A fifth of it is kept back for snapshots and failover: 1.6, 4.8, 10.4 and 20.8 are for data. */
const MEMORY: Readonly<Record<Size, number>> = { small: 2, medium: 6, large: 13, xlarge: 26 };

/** GiB of them for data. */
const forData = (size: Size): number => Math.round(MEMORY[size] * 0.8 * 10) / 10;

/**
 * The newest that Memorystore for Redis has, which a new instance begins with. One that exists keeps what it has: to the
 * provider a version lower than the one there is, however it came there, is a request for another, empty instance.
 */
const VERSION = "7.2";

const MEMORYSTORE: PinnedVersion = {
  product: "Memorystore for Redis",
  version: VERSION,
  endOfSupport: undefined,
  source: "https://cloud.google.com/memorystore/docs/redis/supported-versions",
  read: "2026-11-28",
  arguments: ["google_redis_instance.redis_version"],
};

const SECRETS_IN_STATE: readonly SecretInState[] = [
  {
    resource: "google_redis_instance",
    attribute: "auth_string",
    reason: "Memorystore makes the password, takes none from anybody, and the provider reads it back with the instance",
  },
];

/** Memorystore speaks TLS on this port, and answers on no other then. */
const PORT = 6378;

const SNAPSHOTS = { period: "TWELVE_HOURS", hours: 12 } as const;

/** The user that Redis has by itself, whose password the AUTH string is. There is no other: Memorystore knows no ACL. */
const USERNAME = "default";

/**
 * Memorystore for Redis. Not Memorystore for Valkey, which lets in nobody but who sends a token of IAM as the password: it
 * is valid for an hour, and a plain client has its URL for longer.
 */
export const redisOnGoogle: GoogleProvisioner<Redis> = {
  versions: [MEMORYSTORE],
  recoverable: () =>
    unrecoverable(
      "Memorystore keeps one snapshot, to restart from, which what was deleted is soon not in",
      "https://cloud.google.com/memorystore/docs/redis/about-rdb-snapshots",
      undefined,
      CACHE_FIX,
    ),
  lacks: {
    backupDays: "Memorystore for Redis keeps the last snapshot alone, to restart from",
    machine: "Memorystore for Redis is bought by its memory, and size is what chooses it",
  },
  facts: {
    secretsInState: SECRETS_IN_STATE,
    apis: ["redis", "servicenetworking"],
    logFilters: ({ environment }) => [
      [`resource.type="redis_instance"`, `resource.labels.instance_id=~"/instances/${environment}-"`],
    ],
  },
  alarms: ({ service }) => redisAlarms(service),
  problems: ({ sizing }, path) => passwordProblems(sizing, path),
  describe,
  provide,
};

/** Memorystore makes the AUTH string with the instance and another one only after AUTH was off, when anybody gets in. */
function passwordProblems({ passwords }: ResolvedSizing, path: Path): Problem[] {
  if (passwords === 1) return [];
  const why = "Memorystore makes the password itself and takes no other from Terraform";
  return [{ path: [...path, "passwords"], got: passwords, why, fix: 'remove it, or use placement: "in-cluster"' }];
}

/** `6 GiB, 4.8 for data` */
const machine = (size: Size): string => `${MEMORY[size]} GiB, ${forData(size)} for data`;

const MACHINES: Readonly<Record<Size, string>> = {
  small: machine("small"),
  medium: machine("medium"),
  large: machine("large"),
  xlarge: machine("xlarge"),
};

function describe(request: GoogleDescribeRequest<Redis>): ServiceTraits {
  const { sizing } = request;
  return {
    placement: "managed",
    product: "Memorystore for Redis",
    version: `Redis ${VERSION}`,
    port: PORT,
    tls: "bundle",
    signIn: "shared",
    optionalParts: [],
    compute: { nodes: sizing.highAvailability ? 2 : 1, machine: MACHINES[sizing.size], sizes: MACHINES },
    disk: undefined,
    backups: undefined,
    passwords: { place: userSecretPlace(request), old: "fixed" },
    inState: inState(SECRETS_IN_STATE),
    name: serviceName(request, SERVICE_NAMES.redisInstance),
    notes: [
      "Redis and not Valkey: Memorystore for Valkey takes no password",
      `answers on port ${PORT} alone`,
      "the one user may administer the server: there is no ACL",
      "clients verify the authority and not the name: by reports the certificate has an address for its common name and no other",
      `a snapshot of every ${SNAPSHOTS.hours} hours is there to restart from, and nobody can have an older one`,
    ],
  };
}

function provide(request: Request): ProvidedService {
  const { scope } = request;
  const { environment, application, name, key, labels, lookup, protect } = request;
  const instance = createInstance(scope, request);
  createAlarms(request, redisAlarms(request.service), {
    type: "redis_instance",
    // Which is how metrics call it too: `projects/<project>/locations/<region>/instances/<name>`.
    label: ["instance_id", instance.id],
  });
  const login = keepSecret(
    scope,
    "Login",
    {
      name: userSecretPlace(request),
      description: `User ${USERNAME} of service ${name} of ${application} in ${environment}`,
      key,
      labels,
      lookup,
      protect,
    },
    { fields: { username: USERNAME, password: instance.authString }, secret: instance.authString },
  );
  const connection: Connection = {
    parts: {
      host: { value: instance.host },
      port: { value: String(PORT) },
      username: { value: USERNAME },
      password: login.part("password"),
    },
    tls: true,
    caBundle: authorities(instance),
    // Each instance has authorities of its own: https://cloud.google.com/memorystore/docs/redis/in-transit-encryption
    nameless: true,
    endpoints: [{ cidrs: request.dataCidrs, port: PORT }],
  };
  // There is one user, and whoever measures is that one too.
  return {
    connection: () => connection,
    grants: [],
    ...(request.resolved.measured === true && { measuring: connection }),
  };
}

function createInstance(scope: Construct, request: Request): RedisInstance {
  const { service, sizing, application, environment, name, key, labels, lookup, protect } = request;
  return new RedisInstance(scope, "Default", {
    name: serviceName(request, SERVICE_NAMES.redisInstance),
    displayName: `Service ${name} of ${application} in ${environment}`,
    project: lookup.project,
    region: lookup.region,
    redisVersion: `REDIS_${VERSION.replace(".", "_")}`,
    tier: sizing.highAvailability ? "STANDARD_HA" : "BASIC",
    memorySizeGb: MEMORY[sizing.size],
    redisConfigs: {
      "maxmemory-policy": service.spec.eviction,
      "maxmemory-gb": String(forData(sizing.size)),
      ...sizing.parameters,
    },
    authEnabled: true,
    transitEncryptionMode: "SERVER_AUTHENTICATION",
    connectMode: "PRIVATE_SERVICE_ACCESS",
    authorizedNetwork: lookup.networkId,
    reservedIpRange: lookup.dataRange,
    customerManagedKey: key.id,
    // For when all of its nodes are gone at once.
    persistenceConfig: { persistenceMode: "RDB", rdbSnapshotPeriod: SNAPSHOTS.period },
    maintenancePolicy: {
      weeklyMaintenanceWindow: [
        {
          day: (sizing.maintenance?.day ?? "sunday").toUpperCase(),
          startTime: { hours: sizing.maintenance?.hour ?? MAINTENANCE_HOUR, minutes: 0, seconds: 0, nanos: 0 },
        },
      ],
    },
    labels,
    dependsOn: [key.allow("Memorystore")],
    // It has no protection of its own.
    lifecycle: { preventDestroy: protect, ignoreChanges: ["redis_version"] },
  });
}

/** All of them: the next one is there long before the last one ends. */
function authorities(instance: RedisInstance): string {
  const certificates = `${RedisInstance.tfResourceType}.${instance.friendlyUniqueId}.server_ca_certs[*].cert`;
  return expression`join("\n", ${code(certificates)})`;
}
