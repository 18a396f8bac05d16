import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Id } from "@cdktf/provider-random/lib/id";
import { Construct } from "constructs";
import { fitName, type NameRule } from "../../../model/names";
import type { Path, Problem } from "../../../model/problem";
import type { ResolvedSizing, Service } from "../../../model/service";
import { ensureRandomProvider } from "../../shared/providers";
import type { ProvidedService as Provided, ServiceWish } from "../../shared/service";
import type { ServiceTraits } from "../../traits";
import type { Statement } from "../iam";
import type { AwsLookup } from "../lookup";
import { dottedName } from "../../shared/dotted-name";
import { AWS_NAMES } from "../names";
import type { AwsRegion } from "../regions";

/** How AWS provides one kind of service. One file each beside this one; `cells.ts` is the table. */
export interface Cell<S extends Service> {
  /** What of a valid service AWS does not offer. `path` is the service's own. @default - it offers everything */
  problems?(wanted: Wanted<S>, path: Path): Problem[];
  /** What `provide` would create, in facts that people compare. */
  describe(asked: Asked<S>): ServiceTraits;
  /** Creates it under `scope`, which is the service's alone. */
  provide(scope: Construct, request: ServiceRequest<S>): ProvidedService;
}

export interface Wanted<S extends Service> {
  readonly service: S;
  readonly sizing: ResolvedSizing;
  readonly region: AwsRegion;
}

export interface Asked<S extends Service> extends Wanted<S>, ServiceNames {
  readonly accountId: string;
}

/** What the name of a service's resource is made of. */
export type ServiceNames = Pick<ServiceWish<Service>, "environment" | "application" | "name">;

export interface ServiceRequest<S extends Service> extends ServiceWish<S> {
  readonly lookup: AwsLookup;
  /** Blocks of the subnets in `lookup.dataSubnetIds`, for the network policy. */
  readonly dataCidrs: readonly string[];
  /** Blocks at which S3 answers, for the network policy: literals, or a reference to a list. */
  readonly s3: { readonly cidrs: readonly string[] };
  /** ARN of the application's key. */
  readonly keyArn: string;
  readonly logRetentionDays: number;
  readonly tags: Record<string, string>;
}

/** Its grants are statements for the roles of workloads. */
export type ProvidedService = Provided<Statement>;

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
  request: ServiceRequest<Service>,
  { max }: NameRule,
): string | undefined {
  if (!request.protectedEnvironment) return undefined;
  ensureRandomProvider(scope);
  const { hex } = new Id(scope, "FinalSnapshot", { byteLength: 4 });
  return `${serviceName(request, { max: max - FINAL })}-final-${hex}`;
}

/** Sunday, an hour and a half after the backup has begun, in UTC. */
export const BACKUP_WINDOW = "02:00-03:00";
export const MAINTENANCE_WINDOW = "sun:03:30-sun:04:30";

/** Reached from the cluster's pods on the given ports, and itself reaching nothing. Returns the group's id. */
export function createSecurityGroup(
  scope: Construct,
  request: ServiceRequest<Service>,
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
