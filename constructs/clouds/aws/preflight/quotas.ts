import {
  answerAt,
  jsonOf,
  listIn,
  maybeIn,
  NotUnderstood,
  numberIn,
  roomFor,
  textIn,
} from "../../../preflight/answers";
import type { Check, Need, Words } from "../../../preflight/check";
import { at, elementOf, madeIn, madeOf, needOf, numberAt, objectsOf, textAt } from "../../../preflight/stacks";
import { loadBalancersIn } from "../../../teardown/load-balancers";
import { AFTER_LOGIN, type Asked, regional } from "./ask";
import { isStandard, type Market, type Vcpus } from "./vcpus";

/** What an account of AWS may have of one thing in a region. */
interface Quota {
  readonly service: string;
  readonly code: string;
  /** `VPCs in the region` */
  readonly name: string;
  readonly wanted: number;
  readonly needs: readonly Need[];
  /** Lists what is in use. */
  readonly used: Words;
  /** Counts it in the answer. @throws NotUnderstood */
  readonly count: (answer: unknown) => number;
}

const PAGE = "https://docs.aws.amazon.com/cli/latest/reference/service-quotas/get-service-quota.html";

/** vCPUs of standard machines that run now, of one market. */
const standardCores =
  (market: Market) =>
  (answer: unknown): number => {
    if (!Array.isArray(answer)) throw new NotUnderstood("the answer is no list");
    return answer
      .filter((one) => isStandard(textIn(one, "type")) && (maybeIn(one, "lifecycle") === "spot") === (market === "spot"))
      .reduce<number>((sum, one) => sum + numberIn(one, "cores") * numberIn(one, "threads"), 0);
  };

const INSTANCES =
  "Reservations[].Instances[].{type: InstanceType, lifecycle: InstanceLifecycle, cores: CpuOptions.CoreCount, threads: CpuOptions.ThreadsPerCore}";

/** Quotas of vCPUs, by how machines are paid for. */
const VCPU_QUOTAS: Readonly<Record<Market, { readonly code: string; readonly name: string }>> = {
  "on-demand": { code: "L-1216C47A", name: "vCPUs of running on-demand standard instances" },
  spot: { code: "L-34B43A08", name: "vCPUs of standard spot instances" },
};

const vcpuQuota = (asked: Asked, market: Market, wanted: number): Quota => ({
  ...{ service: "ec2", ...VCPU_QUOTAS[market], wanted },
  needs: vcpuNeeds(asked, market),
  used: ["ec2", "describe-instances", "--filters", "Name=instance-state-name,Values=pending,running", "--query", INSTANCES],
  count: standardCores(market),
});

const lengthOf =
  (key: string) =>
  (answer: unknown): number =>
    listIn(answer, key).length;

const MARKETS = ["on-demand", "spot"] as const;

function quotasOf(asked: Asked, vcpus: Vcpus | undefined): Quota[] {
  const { stacks } = asked;
  const ofType = (type: string): readonly Need[] => madeOf(stacks, type).map((one) => needOf(one, `1 of ${type}`));
  const counted = (type: string) => ({ wanted: ofType(type).length, needs: ofType(type) });
  const caches = madeOf(stacks, "aws_elasticache_replication_group").map((one) => {
    const groups = numberAt(one.block, "num_node_groups") ?? 1;
    const each = numberAt(one.block, "num_cache_clusters") ?? (numberAt(one.block, "replicas_per_node_group") ?? 0) + 1;
    return { resource: one, nodes: groups * each };
  });
  const balancers = loadBalancersIn(madeIn(stacks)).map(({ resource }) => needOf(resource, "1 load balancer"));
  return [
    ...MARKETS.map((market) => vcpuQuota(asked, market, vcpus?.unknown.length === 0 ? vcpus.wanted[market] : 0)),
    {
      ...{ service: "ec2", code: "L-0263D0A3", name: "Elastic IP addresses" },
      ...counted("aws_eip"),
      used: ["ec2", "describe-addresses"],
      count: lengthOf("Addresses"),
    },
    {
      ...{ service: "vpc", code: "L-F678F1CE", name: "VPCs" },
      ...counted("aws_vpc"),
      used: ["ec2", "describe-vpcs"],
      count: lengthOf("Vpcs"),
    },
    {
      // Of each zone; there is one of ours in a zone at most. What is in use is counted in all zones together: more than there is in any.
      ...{ service: "vpc", code: "L-FE5A380F", name: "NAT gateways of one zone" },
      wanted: Math.min(1, ofType("aws_nat_gateway").length),
      needs: ofType("aws_nat_gateway"),
      used: ["ec2", "describe-nat-gateways", "--filter", "Name=state,Values=pending,available,deleting"],
      count: lengthOf("NatGateways"),
    },
    {
      ...{ service: "eks", code: "L-1194D53C", name: "EKS clusters" },
      ...counted("aws_eks_cluster"),
      used: ["eks", "list-clusters"],
      count: lengthOf("clusters"),
    },
    {
      ...{ service: "elasticloadbalancing", code: "L-69A177A2", name: "Network Load Balancers" },
      ...{ wanted: balancers.length, needs: balancers },
      used: ["elbv2", "describe-load-balancers"],
      count: (answer) => listIn(answer, "LoadBalancers").filter((one) => textIn(one, "Type") === "network").length,
    },
    {
      ...{ service: "rds", code: "L-7B6409FD", name: "DB instances" },
      ...counted("aws_db_instance"),
      used: ["rds", "describe-db-instances"],
      count: lengthOf("DBInstances"),
    },
    {
      ...{ service: "elasticache", code: "L-DFE45DF3", name: "nodes of ElastiCache" },
      wanted: caches.reduce((sum, { nodes }) => sum + nodes, 0),
      needs: caches.map(({ resource, nodes }) => needOf(resource, `${nodes} of them`)),
      used: ["elasticache", "describe-cache-clusters"],
      count: (answer) =>
        listIn(answer, "CacheClusters").reduce<number>((sum, one) => sum + numberIn(one, "NumCacheNodes"), 0),
    },
  ];
}

/** What makes machines of a market: groups of a fixed size, and the pool that Karpenter makes them by. */
function vcpuNeeds({ stacks }: Asked, market: Market): Need[] {
  const groups = madeOf(stacks, "aws_eks_node_group")
    .filter(({ block }) => (textAt(block, "capacity_type") === "SPOT") === (market === "spot"))
    .map((one) => {
      const types = at(one.block, "instance_types");
      const machine = Array.isArray(types) ? types.join(" or ") : "machines";
      return needOf(one, `up to ${numberAt(one.block, "scaling_config", "max_size") ?? "?"} of ${machine}`);
    });
  const karpenter = madeOf(stacks, "helm_release")
    .filter(({ block }) => textAt(block, "name") === "karpenter-objects")
    .filter((one) => objectsOf(one).some(({ kind, body }) => kind === "NodePool" && says(body, market)))
    .map((one): Need => ({
      what: "machines of Karpenter, up to its cpuLimit",
      of: elementOf(one),
      at: `${one.stack.name}: ${one.address}`,
    }));
  return [...groups, ...karpenter];
}

function says(body: unknown, market: Market): boolean {
  return JSON.stringify(body).includes(JSON.stringify(market));
}

/** What the account may have, of everything that the stacks make and AWS counts. */
export const quotaChecks = (asked: Asked, vcpus: Vcpus | undefined): Check[] =>
  quotasOf(asked, vcpus)
    .filter(({ wanted }) => wanted > 0)
    .map(({ service, code, name, wanted, needs, used, count }): Check => ({
      ...AFTER_LOGIN,
      id: `quota/${service}/${code}`,
      kind: "quotas",
      holds: `${wanted} ${name} fit into the quota of ${asked.place.region}`,
      needs,
      ask: [
        regional(asked, "service-quotas", "get-service-quota", "--service-code", service, "--quota-code", code),
        regional(asked, ...used),
      ],
      passes: `Quota.Value is ${wanted} or more beside what the second command counts`,
      otherwise: {
        say: "ask for this many or more, beside what is in use; AWS answers in minutes, or in days",
        run: [
          `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${wanted} --region ${asked.place.region}`,
        ],
      },
      source: PAGE,
      judge: (answers) =>
        roomFor(wanted, {
          limit: numberIn(jsonOf(answerAt(answers, 0)), "Quota", "Value"),
          used: count(jsonOf(answerAt(answers, 1))),
        }),
    }));
