import type { Mock, StackBlocks } from "./mock";

/** Value for arguments that the provider checks to be an ARN. */
const ARN = "arn:aws:service:eu-central-1:111111111111:mocked";

/**
 * A mocked string is eight random letters, which is no base64, no URL and no ARN, and a mocked list is empty: functions
 * over them and checks of them need these.
 */
const FIXED: readonly Mock[] = [
  ["data", "aws_eks_addon_version", { version: "v1.20.0-eksbuild.1" }],
  [
    "data",
    "aws_eks_cluster",
    {
      certificate_authority: [{ data: Buffer.from("certificate").toString("base64") }],
      endpoint: "https://cluster.example.com",
      vpc_config: [
        {
          cluster_security_group_id: "sg-00000000",
          endpoint_private_access: true,
          endpoint_public_access: false,
          public_access_cidrs: [],
          security_group_ids: [],
          subnet_ids: [],
          vpc_id: "vpc-00000000",
        },
      ],
    },
  ],
  ["data", "aws_prometheus_workspaces", { workspace_ids: ["ws-00000000"] }],
  ["data", "aws_ssm_parameter", { insecure_value: "1.50.0-0a1b2c3d" }],
  ["data", "aws_subnets", { ids: ["subnet-0a", "subnet-0b", "subnet-0c"] }],
  ["resource", "aws_cloudwatch_log_group", { arn: ARN }],
  [
    "resource",
    "aws_db_instance",
    { master_user_secret: [{ kms_key_id: ARN, secret_arn: ARN, secret_status: "active" }] },
  ],
  ["resource", "aws_efs_file_system", { arn: ARN }],
  ["resource", "aws_iam_role", { arn: ARN }],
  ["resource", "aws_kms_key", { arn: ARN }],
  ["resource", "aws_launch_template", { id: "lt-0123456789abcdef0", latest_version: 1 }],
  [
    "resource",
    "aws_mq_broker",
    { instances: [{ console_url: "", endpoints: ["amqps://b-0.mq.example.com:5671"], ip_address: "" }] },
  ],
  ["resource", "aws_prometheus_workspace", { arn: ARN }],
  ["resource", "aws_s3_bucket", { arn: ARN }],
  ["resource", "aws_sns_topic", { arn: ARN }],
  ["resource", "aws_sqs_queue", { arn: ARN }],
];

export const awsMocks = (stack: StackBlocks): readonly Mock[] => [...FIXED, ...secrets(stack)];

const filtered = (filter: unknown): readonly string[] =>
  (filter as readonly { readonly values: readonly string[] }[]).flatMap(({ values }) => values);

/** The secrets that the stack insists on: without a value of its own each mock of the list would be empty. */
function secrets({ data }: StackBlocks): Mock[] {
  const lists = Object.values(data?.aws_secretsmanager_secrets ?? {});
  const names = lists.flatMap(({ filter }) => filtered(filter));
  return names.length === 0 ? [] : [["data", "aws_secretsmanager_secrets", { names }]];
}
