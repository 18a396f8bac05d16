import { isAt, nameOf, numberAt, type Resource, textAt } from "../stack";
import type { Facts, Left, Taken } from "./fact";

const days = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;

const RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html";
const ELASTICACHE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.Delete.html";

function ofInstance({ block }: Resource): Left[] {
  const name = textAt(block, "identifier") ?? "the database";
  const kept = numberAt(block, "backup_retention_period") ?? 0;
  return [
    ...(isAt(block, "skip_final_snapshot")
      ? []
      : [
          {
            what: `final snapshot ${nameOf(textAt(block, "final_snapshot_identifier"), `of ${name}`)}`,
            says: "until somebody deletes it; nobody can read it any more once its key is gone, which is pending as said below: copy it under another key to keep it for longer",
            billed: true,
            source: RDS,
          },
        ]),
    ...(block.delete_automated_backups === false && kept > 0
      ? [
          {
            what: `automated backups of ${name}`,
            says: `each until it is ${days(kept)} old; none is made any more`,
            billed: true,
            source: RDS,
          },
        ]
      : []),
    ...((numberAt(block, "monitoring_interval") ?? 0) > 0
      ? [
          {
            what: "log group RDSOSMetrics",
            says: "one for all instances of the account and region, in no state",
            billed: true,
            source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.CloudWatchLogs.html",
          },
        ]
      : []),
  ];
}

/** The region that a command asks: in another one nothing of the name is there, either. */
const regionOf = ({ stack }: Resource): string => {
  const region = textAt(stack.written, "provider", "aws", "region");
  return region === undefined ? "" : ` --region ${region}`;
};

const ofCluster = (resource: Resource): Taken | undefined => {
  const { block } = resource;
  const types = block.enabled_cluster_log_types;
  if (!Array.isArray(types) || types.length === 0) return undefined;
  const group = `/aws/eks/${textAt(block, "name") ?? ""}/cluster`;
  return {
    name: `log group ${group}`,
    says: `EKS may write it once more after the deletion, and the next environment of the name stops at it: aws logs delete-log-group --log-group-name ${group}${regionOf(resource)}`,
    source: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
  };
};

function ofSecret(resource: Resource): Taken | undefined {
  const { block } = resource;
  const window = numberAt(block, "recovery_window_in_days");
  if (window === 0) return undefined;
  const name = nameOf(textAt(block, "name"), "the secret");
  return {
    name: `secret ${name}`,
    says: `taken for ${days(window ?? 30)}; free at once by aws secretsmanager delete-secret --force-delete-without-recovery --secret-id ${name}${regionOf(resource)}`,
    source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
  };
}

export const AWS: Facts = {
  aws_db_instance: {
    refuses: ({ block }) => (isAt(block, "deletion_protection") ? "RDS refuses it (deletion_protection)" : undefined),
    leaves: ofInstance,
  },
  aws_db_parameter_group: {
    leaves: ({ block }) =>
      isAt(block, "skip_destroy")
        ? [
            {
              what: `parameter group ${nameOf(textAt(block, "name") ?? textAt(block, "name_prefix"), "of the database")}`,
              says: "the final snapshot is restored with it; its name is drawn",
              billed: false,
              source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html",
            },
          ]
        : [],
  },
  aws_db_instance_automated_backups_replication: {
    accumulates: true,
    leaves: ({ block }) => [
      {
        what: "backups that RDS has copied to the other region",
        says: `each until it is ${days(numberAt(block, "retention_period") ?? 7)} old, or until they are deleted there`,
        billed: true,
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html",
      },
    ],
  },
  aws_eks_cluster: {
    refuses: ({ block }) => (isAt(block, "deletion_protection") ? "EKS refuses it (deletion_protection)" : undefined),
    taken: ofCluster,
  },
  aws_elasticache_replication_group: {
    leaves: ({ block }) => {
      const name = textAt(block, "final_snapshot_identifier");
      if (name === undefined) return [];
      const says =
        "until somebody deletes it; nobody can read it any more once its key is gone, which is pending as said below: copy it under another key to keep it for longer";
      return [{ what: `final snapshot ${nameOf(name, "")}`, says, billed: true, source: ELASTICACHE }];
    },
  },
  aws_efs_backup_policy: {
    accumulates: true,
    leaves: ({ block }) =>
      textAt(block, "backup_policy", "status") === "ENABLED"
        ? [
            {
              what: "recovery points in the vault aws/efs/automatic-backup-vault",
              says: "daily ones, each until it is 35 days old; the vault is the account's and cannot be deleted",
              billed: true,
              source: "https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",
            },
          ]
        : [],
  },
  aws_kms_key: {
    leaves: ({ block }) => [
      {
        what: `key: ${textAt(block, "description") ?? "of the environment"}`,
        says: `pending for ${days(numberAt(block, "deletion_window_in_days") ?? 30)}, in which aws kms cancel-key-deletion brings it back; what is encrypted with it, snapshots too, is lost after that`,
        billed: false,
        source: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
      },
    ],
  },
  aws_mq_broker: {
    leaves: ({ block }) =>
      isAt(block, "logs", "general")
        ? [
            {
              what: `log groups /aws/amazonmq/broker/<id>/ of ${textAt(block, "broker_name") ?? "the broker"}`,
              says: "Amazon MQ has made them, and no state knows them",
              billed: true,
              source: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring.html",
            },
          ]
        : [],
  },
  aws_s3_bucket: {
    refuses: ({ block }) =>
      isAt(block, "force_destroy")
        ? undefined
        : "S3 refuses it while there is an object or a version in it (force_destroy)",
    taken: ({ block }) => ({
      name: `bucket ${nameOf(textAt(block, "bucket"), "")}`,
      says: "free again after a while, and then to everybody on AWS: what still asks for it may find somebody else's",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
    }),
  },
  aws_secretsmanager_secret: { taken: ofSecret },
  aws_sqs_queue: {
    taken: ({ block }) => ({
      name: `queue ${nameOf(textAt(block, "name"), "")}`,
      says: "taken for a minute",
      source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html",
    }),
  },
};
