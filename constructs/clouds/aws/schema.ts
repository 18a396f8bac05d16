import { z } from "zod";
import { POLICIES_BY_NAME } from "../../kubernetes/facts";
import { NAME } from "../../model/names";
import { didYouMean } from "../../model/problem";
import { schemaOf } from "../../model/schema-of";
import { cidrsOverlap } from "../../model/validate/cidr";
import { access, dataBlock, domain, endpoint, insideCidr, networkBlock, text, unique } from "../shared/fields";
import { installed } from "../shared/installed";
import type { ExistingAwsProps } from "./existing";
import { INSTANCE_TYPE } from "./instance-types";
import {
  type AutoMode,
  type AwsDns,
  type AwsProps,
  type AwsSubnet,
  CONTROL_PLANE_LOGS,
  type ExistingAwsNetwork,
  type ExistingVpc,
  type ExistingZone,
  FLOW_LOG_INTERVALS,
  type HostedZone,
  type KarpenterPool,
  KUBERNETES_VERSIONS,
  LOG_RETENTION_DAYS,
  type MadeAwsNetwork,
  type ManagedNodes,
  type NodeGroup,
  S3_ADDRESSES,
} from "./props";
import { AWS_REGIONS, isRegion } from "./regions";
import { SERVICE_CIDR } from "./settings";
import { MAX_ZONES, MIN_ZONES } from "./subnets";

/*
 * The form of `AwsProps`, field by field. What needs two fields to be judged is in `problems.ts`.
 */

export const region = text((value) =>
  isRegion(value) ? undefined : `use one of ${AWS_REGIONS.join(", ")}${didYouMean(value, AWS_REGIONS)}`,
);

const networkCidr = networkBlock(16, 20, (value) =>
  cidrsOverlap(value, SERVICE_CIDR) ? `use a block apart from the Services' ${SERVICE_CIDR}` : undefined,
);

// EKS takes forty: https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
const MAX_CALLERS = 40;

const principal = text((value) => {
  if (/^arn:aws:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+$/.test(value)) return undefined;
  if (value.startsWith("arn:aws:sts:")) return "use the ARN of the role itself, not of a session of it";
  return 'use the ARN of an IAM role or user, e.g. "arn:aws:iam::123456789012:role/deployer"';
});

const hostedZone = schemaOf<HostedZone>()({
  name: domain,
  id: z.string().regex(/^Z[A-Z0-9]{1,31}$/, 'use a hosted zone id, e.g. "Z0123456789ABCDEFGHIJ"'),
});

const diskGib = z.int().min(20).max(16_384);

const nodeGroup = schemaOf<NodeGroup>()({
  instanceTypes: z.array(z.string().regex(INSTANCE_TYPE, 'use EC2 instance types, e.g. "m7i.large"')).min(1),
  min: z.int().min(1),
  max: z.int().min(1).max(450),
  capacity: z.enum(["on-demand", "spot"]).optional(),
  diskGib: diskGib.optional(),
});

export const karpenterPoolSchema = schemaOf<KarpenterPool>()({
  cpuLimit: z.int().min(2).max(10_000).optional(),
  capacity: unique(z.enum(["on-demand", "spot"]))
    .min(1)
    .optional(),
  architectures: unique(z.enum(["amd64", "arm64"]))
    .min(1)
    .optional(),
  instanceCategories: unique(z.string().regex(/^[a-z]{1,3}$/, 'use first letters of EC2 families, e.g. "m"'))
    .min(1)
    .optional(),
  instanceTypes: unique(z.string().regex(INSTANCE_TYPE, 'use EC2 instance types, e.g. "m7i.large"')).min(1).optional(),
  diskGib: diskGib.optional(),
});

export const autoModeSchema = schemaOf<AutoMode>()({ autoMode: z.literal(true) });

export const managedNodesSchema = schemaOf<ManagedNodes>()({
  autoMode: z.literal(false).optional(),
  image: z
    .string()
    .regex(/^\d+\.\d+\.\d+-[0-9a-f]{8}$/, 'use a version of Bottlerocket with its build, e.g. "1.50.0-1a2b3c4d"')
    .optional(),
  system: nodeGroup.optional(),
  // Two forms: see `nodeShape`.
  karpenter: z.unknown().optional(),
  groups: z
    .record(z.string().max(30).regex(NAME, "use lower-case letters, digits and hyphens, a letter first"), nodeGroup)
    .refine((groups) => Object.keys(groups).length > 0, "give at least one group: system nodes refuse applications")
    .optional(),
});

const zoneId = z.string().regex(/^[a-z]+\d-az\d$/, 'use zone ids, e.g. "euc1-az1": what a letter means differs');

export const accountId = z.string().regex(/^\d{12}$/, "use the account's twelve digits");
const permissionsBoundary = z
  .string()
  .regex(
    /^arn:aws:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/,
    'use the ARN of an IAM policy, e.g. "arn:aws:iam::123456789012:policy/goldenpath-boundary"',
  );
export const logRetentionDays = z.number().refine((days) => (LOG_RETENTION_DAYS as readonly number[]).includes(days), {
  error: `use one of the periods CloudWatch has: ${LOG_RETENTION_DAYS.join(", ")}`,
});
const stateBucket = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "use 3 to 63 lower-case letters, digits and hyphens");
const clusterName = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{0,99}$/, "use up to 100 letters, digits, hyphens and underscores");

export const madeNetworkSchema = schemaOf<MadeAwsNetwork>()({
  cidr: networkCidr,
  zones: z.array(zoneId).min(MIN_ZONES).max(MAX_ZONES).optional(),
  natGateways: z.enum(["per-zone", "single"]).optional(),
  interfaceEndpoints: z.boolean().optional(),
  flowLogInterval: z.literal(FLOW_LOG_INTERVALS).optional(),
  existing: z.undefined().optional(),
});

const subnetId = z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'use the id of a subnet, e.g. "subnet-0123456789abcdef0"');

/** /16 to /28, as AWS makes subnets. */
const subnet = schemaOf<AwsSubnet>()({
  id: subnetId,
  cidr: networkBlock(16, 28, (value) =>
    cidrsOverlap(value, SERVICE_CIDR) ? `use a block apart from the Services' ${SERVICE_CIDR}` : undefined,
  ),
});

export const existingNetworkSchema = schemaOf<ExistingAwsNetwork>()({
  existing: schemaOf<ExistingVpc>()({
    vpcId: z.string().regex(/^vpc-[0-9a-f]{8,17}$/, 'use the id of a VPC, e.g. "vpc-0123456789abcdef0"'),
    zones: z
      .array(schemaOf<ExistingZone>()({ zone: zoneId, nodes: subnet, data: subnet, loadBalancers: subnetId }))
      .min(MIN_ZONES)
      .max(MAX_ZONES),
  }),
});

export const propsSchema = schemaOf<AwsProps>()({
  region,
  accountId,
  // Two forms: see `networkShape`.
  network: z.unknown(),
  endpoint: endpoint({ cidrs: unique(insideCidr).optional() }, MAX_CALLERS),
  access: access(principal),
  // Two forms: see `nodeShape`.
  nodes: z.unknown().optional(),
  dns: schemaOf<AwsDns>()({ zones: z.array(hostedZone) }).optional(),
  kubernetesVersion: z.enum(KUBERNETES_VERSIONS).optional(),
  controlPlaneLogs: unique(z.enum(CONTROL_PLANE_LOGS)).optional(),
  logRetentionDays: logRetentionDays.optional(),
  permissionsBoundary: permissionsBoundary.optional(),
  policiesByName: z.enum(POLICIES_BY_NAME).optional(),
  s3Addresses: z.enum(S3_ADDRESSES).optional(),
  stateBucket: stateBucket.optional(),
  stateIn: z.enum(["file", "bucket"]).optional(),
  clusterName: clusterName.optional(),
  regionInNames: z.boolean().optional(),
});

export const existingPropsSchema = schemaOf<ExistingAwsProps>()({
  region,
  accountId,
  clusterName: clusterName.optional(),
  regionInNames: z.boolean().optional(),
  dataCidrs: unique(dataBlock("use the private block of a data subnet")).min(1),
  dataSubnetIds: unique(subnetId).min(2).optional(),
  permissionsBoundary: permissionsBoundary.optional(),
  stateBucket,
  autoMode: z.boolean().optional(),
  installed: installed.optional(),
  logRetentionDays: logRetentionDays.optional(),
  policiesByName: z.enum(POLICIES_BY_NAME).optional(),
  s3Addresses: z.enum(S3_ADDRESSES).optional(),
});
