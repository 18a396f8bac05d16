import { ManagedRedis } from "@cdktf/provider-azurerm/lib/managed-redis";
import type { Construct } from "constructs";
import type { Connection } from "../../../model/connection";
import type { Size } from "../../../model/service";
import type { Redis } from "../../../services/redis";
import { inState } from "../../shared/secrets-in-state";
import type { ServiceTraits } from "../../traits";
import { sendLogs } from "../logs";
import { keepPassword, passwordPart, secretPlace } from "../secret-store";
import { SECRETS_IN_STATE } from "../secrets-in-state";
import {
  type Asked,
  type Cell,
  createEndpoint,
  identityOf,
  lockService,
  partsOf,
  type ProvidedService,
  type ServiceNames,
  type ServiceRequest,
} from "./cell";
import { globalName } from "../names";
import { SERVICE_NAMES } from "./names";
import { place } from "./users";

type Request = ServiceRequest<Redis>;

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

/** Not 6379, nor the 6380 of the retired Azure Cache for Redis. */
const PORT = 10000;

/** The one user there is; its passwords are the two access keys. */
const USERNAME = "default";

/**
 * Azure Managed Redis. There are no backups that could be kept for `backupDays`: a copy on disk every hour brings the data
 * back when all nodes are lost, and nothing brings back what somebody deleted.
 */
export const redisCell: Cell<Redis> = { describe, provide };

const nameOf = (names: ServiceNames, subscriptionId: string): string =>
  globalName(subscriptionId, partsOf(names), SERVICE_NAMES.managedRedis);

/** Of whichever of the two keys is in use. */
const secretNames = (names: ServiceNames): readonly string[] => [...partsOf(names), "key"];

function describe(asked: Asked<Redis>): ServiceTraits {
  const { sizing } = asked;
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
    passwords: { place: secretPlace(secretNames(asked)), old: "kept" },
    name: nameOf(asked, asked.subscriptionId),
    inState: inState(SECRETS_IN_STATE, ManagedRedis.tfResourceType),
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

function provide(scope: Construct, request: Request): ProvidedService {
  const { service, sizing, protect, defaults, key, lookup } = request;
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
  return { connection: () => connection, grants: [] };
}

/**
 * Azure makes both keys and azurerm none: odd generations use the first, even ones the second. Both are valid all the
 * time, so pods change over one by one; the one that nobody uses any more is made anew by `az redisenterprise database
 * regenerate-key`, and has to be before its next turn.
 */
function accessKey({ defaultDatabase }: ManagedRedis, generation: number): string {
  return generation % 2 === 1 ? defaultDatabase.primaryAccessKey : defaultDatabase.secondaryAccessKey;
}
