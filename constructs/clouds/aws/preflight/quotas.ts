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
import { at, elementOf, madeIn, madeOf, needOf, numberAt, textAt } from "../../../preflight/stacks";
import { loadBalancersIn } from "../../../teardown/load-balancers";
import type { NodeSupply } from "../../node-supply";
import { VCPUS } from "../node-supply";
import { AFTER_LOGIN, type Asked, regional } from "./ask";

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

/** Families that count together: A, C, D, H, I, M, R, T and Z. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
const STANDARD = /^(?:a|c|d|h|i|im|is|m|r|t|z)\d/;

/** vCPUs of standard machines that run now, but for spot, which has a quota of its own. */
function standardCores(answer: unknown): number {
  if (!Array.isArray(answer)) throw new NotUnderstood("the answer is no list");
  return answer
    .filter((one) => STANDARD.test(textIn(one, "type")) && maybeIn(one, "lifecycle") !== "spot")
    .reduce<number>((sum, one) => sum + numberIn(one, "cores") * numberIn(one, "threads"), 0);
}

const INSTANCES =
  "Reservations[].Instances[].{type: InstanceType, lifecycle: InstanceLifecycle, cores: CpuOptions.CoreCount, threads: CpuOptions.ThreadsPerCore}";

const lengthOf =
  (key: string) =>
  (answer: unknown): number =>
    listIn(answer, key).length;

function quotasOf(asked: Asked, supply: NodeSupply | undefined): Quota[] {
  const { stacks } = asked;
  const ofType = (type: string): readonly Need[] => madeOf(stacks, type).map((one) => needOf(one, `1 of ${type}`));
  const counted = (type: string) => ({ wanted: ofType(type).length, needs: ofType(type) });
  const caches = madeOf(stacks, "aws_elasticache_replication_group").map((one) => {
    const groups = numberAt(one.block, "num_node_groups") ?? 1;
    const each = numberAt(one.block, "num_cache_clusters") ?? (numberAt(one.block, "replicas_per_node_group") ?? 0) + 1;
    return { resource: one, nodes: groups * each };
  });
  const balancers = loadBalancersIn(madeIn(stacks)).map(({ resource }) => needOf(resource, "1 load balancer"));
  const vcpus = supply?.quotas?.find(({ name }) => name === VCPUS);
  return [
    {
      ...{ service: "ec2", code: "L-1216C47A", name: "vCPUs of running on-demand standard instances" },
      wanted: vcpus?.wanted ?? 0,
      needs: vcpuNeeds(asked),
      used: [
        "ec2",
        "describe-instances",
        "--filters",
        "Name=instance-state-name,Values=pending,running",
        "--query",
        INSTANCES,
      ],
      count: standardCores,
    },
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

/** What makes machines: groups of a fixed size, and the pool that Karpenter makes them by. */
function vcpuNeeds({ stacks }: Asked): Need[] {
  const groups = madeOf(stacks, "aws_eks_node_group").map((one) => {
    const types = at(one.block, "instance_types");
    const machine = Array.isArray(types) ? String(types[0]) : "machines";
    return needOf(one, `up to ${numberAt(one.block, "scaling_config", "max_size") ?? "?"} of ${machine}`);
  });
  const karpenter = madeOf(stacks, "helm_release")
    .filter(({ block }) => textAt(block, "name") === "karpenter-objects")
    .map((one): Need => ({
      what: "machines of Karpenter, up to its cpuLimit",
      of: elementOf(one),
      at: `${one.stack.name}: ${one.address}`,
    }));
  return [...groups, ...karpenter];
}

/** What the account may have, of everything that the stacks make and AWS counts. */
export const quotaChecks = (asked: Asked, supply: NodeSupply | undefined): Check[] =>
  quotasOf(asked, supply)
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
