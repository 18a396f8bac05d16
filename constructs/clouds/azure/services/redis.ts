import { ManagedRedis } from "@cdktf/provider-azurerm/lib/managed-redis";
import type { Connection } from "../../../model/connection";
import type { Size } from "../../../model/service";
import type { PinnedVersion } from "../../../services/pinned-version";
import { CACHE_FIX, unrecoverable } from "../../../services/recovery";
import type { Redis } from "../../../services/redis";
import type { ServiceTraits } from "../../../services/traits";
import { nameParts, type ServiceNames } from "../../shared/provisioner";
import { inState, type SecretInState } from "../../shared/secrets-in-state";
import { REDIS_ALARMS } from "../alarms/redis";
import { sendLogs } from "../logs";
import { globalName } from "../names";
import { keepPassword, passwordPart, secretPlace } from "../secret-store";
import { SERVICE_NAMES } from "./names";
import {
  type AzureDescribeRequest,
  type AzureProvisioner,
  type AzureRequest,
  createEndpoint,
  identityOf,
  lockService,
  type ProvidedService,
} from "./provisioner";
import { place } from "./users";

type Request = AzureRequest<Redis>;

/**
 * Memory in GB: 1, 6, 12, 24, of which Redis has four fifths. All of them are small enough to be one shard, which ends at
 * 25 GB: clients need no cluster mode, and commands over several keys work.
 */
const SKUS: Readonly<Record<Size, string>> = {
  small: "Balanced_B1",
  medium: "Balanced_B5",
  large: "Balanced_B10",
  xlarge: "Balanced_B20",
};

const EVICTION: Readonly<Record<Redis["spec"]["eviction"], string>> = {
  "volatile-lru": "VolatileLRU",
  "allkeys-lru": "AllKeysLRU",
  noeviction: "NoEviction",
};

/** Port of Azure Managed Redis: not 6379, nor the 6380 of the retired Azure Cache for Redis. */
const PORT = 10000;

/** Azure gives it its release and moves it. */
const MANAGED_REDIS: PinnedVersion = {
  product: "Azure Managed Redis",
  version: "of Azure's choice",
  endOfSupport: undefined,
  source: "https://learn.microsoft.com/azure/redis/overview",
  read: "2026-11-23",
};

const SECRETS_IN_STATE: readonly SecretInState[] = [
  {
    resource: "azurerm_managed_redis",
    attribute: "default_database.primary_access_key",
    reason:
      "Azure makes the keys and azurerm reads both; signing in by Entra instead needs a newer provider than 4.55.0 and " +
      "clients that ask for a token every hour",
  },
  {
    resource: "azurerm_managed_redis",
    attribute: "default_database.secondary_access_key",
    reason: "as the first key, which it takes turns with from one generation of passwords to the next",
  },
];

/** The one user there is; its passwords are the two access keys. */
const USERNAME = "default";

/**
 * Azure Managed Redis. There are no backups that could be kept for `backupDays`: a copy on disk every hour brings the data
 * back when all nodes are lost, and nothing brings back what somebody deleted.
 */
export const redisOnAzure: AzureProvisioner<Redis> = {
  versions: [MANAGED_REDIS],
  recoverable: () =>
    unrecoverable(
      "Azure Managed Redis keeps one copy, to restart from, which what was deleted is soon not in",
      "https://learn.microsoft.com/en-us/azure/redis/how-to-persistence",
      undefined,
      CACHE_FIX,
    ),
  lacks: {
    parameters: "Azure Managed Redis lets nobody set any but the eviction policy",
    machine: "the sizes are all that are one shard, and another machine is another, empty cache",
    backupDays: "Azure Managed Redis keeps the last copy alone, to restart from",
    maintenance: "Azure Managed Redis is cared for when Azure finds a time: azurerm has no argument for its window",
  },
  facts: { secretsInState: SECRETS_IN_STATE, endpointPort: PORT },
  alarms: () => REDIS_ALARMS,
  describe,
  provide,
};

const nameOf = (names: ServiceNames, subscriptionId: string): string =>
  globalName(subscriptionId, nameParts(names), SERVICE_NAMES.managedRedis);

/** Names of the secret with whichever of the two keys is in use. */
const secretNames = (names: ServiceNames): readonly string[] => [...nameParts(names), "key"];

function describe(request: AzureDescribeRequest<Redis>): ServiceTraits {
  const { sizing } = request;
  return {
    placement: "managed",
    product: "Azure Managed Redis",
    version: "Redis, at the release that Azure gives it",
    port: PORT,
    tls: "system",
    signIn: "shared",
    optionalParts: [],
    compute: { nodes: sizing.highAvailability ? 2 : 1, machine: SKUS[sizing.size], sizes: SKUS },
    disk: undefined,
    backups: undefined,
    passwords: { place: secretPlace(secretNames(request)), old: "kept" },
    name: nameOf(request, request.subscriptionId),
    inState: inState(SECRETS_IN_STATE),
    notes: [
      `answers on port ${PORT} alone`,
      "database 0 alone: SELECT of another fails",
      "one shard, of 25 GB at most, so that clients need no cluster mode: there is no larger size",
      "no backups to go back to: a copy on disk every hour is there to restart from",
      "two keys take turns from one generation to the next, both valid all the time: the one out of use is made anew by " +
        "`az redisenterprise database regenerate-key`, and has to be before its next turn",
      "another size or standby is another, empty cache, refused where the environment is protected",
    ],
  };
}

function provide(request: Request): ProvidedService {
  const { scope, service, sizing, protect, defaults, key, lookup } = request;
  const name = nameOf(request, lookup.subscriptionId);
  const redis = new ManagedRedis(scope, "Default", {
    name,
    ...defaults,
    skuName: SKUS[sizing.size],
    // With it there are two nodes, in two zones.
    highAvailabilityEnabled: sizing.highAvailability,
    publicNetworkAccess: "Disabled",
    identity: identityOf(request),
    // It takes a version alone; those before the newest go on working, so a rotation changes nothing here.
    customerManagedKey: { keyVaultKeyId: key.versionedKeyId, userAssignedIdentityId: key.identityId },
    defaultDatabase: {
      accessKeysAuthenticationEnabled: true,
      clientProtocol: "Encrypted",
      clusteringPolicy: "NoCluster",
      evictionPolicy: EVICTION[service.spec.eviction],
      persistenceRedisDatabaseBackupFrequency: "1h",
    },
    // azurerm makes another, empty one for another size or standby: refused where it is protected.
    lifecycle: { preventDestroy: protect },
  });
  const endpoint = createEndpoint(scope, request, {
    id: redis.id,
    subresource: "redisEnterprise",
    zoneId: lookup.redisZoneId,
  });
  const logs = sendLogs(scope, "Logs", { id: `${redis.id}/databases/default`, workspaceId: lookup.logWorkspaceId }, [
    "ConnectionEvents",
  ]);
  lockService(scope, request, redis.id, [endpoint, logs]);
  const password = keepPassword(
    scope,
    "Login",
    {
      ...place(request),
      names: secretNames(request),
      description: `Access key of Redis ${name}`,
    },
    accessKey(redis, sizing.passwords),
    // Nothing looks for the server before its name leads to it.
    [endpoint],
  );
  const connection: Connection = {
    parts: {
      host: { value: redis.hostname },
      port: { value: String(PORT) },
      username: { value: USERNAME },
      password: passwordPart(password),
    },
    // Its certificates chain to authorities that every system bundle has.
    tls: true,
    endpoints: [{ cidrs: request.dataCidrs.endpoints, port: PORT }],
  };
  // There is one user, and whoever measures is that one too.
  return {
    connection: () => connection,
    grants: [],
    ...(request.resolved.measured === true && { measuring: connection }),
  };
}

/**
 * Azure makes both keys and azurerm none: odd generations use the first, even ones the second. Both are valid all the
 * time, so pods change over one by one; the one that nobody uses any more is made anew by `az redisenterprise database
 * regenerate-key`, and has to be before its next turn.
 */
function accessKey({ defaultDatabase }: ManagedRedis, generation: number): string {
  return generation % 2 === 1 ? defaultDatabase.primaryAccessKey : defaultDatabase.secondaryAccessKey;
}
