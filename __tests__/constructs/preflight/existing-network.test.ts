import type { EnvironmentSpec } from "../../../constructs/environment";
import { NotUnderstood } from "../../../constructs/preflight/answers";
import type { Answer, Check, Finding } from "../../../constructs/preflight/check";
import { environments } from "../../../environments";
import { EXISTING_VPC, ON_EXISTING, type OnExisting } from "../../support/existing-networks";
import { fails, ok } from "../../support/preflight/answers";
import { check, checklistOf } from "../../support/preflight/checklists";

/* What is asked of a network that somebody else has made, before anything is deployed into it. Answers have the form of the vendors' programs. */

const SHIPPED = { aws: "staging", google: "gke-staging", azure: "aks-staging" } as const;

function spec(name: OnExisting["name"], form: "existing" | "made" = "existing"): EnvironmentSpec {
  const on = ON_EXISTING.find((one) => one.name === name);
  const shipped = environments.find((one) => one.name === SHIPPED[name]);
  if (on === undefined || shipped === undefined) throw new Error(name);
  return { ...shipped, cloud: on[form] };
}

const found: Partial<Record<OnExisting["name"], readonly Check[]>> = {};
const networkChecks = (name: OnExisting["name"]): readonly Check[] =>
  (found[name] ??= checklistOf(spec(name)).checks.filter(({ kind }) => kind === "network"));

function finding(name: OnExisting["name"], id: string, ...answers: readonly Answer[]): Finding {
  const one = check({ environment: "", unasked: [], checks: networkChecks(name) }, id);
  expect(one.ask).toHaveLength(answers.length);
  try {
    return one.judge(answers);
  } catch (error) {
    if (error instanceof NotUnderstood) return { verdict: "unclear", found: error.message };
    throw error;
  }
}

describe("on AWS", () => {
  const subnet = (id: string, zone: string, block: string | undefined, free = 200) => ({
    SubnetId: id,
    VpcId: EXISTING_VPC.vpcId,
    AvailabilityZoneId: zone,
    CidrBlock: block ?? "10.40.200.0/28",
    AvailableIpAddressCount: free,
  });
  const subnets = EXISTING_VPC.zones.flatMap(({ zone, nodes, data, loadBalancers }) => [
    subnet(nodes.id, zone, nodes.cidr),
    subnet(data.id, zone, data.cidr, 16),
    subnet(loadBalancers, zone, undefined, 8),
  ]);
  const changed = (id: string, change: object): Answer =>
    ok({ Subnets: subnets.map((one) => (one.SubnetId === id ? { ...one, ...change } : one)) });

  const table = (ids: readonly string[], target: object, main = false) => ({
    Associations: [...(main ? [{ Main: true }] : []), ...ids.map((SubnetId) => ({ Main: false, SubnetId }))],
    Routes: [
      { DestinationCidrBlock: "10.40.0.0/16", GatewayId: "local", State: "active" },
      { DestinationCidrBlock: "0.0.0.0/0", State: "active", ...target },
    ],
  });
  const publics = EXISTING_VPC.zones.map(({ loadBalancers }) => loadBalancers);
  const nodes = EXISTING_VPC.zones.map((zone) => zone.nodes.id);
  const routes = (...tables: readonly object[]): Answer => ok({ RouteTables: tables });
  const toInternet = table(publics, { GatewayId: "igw-1" });

  const VPC = `network/vpc/${EXISTING_VPC.vpcId}`;
  const SUBNETS = `network/subnets/${EXISTING_VPC.vpcId}`;
  const ROUTES = `network/routes/${EXISTING_VPC.vpcId}`;
  const on = (name: string, Value: boolean) => ok({ VpcId: EXISTING_VPC.vpcId, [name]: { Value } });

  test.each<[string, readonly Answer[], Finding["verdict"], RegExp]>([
    [VPC, [on("EnableDnsSupport", true), on("EnableDnsHostnames", true)], "passed", /both are on/],
    [VPC, [on("EnableDnsSupport", true), on("EnableDnsHostnames", false)], "failed", /EnableDnsHostnames is off/],
    [
      VPC,
      [fails("(InvalidVpcID.NotFound)", 254), fails("(InvalidVpcID.NotFound)", 254)],
      "failed",
      /no VPC of that id/,
    ],
    [VPC, [fails("(UnauthorizedOperation)", 254), ok({})], "unclear", /UnauthorizedOperation/],
    [SUBNETS, [ok({ Subnets: subnets })], "passed", /all 9 are/],
    [SUBNETS, [ok({ Subnets: subnets.slice(1) })], "failed", /subnet-11111111a is not there/],
    [SUBNETS, [fails("(InvalidSubnetID.NotFound): 'subnet-1'", 254)], "failed", /InvalidSubnetID/],
    [
      SUBNETS,
      [changed("subnet-22222222b", { CidrBlock: "10.40.5.0/24" })],
      "failed",
      /CidrBlock 10\.40\.5\.0\/24, not 10\.40\.129\.0\/24/,
    ],
    [
      SUBNETS,
      [changed("subnet-33333333c", { AvailableIpAddressCount: 7 })],
      "failed",
      /of loadBalancers has 7 addresses free, and 8/,
    ],
    [
      SUBNETS,
      [changed("subnet-33333333a", { AvailabilityZoneId: "euc1-az1" })],
      "failed",
      /AvailabilityZoneId euc1-az1/,
    ],
    [ROUTES, [routes(toInternet, table(nodes, { NatGatewayId: "nat-1" }))], "passed", /all have/],
    [ROUTES, [routes(toInternet, table([], { TransitGatewayId: "tgw-1" }, true))], "passed", /all have/],
    [ROUTES, [routes(toInternet)], "failed", /subnet-11111111a of nodes has no route out/],
    [
      ROUTES,
      [routes(toInternet, table(nodes, { NatGatewayId: "nat-1", State: "blackhole" }))],
      "failed",
      /has no route out/,
    ],
    [ROUTES, [routes(table([...publics, ...nodes], { GatewayId: "igw-1" }))], "failed", /of nodes leads to igw-1/],
    [
      ROUTES,
      [routes(table([...publics, ...nodes], { NatGatewayId: "nat-1" }))],
      "failed",
      /of load balancers leads to nat-1/,
    ],
  ])("%s %#", (id, answers, verdict, words) => {
    expect(finding("aws", id, ...answers)).toEqual({ verdict, found: expect.stringMatching(words) as string });
  });

  test("machines are asked for in the zones that were given", () => {
    const offered = checklistOf(spec("aws")).checks.filter(({ id }) => id.startsWith("offers/ec2/"));
    expect(offered.map(({ holds }) => holds).join()).toContain("euc1-az1, euc1-az2, euc1-az3");
  });
});

describe("on Google Cloud", () => {
  const NETWORK = "https://www.googleapis.com/compute/v1/projects/network-host/global/networks/spoke";
  const nodes = {
    network: NETWORK,
    ipCidrRange: "10.40.0.0/22",
    privateIpGoogleAccess: true,
    secondaryIpRanges: [
      { rangeName: "gke-pods", ipCidrRange: "10.44.0.0/15" },
      { rangeName: "gke-services", ipCidrRange: "10.46.0.0/20" },
    ],
  };
  const range = { address: "10.48.0.0", prefixLength: 20, purpose: "VPC_PEERING", network: NETWORK };
  const peering = [
    { service: "services/servicenetworking.googleapis.com", reservedPeeringRanges: ["private-services"] },
  ];
  const rule = (change: object) => [
    {
      direction: "INGRESS",
      disabled: false,
      sourceRanges: ["10.40.4.0/28"],
      allowed: [{ IPProtocol: "tcp", ports: ["8443", "9443"] }],
      ...change,
    },
  ];

  test.each<[string, readonly Answer[], Finding["verdict"], RegExp]>([
    ["network/subnet/gke-nodes", [ok(nodes)], "passed", /it has/],
    [
      "network/subnet/gke-nodes",
      [ok({ ...nodes, privateIpGoogleAccess: false })],
      "failed",
      /Private Google Access is off/,
    ],
    [
      "network/subnet/gke-nodes",
      [ok({ ...nodes, secondaryIpRanges: undefined })],
      "failed",
      /no secondary range gke-pods; it has no secondary range gke-services/,
    ],
    [
      "network/subnet/gke-nodes",
      [fails("ERROR: Could not fetch resource: The resource was not found", 1)],
      "failed",
      /not found/,
    ],
    [
      "network/subnet/gke-nodes",
      [fails("ERROR: Required 'compute.subnetworks.get' permission", 1)],
      "unclear",
      /permission/,
    ],
    ["network/subnet/gke-control-plane", [ok({ network: NETWORK, ipCidrRange: "10.40.4.0/28" })], "passed", /it is/],
    [
      "network/subnet/gke-control-plane",
      [ok({ network: `${NETWORK}-2`, ipCidrRange: "10.40.4.0/28" })],
      "failed",
      /network is .*spoke-2/,
    ],
    ["network/services/private-services", [ok(range), ok(peering)], "passed", /10\.48\.0\.0\/20/],
    ["network/services/private-services", [ok(range), ok([])], "failed", /no connection to private services has it/],
    [
      "network/services/private-services",
      [ok({ ...range, prefixLength: 24 }), ok(peering)],
      "failed",
      /it is 10\.48\.0\.0\/24/,
    ],
    ["network/nat/spoke", [ok([{ network: NETWORK, nats: [{ name: "nat" }] }])], "passed", /it has one/],
    [
      "network/nat/spoke",
      [ok([{ network: NETWORK }, { network: `${NETWORK}-2`, nats: [{ name: "nat" }] }])],
      "unclear",
      /may be another way out/,
    ],
    ["network/webhooks/spoke", [ok(rule({}))], "passed", /a rule does/],
    [
      "network/webhooks/spoke",
      [ok(rule({ allowed: [{ IPProtocol: "tcp", ports: ["8000-9999"] }] }))],
      "passed",
      /a rule does/,
    ],
    ["network/webhooks/spoke", [ok(rule({ allowed: [{ IPProtocol: "all" }] }))], "passed", /a rule does/],
    [
      "network/webhooks/spoke",
      [ok(rule({ allowed: [{ IPProtocol: "tcp", ports: ["8443"] }] }))],
      "unclear",
      /no rule names/,
    ],
    ["network/webhooks/spoke", [ok(rule({ disabled: true }))], "unclear", /no rule names/],
    ["network/shared/network-host", [ok({ name: "network-host" })], "passed", /network-host/],
    ["network/shared/network-host", [ok({})], "failed", /attached to none/],
  ])("%s %#", (id, answers, verdict, words) => {
    expect(finding("google", id, ...answers)).toEqual({ verdict, found: expect.stringMatching(words) as string });
  });
});

describe("on Azure", () => {
  const block = (addressPrefix: string, more: object) => ok({ addressPrefix, ...more });
  const delegated = (...names: readonly string[]) => ({ delegations: names.map((serviceName) => ({ serviceName })) });
  const MYSQL = "Microsoft.DBforMySQL/flexibleServers";
  const AKS = "Microsoft.ContainerService/managedClusters";

  test.each<[string, readonly Answer[], Finding["verdict"], RegExp]>([
    ["network/vnet/spoke", [ok({ location: "germanywestcentral" })], "passed", /germanywestcentral/],
    ["network/vnet/spoke", [ok({ location: "westeurope" })], "failed", /it is in westeurope/],
    ["network/vnet/spoke", [fails("(ResourceNotFound) The Resource was not found.", 3)], "failed", /not found/],
    ["network/subnet/aks-nodes", [block("10.40.0.0/22", { routeTable: { id: "/x" } })], "passed", /10\.40\.0\.0\/22/],
    [
      "network/subnet/aks-nodes",
      [block("10.40.0.0/22", { natGateway: { id: "/x" } })],
      "failed",
      /it has no routeTable/,
    ],
    ["network/subnet/aks-api", [block("10.40.4.0/28", delegated(AKS))], "passed", /10\.40\.4\.0\/28/],
    ["network/subnet/aks-api", [block("10.40.4.0/28", delegated())], "failed", /delegated to nobody/],
    ["network/subnet/mysql-servers", [block("10.40.6.0/26", delegated(MYSQL))], "passed", /10\.40\.6\.0\/26/],
    [
      "network/subnet/mysql-servers",
      [block("10.40.6.0/26", delegated(AKS))],
      "failed",
      /delegated to Microsoft\.ContainerService/,
    ],
    [
      "network/subnet/mysql-servers",
      [ok({ addressPrefixes: ["10.40.6.0/26", "10.40.7.0/26"], ...delegated(MYSQL) })],
      "failed",
      /it has 10\.40\.6\.0\/26, 10\.40\.7\.0\/26/,
    ],
    [
      "network/subnet/private-endpoints",
      [block("10.40.5.0/24", { serviceEndpoints: [{ service: "Microsoft.Storage" }] })],
      "passed",
      /10\.40\.5\.0\/24/,
    ],
    ["network/subnet/private-endpoints", [block("10.40.5.0/24", {})], "failed", /no service endpoint/],
  ])("%s %#", (id, answers, verdict, words) => {
    expect(finding("azure", id, ...answers)).toEqual({ verdict, found: expect.stringMatching(words) as string });
  });
});

test.each(ON_EXISTING)("on $name nothing is asked of a network that is made", ({ name }) => {
  const { checks } = checklistOf(spec(name, "made"));
  expect(checks.filter(({ kind }) => kind === "network")).toEqual([]);
});
