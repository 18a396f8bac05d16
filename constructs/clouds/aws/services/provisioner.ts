import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Id } from "@cdktf/provider-random/lib/id";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName, type NameRule } from "../../../model/names";
import type { Service } from "../../../model/service";
import type { DescribeRequest, Provisioner, ProvisionRequest } from "../../../services/provisioner";
import type { ResourceFacts, ResourceTypes } from "../../../services/resource-facts";
import { dottedName } from "../../shared/dotted-name";
import { ensureRandomProvider } from "../../shared/providers";
import type { CloudKindFacts, CloudPlace, ServiceNames } from "../../shared/provisioner";
import type { AlarmTopic } from "../alarms/topic";
import type { Copies } from "../copies";
import type { Statement } from "../iam";
import type { ServiceLookup } from "../lookup";
import { AWS_NAMES } from "../names";
import type { AwsRegion } from "../regions";

/** What AWS is asked by, before anything exists. */
export interface AwsLiterals {
  readonly region: AwsRegion;
  readonly accountId: string;
}

/** What AWS creates a service with. */
export interface AwsGiven {
  readonly lookup: ServiceLookup;
  /** Blocks of the subnets in `lookup.dataSubnetIds`, for the network policy. */
  readonly dataCidrs: readonly string[];
  /** Blocks at which S3 answers, for the network policy: literals, or a reference to a list. */
  readonly s3: { readonly cidrs: readonly string[] };
  /** ARN of the application's key. */
  readonly keyArn: string;
  /** The key itself, which what it encrypts has to be gone before. */
  readonly key: ITerraformDependable;
  /** Where copies in a second region go. @default - none are made */
  readonly copies?: Copies;
  readonly logRetentionDays: number;
  /** Makes, with the first alarm, where alarms of the application go. @default - nobody is told */
  readonly alarmTopic?: () => AlarmTopic;
  readonly tags: Record<string, string>;
}

/** What is known of a type of resource on AWS. */
export interface AwsResourceFacts extends ResourceFacts {
  /** How IAM calls its service: `sqs`. An apply may do everything in it. */
  readonly service: string;
  /** An action by which it is made: `sqs:CreateQueue`. */
  readonly makes: string;
  /** First words of the actions by which the provider reads what the service keeps, and not what is inside. @default Describe and List */
  readonly reads?: readonly string[];
  /** Roles by which the service acts, which AWS makes at its first use in an account. @default - none */
  readonly serviceRoles?: readonly { readonly role: string; readonly service: string }[];
}

/** What an account has to have for services of a kind. */
export interface AwsKindFacts extends CloudKindFacts {
  readonly resources?: ResourceTypes<AwsResourceFacts>;
}

/** AWS as a place of services. Grants are statements for the roles of workloads. */
export interface AwsPlace extends CloudPlace<AwsLiterals, AwsGiven, Statement> {
  readonly facts: AwsKindFacts;
}

declare module "../../../services/provisioner" {
  interface Places {
    readonly aws: AwsPlace;
  }
}

/** How AWS provides one kind of service. One file each beside this one; `provisioners.ts` is the table. */
export type AwsProvisioner<S extends Service> = Provisioner<S, AwsPlace>;

export type AwsDescribeRequest<S extends Service> = DescribeRequest<S, AwsPlace>;

export type AwsRequest<S extends Service> = ProvisionRequest<S, AwsPlace>;

export type ProvidedService = AwsPlace["provided"];

/**
 * `staging-my-app-orders-db`, shortened where AWS takes less. For kinds of name that have room for hyphens only: AWS
 * refuses the second of two services that come to one name.
 */
export function serviceName(names: ServiceNames, rule: NameRule, ...suffix: readonly string[]): string {
  return fitName([names.environment, names.application, names.name, ...suffix], rule);
}

/** Length of what `finalSnapshotName` puts behind a name. */
const FINAL = "-final-12345678".length;

/**
 * `staging-my-app-orders-db-final-1a2b3c4d`, of a service that is protected. Drawn with the service, as the snapshot outlives
 * it and would refuse its own name to the one of the next service that is called so.
 */
export function finalSnapshotName(
  scope: Construct,
  request: AwsRequest<Service>,
  { max }: NameRule,
): string | undefined {
  if (!request.protectedEnvironment) return undefined;
  ensureRandomProvider(scope);
  const { hex } = new Id(scope, "FinalSnapshot", { byteLength: 4 });
  return `${serviceName(request, { max: max - FINAL })}-final-${hex}`;
}

/** Hour of the daily backup, in UTC. */
export const BACKUP_WINDOW = "02:00-03:00";

/** Reached from the cluster's pods on the given ports, and itself reaching nothing. Returns the group's id. */
export function createSecurityGroup(
  scope: Construct,
  request: AwsRequest<Service>,
  port: number,
  ...more: readonly number[]
): string {
  const here = new Construct(scope, "SecurityGroup");
  const { application, environment, name } = request;
  const group = new SecurityGroup(here, "Default", {
    // Groups of every kind share the VPC's names.
    name: dottedName([environment, application, name], AWS_NAMES.securityGroup),
    description: `Service ${name} of ${application} in ${environment}`,
    vpcId: request.lookup.vpcId,
    tags: request.tags,
  });
  for (const open of [port, ...more]) {
    new VpcSecurityGroupIngressRule(here, open === port ? "FromCluster" : `FromCluster-${open}`, {
      securityGroupId: group.id,
      description: "Pods; which ones is said by their network policies",
      referencedSecurityGroupId: request.lookup.clusterSecurityGroupId,
      ipProtocol: "tcp",
      fromPort: open,
      toPort: open,
      tags: request.tags,
    });
  }
  return group.id;
}
