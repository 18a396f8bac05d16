import {
  answerAt,
  complaintOf,
  failed,
  jsonOf,
  judged,
  listIn,
  maybeIn,
  numberIn,
  textIn,
} from "../../../preflight/answers";
import type { Check } from "../../../preflight/check";
import type { ExistingVpc } from "../network-props";
import { AFTER_LOGIN, type Asked, regional } from "./ask";

/** Addresses that have to be free. A load balancer asks for eight, EKS for six, and nodes begin with some pods each. */
const FREE = { nodes: 64, data: 16, loadBalancers: 8 } as const;

type Tier = keyof typeof FREE;

interface Subnet {
  readonly id: string;
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr?: string;
}

const subnetsOf = ({ zones }: ExistingVpc): Subnet[] =>
  zones.flatMap(({ zone, nodes, data, loadBalancers }) => [
    { ...nodes, zone, tier: "nodes" as const },
    { ...data, zone, tier: "data" as const },
    { id: loadBalancers, zone, tier: "loadBalancers" as const },
  ]);

/** What a subnet is not that it was said to be. */
function mistakes(found: unknown, { id, tier, zone, cidr }: Subnet, vpcId: string): string[] {
  const differs = (attribute: string, wanted: string | undefined): string[] => {
    const is = textIn(found, attribute);
    return wanted === undefined || is === wanted ? [] : [`${id} has ${attribute} ${is}, not ${wanted}`];
  };
  const free = numberIn(found, "AvailableIpAddressCount");
  return [
    ...differs("VpcId", vpcId),
    ...differs("AvailabilityZoneId", zone),
    ...differs("CidrBlock", cidr),
    ...(free < FREE[tier] ? [`${id} of ${tier} has ${free} addresses free, and ${FREE[tier]} are needed`] : []),
  ];
}

const CLI = "https://docs.aws.amazon.com/cli/latest/reference/ec2";

/** The VPC that somebody else has made: its subnets, what they lead to, and whether it answers names. */
export function networkChecks(asked: Asked, existing: ExistingVpc): Check[] {
  const { vpcId } = existing;
  const subnets = subnetsOf(existing);
  const common = {
    ...AFTER_LOGIN,
    kind: "network" as const,
    needs: [{ what: `VPC ${vpcId}`, of: asked.environment.name }],
  };
  return [
    {
      ...common,
      id: `network/vpc/${vpcId}`,
      holds: `the VPC ${vpcId} is there, and has DNS support and DNS hostnames on`,
      ask: ["enableDnsSupport", "enableDnsHostnames"].map((attribute) =>
        regional(asked, "ec2", "describe-vpc-attribute", "--vpc-id", vpcId, "--attribute", attribute),
      ),
      passes: "Value of both is true",
      otherwise: {
        say: "its owner turns them on",
        run: [
          `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} --enable-dns-support '{"Value":true}' --region ${asked.place.region}`,
          `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} --enable-dns-hostnames '{"Value":true}' --region ${asked.place.region}`,
        ],
      },
      source: `${CLI}/describe-vpc-attribute.html`,
      judge: (answers) => {
        const first = answerAt(answers, 0);
        if (/InvalidVpcID/.test(first.complaint)) return failed("there is no VPC of that id in the region");
        return judged(
          ["EnableDnsSupport", "EnableDnsHostnames"]
            .filter((attribute, place) => maybeIn(jsonOf(answerAt(answers, place)), attribute, "Value") !== true)
            .map((attribute) => `${attribute} is off`),
          "both are on",
        );
      },
    },
    {
      ...common,
      id: `network/subnets/${vpcId}`,
      holds: `the ${subnets.length} subnets are in their VPC and zones, with their blocks and room in each`,
      ask: [regional(asked, "ec2", "describe-subnets", "--subnet-ids", ...subnets.map(({ id }) => id))],
      passes: `each has the VpcId, AvailabilityZoneId and CidrBlock that the environment says; AvailableIpAddressCount is ${FREE.nodes} or more in those of nodes, ${FREE.data} of data, ${FREE.loadBalancers} of load balancers`,
      otherwise: { say: "correct network.existing.zones, or have the owner of the VPC make larger subnets", run: [] },
      source: `${CLI}/describe-subnets.html`,
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (/InvalidSubnetI[Dd]/.test(answer.complaint)) return failed(complaintOf(answer));
        const found = listIn(jsonOf(answer), "Subnets");
        return judged(
          subnets.flatMap((subnet) => {
            const one = found.find((candidate) => textIn(candidate, "SubnetId") === subnet.id);
            return one === undefined ? [`${subnet.id} is not there`] : mistakes(one, subnet, vpcId);
          }),
          `all ${subnets.length} are`,
        );
      },
    },
    {
      ...common,
      id: `network/routes/${vpcId}`,
      holds: "nodes have a route out that is no internet gateway, and load balancers one that is",
      ask: [regional(asked, "ec2", "describe-route-tables", "--filters", `Name=vpc-id,Values=${vpcId}`)],
      passes:
        "the route table of each subnet, its own or the VPC's main one, has an active route for 0.0.0.0/0: of load balancers to igw-…, of nodes to anything else, as they have no public addresses",
      otherwise: { say: "have the owner of the VPC correct the routes, or give other subnets", run: [] },
      source: `${CLI}/describe-route-tables.html`,
      judge: (answers) => {
        const tables = listIn(jsonOf(answerAt(answers, 0)), "RouteTables");
        return judged(
          subnets.flatMap(({ id, tier }) => {
            if (tier === "data") return [];
            const way = wayOut(tables, id);
            if (way === undefined) return [`${id} of ${tier} has no route out`];
            const toInternet = way.startsWith("igw-");
            if (tier === "nodes" && toInternet)
              return [`${id} of nodes leads to ${way}, which takes public addresses alone`];
            return tier === "loadBalancers" && !toInternet ? [`${id} of load balancers leads to ${way}`] : [];
          }),
          "all have",
        );
      },
    },
  ];
}

const TARGETS = [
  "GatewayId",
  "NatGatewayId",
  "TransitGatewayId",
  "NetworkInterfaceId",
  "VpcPeeringConnectionId",
  "CoreNetworkArn",
];

/** Where a subnet's traffic to the internet goes: the id of what a route leads to. */
function wayOut(tables: readonly unknown[], subnetId: string): string | undefined {
  const associations = (table: unknown): readonly unknown[] => listIn(table, "Associations");
  const own = tables.find((table) => associations(table).some((one) => maybeIn(one, "SubnetId") === subnetId));
  const table = own ?? tables.find((one) => associations(one).some((entry) => maybeIn(entry, "Main") === true));
  if (table === undefined) return undefined;
  const route = listIn(table, "Routes").find(
    (one) => maybeIn(one, "DestinationCidrBlock") === "0.0.0.0/0" && maybeIn(one, "State") === "active",
  );
  return TARGETS.map((target) => maybeIn(route, target)).find((target): target is string => typeof target === "string");
}
