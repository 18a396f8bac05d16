import type { RestartFact } from "../services/resource-facts";
import type { Changed } from "./changed";
import { at } from "./read";

/** A change in place for which a managed service is away for a while. */
export interface Restart {
  /** Argument that asks for it. */
  readonly field: string;
  readonly says: string;
  /** Page of the vendor that says so. */
  readonly source: string;
}

interface Kind {
  readonly field: RegExp;
  readonly says: string | ((after: unknown) => string);
  readonly source: string;
}

const RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html";
const ELASTICACHE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html";
const AMAZON_MQ = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-rebooting-broker.html";
const CLOUD_SQL = "https://cloud.google.com/sql/docs/mysql/instance-settings";
const MEMORYSTORE = "https://cloud.google.com/memorystore/docs/redis/about-scaling-instances";
const AZURE_MYSQL = "https://learn.microsoft.com/azure/mysql/flexible-server/how-to-manage-server-portal";

const WINDOW = "in its next maintenance window";

/** Says when a server restarts: without `apply_immediately` AWS waits for the window. */
const rds = (after: unknown): string => {
  const standby = at(after, "multi_az") === true ? ", by a failover to its standby" : "";
  return `the server restarts ${at(after, "apply_immediately") === true ? "at once" : WINDOW}${standby}`;
};

const mq = (after: unknown): string =>
  `the broker restarts ${at(after, "apply_immediately") === true ? "at once" : WINDOW}`;

const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  aws_db_instance: [
    {
      field: /^(?:instance_class|engine_version|ca_cert_identifier|identifier|db_subnet_group_name)$/,
      says: rds,
      source: RDS,
    },
    { field: /^port$/, says: "the server restarts at once", source: RDS },
  ],
  aws_elasticache_replication_group: [
    {
      field: /^(?:node_type|engine_version)$/,
      says: (after) =>
        `the cache changes over to new nodes${at(after, "apply_immediately") === true ? "" : `, ${WINDOW}`}, and connections end`,
      source: ELASTICACHE,
    },
  ],
  aws_mq_broker: [{ field: /^(?:host_instance_type|engine_version)$/, says: mq, source: AMAZON_MQ }],
  google_sql_database_instance: [
    {
      field: /^(?:settings\[0\]\.(?:tier|availability_type|edition)|database_version)$/,
      says: "the server restarts at once",
      source: CLOUD_SQL,
    },
  ],
  google_redis_instance: [
    {
      field: /^(?:memory_size_gb|redis_version)$/,
      says: "connections end, for some minutes at most",
      source: MEMORYSTORE,
    },
  ],
  azurerm_mysql_flexible_server: [
    { field: /^(?:sku_name|version)$/, says: "the server restarts at once", source: AZURE_MYSQL },
  ],
};

const NODES = "its nodes are replaced in turn, and pods move to others";
const GKE = "https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies";
const EKS = "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html";
const AKS = "https://learn.microsoft.com/azure/aks/upgrade-aks-cluster";

/** Pools whose nodes are replaced, by the argument that asks for it. */
const POOLS: Readonly<Record<string, Kind>> = {
  aws_eks_node_group: { field: /^(?:version|release_version|launch_template\b.*)$/, says: NODES, source: EKS },
  azurerm_kubernetes_cluster_node_pool: {
    field: /^(?:orchestrator_version|vm_size|os_disk_size_gb)$/,
    says: NODES,
    source: AKS,
  },
  google_container_node_pool: {
    field: /^(?:version|node_config\[0\]\.(?:machine_type|disk_size_gb|disk_type|image_type|spot))$/,
    says: NODES,
    source: GKE,
  },
};

/** Pools of which another one is there before this one goes, too: pods move all the same. */
export const isPool = (type: string): boolean => Object.hasOwn(POOLS, type);

const escaped = (path: string): string => path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A field means all that is below it, too. */
const asKind = ({ fields, says, source }: RestartFact): Kind => ({
  field: new RegExp(`^(?:${fields.map(escaped).join("|")})(?:$|[.[])`),
  says,
  source,
});

/** Restarts that an update in place brings, each with the argument that asks for it. */
export function restartsOf({ change, fields, restarts = [] }: Changed): Restart[] {
  const pool = isPool(change.type) ? POOLS[change.type] : undefined;
  const kinds = [
    ...(Object.hasOwn(KINDS, change.type) ? (KINDS[change.type] ?? []) : []),
    ...(pool === undefined ? [] : [pool]),
  ];
  if (change.kind !== "update") return [];
  // A kind of service says it of types that are not known here.
  const brought = Object.hasOwn(KINDS, change.type) ? [] : restarts;
  return [...kinds, ...brought.map(asKind)].flatMap(({ field, says, source }) => {
    const found = fields.find(({ at: path }) => field.test(path));
    return found === undefined
      ? []
      : [{ field: found.at, says: typeof says === "string" ? says : says(change.after), source }];
  });
}
