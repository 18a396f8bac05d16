import type { Check, CloudChecks } from "../../../preflight/check";
import { KUBECTL } from "../../../preflight/kubectl";
import { wantedSecrets } from "../../../preflight/secrets";
import { madeOf, type WrittenStack } from "../../../preflight/stacks";
import type { CloudEnvironment } from "../../cloud";
import type { ExistingAwsProps } from "../existing";
import { clusterName } from "../names";
import { isMade } from "../network-props";
import { nodeSupply } from "../node-supply";
import type { AwsProps } from "../props";
import { type Asked, loginCheck } from "./ask";
import { importChecks } from "./imports";
import { nameChecks } from "./names";
import { networkChecks } from "./network";
import { offerChecks } from "./offers";
import { quotaChecks } from "./quotas";
import { rightsChecks, serviceRoleCheck } from "./rights";
import { contextCheck, existingChecks, identityCheck, secretChecks, zoneChecks } from "./there";
import { type Vcpus, vcpusOf } from "./vcpus";

const UNASKED = [
  "what policies of the organization forbid on conditions: the simulator of IAM leaves them out",
  "how many brokers of Amazon MQ, keys, roles, buckets and volumes the account may still have: they are compared with nothing here",
];

const UNASKED_NETWORK = [
  "what network ACLs of the VPC refuse, and whether a way out that is no NAT gateway lets nodes reach registries and AWS: nobody here knows its rules",
];

/** What an AWS account has to have before an environment of its own is deployed. */
export function preflight(
  props: AwsProps,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks {
  const { network } = props;
  const zones = isMade(network) ? [] : network.existing.zones.map(({ zone }) => zone);
  const asked: Asked = { environment, stacks, place: props, zones };
  const { deployers } = props.access;
  const vcpus = vcpusOf(props, environment);
  const { unbounded } = nodeSupply(props, environment);
  return {
    checks: [
      loginCheck(asked),
      ...rightsChecks(asked, deployers),
      ...serviceRoleCheck(asked, deployers),
      ...quotaChecks(asked, vcpus),
      ...offerChecks(asked),
      ...nameChecks(asked),
      ...importChecks(asked, {
        cluster: clusterName(environment, props),
        ...(!isMade(network) && { dataSubnets: network.existing.zones.map(({ data }) => data.id) }),
      }),
      ...(isMade(network) ? [] : networkChecks(asked, network.existing)),
      ...zoneChecks(asked, props.dns?.zones ?? []),
      ...secretChecks(asked, wantedSecrets(environment)),
    ],
    unasked: [
      ...(unbounded === undefined ? [] : [`vCPUs: ${unbounded}`]),
      ...uncounted(vcpus),
      ...(isMade(network) ? [] : UNASKED_NETWORK),
      ...UNASKED,
    ],
  };
}

function uncounted(vcpus: Vcpus | undefined): string[] {
  return vcpus === undefined || vcpus.unknown.length === 0
    ? []
    : [`vCPUs: nobody here knows how many ${vcpus.unknown.join(", ")} has, or by which quota it is counted`];
}

/** What is asked of a cluster whose platform is somebody else's. In Auto Mode the agent is a part of it. */
const othersChecks = (asked: Asked, { autoMode }: ExistingAwsProps, cluster: string): Check[] => [
  contextCheck(asked, cluster),
  ...(autoMode === true || madeOf(asked.stacks, "aws_eks_pod_identity_association").length === 0
    ? []
    : [identityCheck(asked, cluster)]),
];

/** The same where another program has made the cluster. */
export function existingPreflight(
  props: ExistingAwsProps,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks {
  const asked: Asked = { environment, stacks, place: props };
  return {
    checks: [
      loginCheck(asked),
      ...quotaChecks(asked, undefined),
      ...offerChecks(asked),
      ...nameChecks(asked),
      ...importChecks(asked, {
        cluster: clusterName(environment, props),
        ...(props.dataSubnetIds !== undefined && { dataSubnets: props.dataSubnetIds }),
      }),
      ...secretChecks(asked, wantedSecrets(environment)),
      ...(props.installed === undefined ? [] : othersChecks(asked, props, clusterName(environment, props))),
      ...existingChecks(asked, { cluster: clusterName(environment, props), bucket: props.stateBucket }),
    ],
    cluster: { options: [], after: [KUBECTL] },
    unasked: ["rights of who deploys: nobody here knows who that is, where the cluster is somebody else's", ...UNASKED],
  };
}
