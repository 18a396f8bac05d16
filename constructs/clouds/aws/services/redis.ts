import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import {
  ElasticacheReplicationGroup,
  type ElasticacheReplicationGroupLogDeliveryConfiguration,
} from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";
import type { Connection } from "../../../model/connection";
import { exporterName } from "../../../model/exporter";
import type { NameRule } from "../../../model/names";
import type { ResolvedSizing, Size } from "../../../model/service";
import type { PinnedVersion } from "../../../services/pinned-version";
import { CACHE_FIX, DAY_SECONDS } from "../../../services/recovery";
import type { Redis } from "../../../services/redis";
import { REDIS_EXPORTER_ACCESS, REDIS_EXPORTER_USER } from "../../../services/redis/exporter";
import type { ServiceTraits } from "../../../services/traits";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { type MachineForm, machineOf, machineProblems } from "../../shared/machine";
import { inState, type SecretInState } from "../../shared/secrets-in-state";
import { REDIS_ALARMS } from "../alarms/redis";
import { createLogGroup } from "../log-group";
import { AWS_NAMES } from "../names";
import { generateLogin, type Login, secretName } from "../secret-store";
import { maintenanceProblems, maintenanceWindow } from "./maintenance";
import {
  type AwsDescribeRequest,
  type AwsProvisioner,
  type AwsRequest,
  BACKUP_WINDOW,
  createSecurityGroup,
  finalSnapshotName,
  type ProvidedService,
  serviceName,
} from "./provisioner";
import { userSecretName } from "./users";

type Request = AwsRequest<Redis>;

/** Usable memory in GiB: 1.4, 6.4, 12.9, 26. A quarter of it is kept back for snapshots and failover. */
const NODE_TYPES: Readonly<Record<Size, string>> = {
  small: "cache.t4g.small",
  medium: "cache.m7g.large",
  large: "cache.m7g.xlarge",
  xlarge: "cache.m7g.2xlarge",
};

/**
 * What a new cache begins with: maintained until 2030, longer than 9.0. Nobody moves a cache that exists by changing this:
 * ElastiCache moves minor versions by itself, and to the provider a lower one is a request for another, empty cache.
 */
const ENGINE = { engine: "valkey", engineVersion: "8.1" } as const;
const FAMILY = "valkey8";
const VALKEY: PinnedVersion = {
  product: "Amazon ElastiCache for Valkey",
  version: ENGINE.engineVersion,
  // AWS documents none; the project's own is that of the version in the cluster.
  endOfSupport: undefined,
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",
  read: "2026-11-28",
  arguments: ["aws_elasticache_replication_group.engine_version"],
};

const SECRETS_IN_STATE: readonly SecretInState[] = [
  {
    resource: "aws_elasticache_user",
    attribute: "authentication_mode.passwords",
    reason: "no write-only form in provider 6.25.0 (later ones have passwords_wo), and ElastiCache generates none",
  },
];

/**
 * The user that clients get which name none, so that old ones which send a password alone sign in too. It is also the
 * only one: nobody is let in without the password.
 */
const USERNAME = "default";

/** All keys, channels and commands but those that administer the server. */
const ACCESS = "on ~* &* +@all -@admin";

/** Names of subnet and parameter groups. */
const GROUP_NAME: NameRule = { max: 255 };

const MACHINE: MachineForm = {
  form: /^cache\.[a-z0-9]+\.(micro|small|medium|\d{0,2}x?large)$/,
  example: "cache.r7g.large",
};

const LOGS = ["slow-log", "engine-log"] as const;

/** ElastiCache for Valkey with one shard: clients need no cluster mode. */
export const redisOnAws: AwsProvisioner<Redis> = {
  versions: [VALKEY],
  recoverable: () => ({
    by: "the daily snapshot of ElastiCache",
    // Begun at any time of its hour.
    rpoSeconds: DAY_SECONDS + 3600,
    rtoSeconds: undefined,
    better: CACHE_FIX,
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html",
    read: undefined,
  }),
  elsewhere: () => ({ none: "ElastiCache copies no snapshot to another region" }),
  facts: { secretsInState: SECRETS_IN_STATE },
  alarms: () => REDIS_ALARMS,
  problems: (request, path) => [
    ...maintenanceProblems(request.sizing, path),
    ...machineProblems(request.sizing, MACHINE, path),
  ],
  describe,
  provide,
};

const nodes = ({ highAvailability }: ResolvedSizing): number => (highAvailability ? 2 : 1);

function describe(request: AwsDescribeRequest<Redis>): ServiceTraits {
  const { environment, application, name, service, sizing } = request;
  return {
    placement: "managed",
    product: "Amazon ElastiCache",
    version: `Valkey ${ENGINE.engineVersion}`,
    port: service.contract.defaultPort,
    tls: "system",
    signIn: "shared",
    optionalParts: [],
    compute: { nodes: nodes(sizing), machine: machineOf(sizing, NODE_TYPES), sizes: NODE_TYPES },
    disk: undefined,
    backups: `daily snapshots, ${sizing.backupDays} days`,
    passwords: { place: secretName(environment, application, name), old: "kept" },
    name: serviceName(request, AWS_NAMES.replicationGroup),
    inState: inState(SECRETS_IN_STATE),
    notes: [],
  };
}

function provide(request: Request): ProvidedService {
  const { scope, service, sizing, lookup, protect, protectedEnvironment, keyArn, tags } = request;
  const port = service.contract.defaultPort;
  const replicationGroupId = serviceName(request, AWS_NAMES.replicationGroup);
  const { exporter, login, userGroupId } = createUserGroup(scope, request, replicationGroupId);
  const subnetGroup = new ElasticacheSubnetGroup(scope, "SubnetGroup", {
    name: serviceName(request, GROUP_NAME),
    subnetIds: lookup.dataSubnetIds,
    tags,
  });
  const parameterGroup = new ElasticacheParameterGroup(scope, "ParameterGroup", {
    name: serviceName(request, GROUP_NAME, FAMILY),
    description: `Service ${request.name} of ${request.application} in ${request.environment}`,
    family: FAMILY,
    parameter: Object.entries({ "maxmemory-policy": service.spec.eviction, ...sizing.parameters }).map(
      ([name, value]) => ({ name, value }),
    ),
    tags,
    lifecycle: { createBeforeDestroy: true },
  });
  const group = new ElasticacheReplicationGroup(scope, "Default", {
    replicationGroupId,
    description: `Service ${request.name} of ${request.application} in ${request.environment}`,
    ...ENGINE,
    autoMinorVersionUpgrade: "true",
    nodeType: machineOf(sizing, NODE_TYPES),
    numCacheClusters: nodes(sizing),
    automaticFailoverEnabled: sizing.highAvailability,
    multiAzEnabled: sizing.highAvailability,
    parameterGroupName: parameterGroup.name,
    port,
    subnetGroupName: subnetGroup.name,
    securityGroupIds: [createSecurityGroup(scope, request, port)],
    userGroupIds: [userGroupId],
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    atRestEncryptionEnabled: "true",
    kmsKeyId: keyArn,
    snapshotRetentionLimit: sizing.backupDays,
    snapshotWindow: BACKUP_WINDOW,
    maintenanceWindow: maintenanceWindow(sizing),
    applyImmediately: !protectedEnvironment,
    finalSnapshotIdentifier: finalSnapshotName(scope, request, AWS_NAMES.cacheSnapshot),
    logDeliveryConfiguration: deliverLogs(scope, request, replicationGroupId),
    tags,
    lifecycle: { preventDestroy: protect, ignoreChanges: ["engine_version"] },
  });
  if (!sizing.highAvailability) {
    const reason = "the environment has no replica of this cache, as in profile small";
    exceptChecks(group, { checks: ["CKV2_AWS_50"], reason });
  }
  const connection: Connection = {
    parts: {
      host: { value: group.primaryEndpointAddress },
      port: { value: String(port) },
      username: { value: USERNAME },
      password: login.passwordPart,
    },
    tls: true,
    endpoints: [{ cidrs: request.dataCidrs, port }],
  };
  const measuring = exporter && {
    ...connection,
    parts: { ...connection.parts, username: { value: REDIS_EXPORTER_USER }, password: exporter.passwordPart },
  };
  return { connection: () => connection, grants: [], ...(measuring !== undefined && { measuring }) };
}

/** The one user, who knows a new password before the secret says so. */
function createUserGroup(scope: Construct, request: Request, replicationGroupId: string) {
  const here = new Construct(scope, "UserGroup");
  const { environment, application, name, keyArn, protect, sizing, tags } = request;
  const users: ElasticacheUser[] = [];
  const login = generateLogin(
    scope,
    "Login",
    {
      name: secretName(environment, application, name),
      username: USERNAME,
      description: `User of Valkey ${replicationGroupId}`,
      keyArn,
      protect,
      generation: sizing.passwords,
      tags,
    },
    (passwords) => {
      users.push(createUser(here, request, passwords));
      return users;
    },
  );
  const exporter = request.resolved.measured === true ? createExporter(scope, here, request, users) : undefined;
  const group = new ElasticacheUserGroup(here, "Default", {
    userGroupId: serviceName(request, AWS_NAMES.cacheUser),
    engine: ENGINE.engine,
    userIds: users.map(({ userId }) => userId),
    tags,
  });
  return { exporter, login, userGroupId: group.userGroupId };
}

/** The user that measures, with a secret that goes at once when nobody does any more: its name is needed again then. */
function createExporter(scope: Construct, group: Construct, request: Request, users: ElasticacheUser[]): Login {
  const { environment, application, name, keyArn, sizing, tags } = request;
  return generateLogin(
    scope,
    "ExporterLogin",
    {
      name: userSecretName({ environment, application, name }, exporterName(name)),
      username: REDIS_EXPORTER_USER,
      description: `User ${REDIS_EXPORTER_USER} of service ${name} of ${application} in ${environment}`,
      keyArn,
      protect: false,
      generation: sizing.passwords,
      tags,
    },
    (passwords) => {
      users.push(
        new ElasticacheUser(group, "Exporter", {
          userId: serviceName(request, AWS_NAMES.cacheUser, REDIS_EXPORTER_USER),
          userName: REDIS_EXPORTER_USER,
          engine: ENGINE.engine,
          accessString: `on ${REDIS_EXPORTER_ACCESS}`,
          authenticationMode: { type: "password", passwords: [...passwords] },
          tags,
        }),
      );
      return users;
    },
  );
}

function createUser(scope: Construct, request: Request, passwords: Login["passwords"]): ElasticacheUser {
  return new ElasticacheUser(scope, "User", {
    userId: serviceName(request, AWS_NAMES.cacheUser),
    userName: USERNAME,
    engine: ENGINE.engine,
    accessString: ACCESS,
    authenticationMode: { type: "password", passwords: [...passwords] },
    tags: request.tags,
  });
}

function deliverLogs(
  scope: Construct,
  request: Request,
  replicationGroupId: string,
): ElasticacheReplicationGroupLogDeliveryConfiguration[] {
  const { logRetentionDays: retentionDays, keyArn, tags } = request;
  return LOGS.map((logType) => {
    // AWS's own prefix for delivered logs: the account's policy for them has room for few other names.
    const name = `/aws/vendedlogs/elasticache/${replicationGroupId}/${logType}`;
    const group = createLogGroup(scope, `Log-${logType}`, { name, retentionDays, keyArn, tags });
    return { logType, logFormat: "json", destinationType: "cloudwatch-logs", destination: group.name };
  });
}
