import { s3Server } from "../../constructs/in-cluster/bucket/server";
import { authority } from "../../constructs/in-cluster/certificates";
import type { InClusterRequest } from "../../constructs/in-cluster/form";
import { mysqlServer } from "../../constructs/in-cluster/mysql/server";
import { rabbitmqCluster } from "../../constructs/in-cluster/rabbitmq/cluster";
import { redisServer } from "../../constructs/in-cluster/redis/server";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import type { ResolvedSizing } from "../../constructs/model/service";
import { CONFIGURED_BY_FILE, mysqlParameters } from "../../constructs/services/mysql/parameters";
import { facts, resolvedApplication } from "./resolved";

/** Where a cloud keeps a password, as any of them says it. */
export const PASSWORD = { secret: { key: "production/my-app/data", property: "password", version: "uuid/1" } };

/** That of who copies a cache. */
const COPYING = { secret: { key: "production/my-app/cache-backup", property: "password", version: "uuid/1" } };

export interface Asked {
  readonly application?: ResolvedApplication;
  readonly sizing?: Partial<ResolvedSizing>;
  readonly workloads?: readonly string[];
}

export const requested = (service: string, { application, sizing, workloads }: Asked = {}): InClusterRequest => ({
  application: application ?? resolvedApplication(),
  service,
  workloads: workloads ?? ["backend", "cron"],
  sizing: {
    placement: "in-cluster",
    size: "medium",
    storage: "100Gi",
    highAvailability: false,
    backupDays: 14,
    passwords: 1,
    ...sizing,
  },
});

export const mysqlForm = (asked?: Asked, version: "8.4" | "8.0" = "8.4") =>
  mysqlServer({
    ...requested("orders-db", asked),
    database: "app_db",
    version,
    password: PASSWORD,
    settings: mysqlParameters(CONFIGURED_BY_FILE),
  });

export const redisForm = (asked?: Asked, eviction: "volatile-lru" | "allkeys-lru" | "noeviction" = "volatile-lru") =>
  redisServer({
    ...requested("cache", asked),
    eviction,
    password: PASSWORD,
    copying: asked?.sizing?.backups === undefined ? undefined : COPYING,
  });

export const rabbitmqForm = (asked?: Asked, version: "4.2" | "3.13" = "4.2") =>
  rabbitmqCluster({ ...requested("events", asked), version, virtualHost: "/", password: PASSWORD });

export const s3Form = (asked?: Asked) =>
  s3Server({
    ...requested("uploads", asked),
    bucket: "uploads",
    region: "us-east-1",
    accessKeyId: { value: "uploads" },
    secretAccessKey: PASSWORD,
    backend: { posix: { keepVersionsDays: 30 } },
  });

export const ROLE = "example.com/role";

export const gatewayForm = (replicas = 2, asked?: Asked) =>
  s3Server({
    ...requested("uploads", asked),
    bucket: "uploads",
    region: "us-east-1",
    accessKeyId: { value: "uploads" },
    secretAccessKey: PASSWORD,
    backend: {
      azure: {
        account: "shopuploads",
        identity: { annotations: { [ROLE]: "writer" }, podLabels: { "example.com/use": "true" } },
        endpoints: [{ cidrs: ["10.0.200.0/24"], port: 443 }],
        replicas,
      },
    },
  });

/** Every kind of object that a data service in the cluster brings. */
export const serverObjects = (): KubernetesObject[] => [
  ...authority(resolvedApplication()),
  ...mysqlForm().objects(facts),
  ...redisForm().objects(facts),
  ...rabbitmqForm({ sizing: { highAvailability: true } }).objects(facts),
  ...s3Form().objects(facts),
];
