import { aws, type AwsProps } from "../../../../constructs/clouds/aws";
import { AWS_REGIONS, defaultZones, isRegion } from "../../../../constructs/clouds/aws/regions";
import { formatProblem } from "../../../../constructs/model/problem";
import { AWS_PROPS } from "../../../support/aws-environment";

const lines = (props: unknown): string[] =>
  aws(props as AwsProps)
    .problems(["cloud"])
    .map(formatProblem);

const changed = (change: object): string[] => lines({ ...AWS_PROPS, ...change });
const network = (change: object) => ({ network: { ...AWS_PROPS.network, ...change } });
const access = (change: object) => ({ access: { ...AWS_PROPS.access, ...change } });
const GROUP = { instanceTypes: ["m7i.large"], min: 1, max: 3 };
const karpenter = (pool: unknown) => ({ nodes: { karpenter: pool } });
const ROLE = "arn:aws:iam::123456789012:role";

test("valid input has no problems, and gives its network for comparison", () => {
  expect(lines(AWS_PROPS)).toEqual([]);
  expect(aws(AWS_PROPS).networkCidrs).toEqual(["10.10.0.0/16"]);
  expect(
    changed({
      network: { cidr: "172.16.0.0/20", zones: ["euc1-az1", "euc1-az2", "euc1-az3"], natGateways: "single" },
      endpoint: { access: "allow-list", cidrs: ["203.0.113.7/32"] },
      nodes: {
        system: GROUP,
        groups: { general: GROUP, arm: { ...GROUP, instanceTypes: ["m7g.large", "c7gn.xlarge"] } },
      },
      dns: { zones: [{ name: "example.com", id: "Z0123456789ABCDEFGHIJ" }] },
      logRetentionDays: 365,
      kubernetesVersion: "1.35",
    }),
  ).toEqual([]);
  expect(changed({ nodes: { autoMode: true } })).toEqual([]);
  expect(changed(karpenter(false))).toEqual([]);
  expect(changed(karpenter({}))).toEqual([]);
  const pool = { cpuLimit: 64, capacity: ["spot", "on-demand"], architectures: ["arm64"], diskGib: 50 };
  expect(changed(karpenter({ ...pool, instanceCategories: ["m", "hpc"] }))).toEqual([]);
  expect(changed(karpenter({ ...pool, instanceTypes: ["m7g.large"] }))).toEqual([]);
});

test.each<[string, object, string]>([
  ["a misspelt region", { region: "eu-centrl-1" }, 'cloud.region: got "eu-centrl-1"; use one of af-south-1,'],
  ["the region meant", { region: "eu-centrl-1" }, '(did you mean "eu-central-1"?)'],
  ["a region with two zones", { region: "us-west-1" }, 'cloud.region: got "us-west-1"; use one of'],
  ["no region", { region: undefined }, "cloud.region: missing; give a string"],
  ["a short account id", { accountId: "12345" }, `cloud.accountId: got "12345"; use the account's twelve digits`],
  ["an account id that is a number", { accountId: 123456789012 }, "cloud.accountId: got 123456789012; use a string"],
  [
    "an unknown field",
    { regoin: "eu-central-1" },
    'cloud.regoin: unknown field; remove it or correct its name (did you mean "region"?)',
  ],
  [
    "host bits",
    network({ cidr: "10.10.1.0/16" }),
    'cloud.network.cidr: got "10.10.1.0/16"; use an IPv4 block whose host bits are zero',
  ],
  ["no prefix", network({ cidr: "10.10.0.0" }), 'cloud.network.cidr: got "10.10.0.0"; use an IPv4 block'],
  [
    "a network too large",
    network({ cidr: "10.0.0.0/8" }),
    'cloud.network.cidr: got "10.0.0.0/8"; use a block of /16 to /20',
  ],
  ["a network too small", network({ cidr: "10.0.0.0/24" }), "use a block of /16 to /20"],
  ["a public network", network({ cidr: "8.8.0.0/16" }), "use a private block"],
  ["the Services' block", network({ cidr: "172.20.16.0/20" }), "use a block apart from the Services' 172.20.0.0/16"],
  [
    "two zones",
    network({ zones: ["euc1-az1", "euc1-az2"] }),
    'cloud.network.zones: got ["euc1-az1","euc1-az2"]; use at least 3 entries',
  ],
  [
    "a zone's letter",
    network({ zones: ["euc1-az1", "euc1-az2", "eu-central-1c"] }),
    'cloud.network.zones[2]: got "eu-central-1c"; use zone ids',
  ],
  [
    "another region's zone",
    network({ zones: ["euc1-az1", "euc1-az2", "euw1-az1"] }),
    'cloud.network.zones[2]: got "euw1-az1", not a zone of eu-central-1; use zone ids that begin with "euc1-az"',
  ],
  [
    "a zone twice",
    network({ zones: ["euc1-az1", "euc1-az2", "euc1-az1"] }),
    'cloud.network.zones[2]: got "euc1-az1", given twice',
  ],
  [
    "unknown NAT",
    network({ natGateways: "none" }),
    'cloud.network.natGateways: got "none"; use "per-zone" or "single"',
  ],
  ["no endpoint", { endpoint: undefined }, "cloud.endpoint: "],
  ["an unknown endpoint", { endpoint: { access: "public" } }, 'use { access: "private" } or { access: "allow-list"'],
  [
    "an open endpoint",
    { endpoint: { access: "allow-list", cidrs: ["0.0.0.0/0"] } },
    'cloud.endpoint.cidrs[0]: got "0.0.0.0/0"; name the blocks',
  ],
  ["half the world", { endpoint: { access: "allow-list", cidrs: ["128.0.0.0/1"] } }, "this opens the API to the world"],
  [
    "a private caller on a public endpoint",
    { endpoint: { access: "allow-list", cidrs: ["10.0.0.0/8"] } },
    "use a public block",
  ],
  [
    "nobody listed",
    { endpoint: { access: "allow-list", cidrs: [] } },
    "cloud.endpoint.cidrs: got []; use at least 1 entry",
  ],
  [
    "a caller listed twice",
    { endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24", "203.0.113.0/24"] } },
    "name each once",
  ],
  [
    "a public caller on a private endpoint",
    { endpoint: { access: "private", cidrs: ["203.0.113.0/24"] } },
    "cloud.endpoint.cidrs[0]:",
  ],
  ["no deployers", access({ deployers: [] }), "cloud.access.deployers: got []; use at least 1 entry"],
  ["no administrators", access({ administrators: undefined }), "cloud.access.administrators: missing"],
  [
    "a role's name",
    access({ viewers: ["admin"] }),
    'cloud.access.viewers[0]: got "admin"; use the ARN of an IAM role or user',
  ],
  [
    "a session",
    access({ deployers: ["arn:aws:sts::123456789012:assumed-role/ci/run"] }),
    "use the ARN of the role itself, not of a session of it",
  ],
  [
    "a principal twice",
    access({ administrators: [`${ROLE}/deployer`] }),
    `cloud.access.administrators[0]: got "${ROLE}/deployer", listed twice`,
  ],
  ["Karpenter in words", karpenter("yes"), 'cloud.nodes.karpenter: got "yes"; use an object'],
  ["Karpenter beside Auto Mode", { nodes: { autoMode: true, karpenter: {} } }, "cloud.nodes.karpenter: unknown field"],
  [
    "a misspelt field of the pool",
    karpenter({ capcity: ["spot"] }),
    'cloud.nodes.karpenter.capcity: unknown field; remove it or correct its name (did you mean "capacity"?)',
  ],
  ["a limit with a unit", karpenter({ cpuLimit: "64" }), 'cloud.nodes.karpenter.cpuLimit: got "64"; use a number'],
  ["half a CPU", karpenter({ cpuLimit: 64.5 }), "cloud.nodes.karpenter.cpuLimit: got 64.5; use a whole number"],
  ["room for no node", karpenter({ cpuLimit: 1 }), "cloud.nodes.karpenter.cpuLimit: got 1; use at least 2"],
  [
    "another word for capacity",
    karpenter({ capacity: ["reserved"] }),
    'cloud.nodes.karpenter.capacity[0]: got "reserved"; use "on-demand" or "spot"',
  ],
  ["no capacity", karpenter({ capacity: [] }), "cloud.nodes.karpenter.capacity: got []; use at least 1 entry"],
  [
    "a capacity twice",
    karpenter({ capacity: ["spot", "spot"] }),
    'cloud.nodes.karpenter.capacity: got ["spot","spot"]; name each once',
  ],
  [
    "a processor by its other name",
    karpenter({ architectures: ["x86_64"] }),
    'cloud.nodes.karpenter.architectures[0]: got "x86_64"; use "amd64" or "arm64"',
  ],
  [
    "a family as a category",
    karpenter({ instanceCategories: ["m7i"] }),
    'cloud.nodes.karpenter.instanceCategories[0]: got "m7i"; use first letters of EC2 families, e.g. "m"',
  ],
  [
    "a category as a type",
    karpenter({ instanceTypes: ["m7i"] }),
    'cloud.nodes.karpenter.instanceTypes[0]: got "m7i"; use EC2 instance types, e.g. "m7i.large"',
  ],
  [
    "types and categories",
    karpenter({ instanceTypes: ["m7i.large"], instanceCategories: ["m"] }),
    'cloud.nodes.karpenter.instanceTypes: got ["m7i.large"], given beside instanceCategories; give one of the two',
  ],
  [
    "a type of another processor",
    karpenter({ instanceTypes: ["m7i.large", "m7g.large"], architectures: ["amd64"] }),
    'cloud.nodes.karpenter.instanceTypes[1]: got "m7g.large", not "amd64"; remove it, or add its processor to architectures',
  ],
  ["a small disk of the pool", karpenter({ diskGib: 8 }), "cloud.nodes.karpenter.diskGib: got 8; use at least 20"],
  ["sizes beside Auto Mode", { nodes: { autoMode: true, system: GROUP } }, "cloud.nodes.system: unknown field"],
  [
    "a group called system",
    { nodes: { groups: { system: GROUP } } },
    'cloud.nodes.groups.system: this name is taken; size the system nodes by "nodes.system"',
  ],
  ["no group at all", { nodes: { groups: {} } }, "cloud.nodes.groups: got {}; give at least one group"],
  ["a group's name", { nodes: { groups: { General: GROUP } } }, "cloud.nodes.groups.General: use lower-case letters"],
  [
    "max below min",
    { nodes: { groups: { general: { ...GROUP, min: 4 } } } },
    "cloud.nodes.groups.general.max: got 3, below min 4; use at least 4",
  ],
  ["no nodes", { nodes: { system: { ...GROUP, min: 0 } } }, "cloud.nodes.system.min: got 0; use at least 1"],
  [
    "two architectures",
    { nodes: { groups: { general: { ...GROUP, instanceTypes: ["m7i.large", "m7g.large"] } } } },
    'cloud.nodes.groups.general.instanceTypes: got ["m7i.large","m7g.large"], mixes ARM and x86',
  ],
  [
    "no instance type",
    { nodes: { system: { ...GROUP, instanceTypes: ["large"] } } },
    'cloud.nodes.system.instanceTypes[0]: got "large"; use EC2 instance types',
  ],
  ["unknown capacity", { nodes: { system: { ...GROUP, capacity: "reserved" } } }, 'use "on-demand" or "spot"'],
  [
    "a small disk",
    { nodes: { system: { ...GROUP, diskGib: 8 } } },
    "cloud.nodes.system.diskGib: got 8; use at least 20",
  ],
  [
    "an ended version",
    { kubernetesVersion: "1.29" },
    'cloud.kubernetesVersion: got "1.29"; use "1.36", "1.35" or "1.34"',
  ],
  [
    "a retention CloudWatch lacks",
    { logRetentionDays: 100 },
    "cloud.logRetentionDays: got 100; use one of the periods CloudWatch has",
  ],
  [
    "a zone id",
    { dns: { zones: [{ name: "example.com", id: "example.com" }] } },
    'cloud.dns.zones[0].id: got "example.com"; use a hosted zone id',
  ],
  [
    "a zone's domain",
    { dns: { zones: [{ name: "Example", id: "Z1" }] } },
    'cloud.dns.zones[0].name: got "Example"; use the zone\'s domain',
  ],
  [
    "an interval of flow logs",
    { network: { cidr: "10.10.0.0/16", flowLogInterval: 300 } },
    "cloud.network.flowLogInterval: got 300",
  ],
  ["a log of the control plane", { controlPlaneLogs: ["audits"] }, 'cloud.controlPlaneLogs[0]: got "audits"'],
  ["an image without its build", { nodes: { image: "1.50.0" } }, 'cloud.nodes.image: got "1.50.0"; use a version of'],
  ["an image in Auto Mode", { nodes: { autoMode: true, image: "1.50.0-1a2b3c4d" } }, "cloud.nodes"],
  [
    "a boundary",
    { permissionsBoundary: "boundary" },
    'cloud.permissionsBoundary: got "boundary"; use the ARN of an IAM',
  ],
  [
    "a boundary of another account",
    { permissionsBoundary: "arn:aws:iam::999999999999:policy/x" },
    "not a policy of account 123456789012, where the roles are",
  ],
  ["a bucket name", { stateBucket: "State" }, 'cloud.stateBucket: got "State"; use 3 to 63 lower-case letters'],
  ["a place of the state's state", { stateIn: "s3" }, 'cloud.stateIn: got "s3"; use "file" or "bucket"'],
  ["a cluster name", { clusterName: "-x" }, 'cloud.clusterName: got "-x"; use up to 100 letters'],
])("refuses %s", (_, change, expected) => {
  expect(changed(change).join("\n")).toContain(expected);
});

test("every problem is told at once", () => {
  const found = changed({
    region: "mars-1",
    accountId: "1",
    ...network({ cidr: "10.0.0.0/8" }),
    ...access({ deployers: [] }),
  });
  expect(found).toHaveLength(4);
});

test.each([undefined, null, "eu-central-1", [], {}])("survives %p", (props) => {
  expect(lines(props).length).toBeGreaterThan(0);
});

test("every region has three different zones of its own", () => {
  for (const region of AWS_REGIONS.filter(isRegion)) {
    const zones = defaultZones(region);
    expect(new Set(zones).size).toBe(3);
    const [, area, direction, number] = /^([a-z]+)-([a-z]+)-(\d)$/.exec(region) ?? [];
    // The prefix is the region's code in short: eu-central-1 → euc1, ap-southeast-2 → apse2.
    const short = (direction ?? "").replace(
      /^(north|south)(east|west)$/,
      (_, a: string, b: string) => `${a.charAt(0)}${b.charAt(0)}`,
    );
    expect(zones[0]).toMatch(
      new RegExp(`^${area ?? ""}${short.length === 2 ? short : short.charAt(0)}${number ?? ""}-az\\d$`),
    );
  }
});
