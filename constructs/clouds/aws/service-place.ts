import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { check } from "../../model/schema";
import { schemaOf } from "../../model/schema-of";
import type { ServicePlace } from "../service-place";
import { dataBlock, unique } from "../shared/fields";
import { provideAlone } from "../shared/provide";
import { reference, references } from "../shared/references";
import type { LogRetentionDays } from "./props";
import { createServices } from "./provide";
import { type AwsRegion, PARTITION } from "./regions";
import { accountId, logRetentionDays, region } from "./schema";
import { askedOf, AWS_SERVICES } from "./services/provisioners";

/** Where on AWS single data services are made. The provider is the stack's own, for this region and account. */
export interface AwsServicesProps {
  readonly region: AwsRegion;
  /** Twelve digits. */
  readonly accountId: string;
  /** The network of services that are reached by it, all but buckets. @default - buckets alone */
  readonly network?: ServiceNetwork;
  /** Days that logs of services are kept. @default 365 */
  readonly logRetentionDays?: LogRetentionDays;
}

/** A network that exists, by ids or references to them. */
export interface ServiceNetwork {
  readonly vpcId: string;
  /** Subnets of two zones at least; of three for a RabbitMQ with a standby. */
  readonly subnetIds: string[];
  /** Security group of whoever may connect, such as that of a cluster's nodes. */
  readonly clientSecurityGroupId: string;
  /** Blocks of these subnets, for network policies of who connects. @default - none are known */
  readonly cidrs?: readonly string[];
}

const SCHEMA = schemaOf<AwsServicesProps>()({
  region,
  accountId,
  network: schemaOf<ServiceNetwork>()({
    vpcId: reference(/^vpc-[0-9a-f]{8,17}$/, 'use the id of a VPC, e.g. "vpc-0123456789abcdef0"'),
    subnetIds: references(/^subnet-[0-9a-f]{8,17}$/, "use the ids of two subnets or more, or a reference to a list", 2),
    clientSecurityGroupId: reference(
      /^sg-[0-9a-f]{8,17}$/,
      'use the id of a security group, e.g. "sg-0123456789abcdef0"',
    ),
    cidrs: unique(dataBlock("use the private block of a subnet")).optional(),
  }).optional(),
  logRetentionDays: logRetentionDays.optional(),
});

const LOG_RETENTION_DAYS = 365;

function networkProblems({ network }: AwsServicesProps, { services }: ResolvedApplication, path: Path): Problem[] {
  if (network !== undefined) return [];
  return services
    .filter(({ service }) => service.kind !== "bucket")
    .map(({ service: { kind } }) => ({
      path: [...path, "network"],
      why: `missing, and ${kind} has its address in one`,
      fix: "give { vpcId, subnetIds, clientSecurityGroupId }",
    }));
}

/** A part of AWS for single data services: `place: awsServices({...})`. */
export const awsServices = (props: AwsServicesProps): ServicePlace => ({
  title: "AWS",
  get where() {
    return [props.accountId, props.region];
  },
  ...AWS_SERVICES.option,
  problems: (path) => check(SCHEMA, props, path, { elsewhere: ["network"] }),
  applicationProblems: (application, path) => [
    ...AWS_SERVICES.problems(application, askedOf({ ...props, autoMode: false }), path),
    ...networkProblems(props, application, [...path, "place"]),
  ],
  provideAlone: (scope, application) => {
    const { network, region: name, accountId: account, logRetentionDays: days = LOG_RETENTION_DAYS } = props;
    const { vpcId = "", subnetIds = [], clientSecurityGroupId = "", cidrs = [] } = network ?? {};
    const lookup = {
      ...{ region: name, accountId: account, partition: PARTITION },
      ...{ vpcId, dataSubnetIds: subnetIds, clusterSecurityGroupId: clientSecurityGroupId },
    };
    return provideAlone(scope, application, (stack, owner) =>
      createServices(stack, { lookup, application: owner, dataCidrs: cidrs, logRetentionDays: days }),
    );
  },
});
