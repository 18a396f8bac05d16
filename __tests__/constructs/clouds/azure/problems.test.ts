import { azure, type AzureProps } from "../../../../constructs/clouds/azure";
import { formatProblem } from "../../../../constructs/model/problem";
import { redis } from "../../../../constructs/services/redis";
import { ADMINISTRATOR, AZURE_PROPS, DEPLOYER, PLANNER, VIEWER } from "../../../support/azure-environment";

const lines = (props: unknown): string[] =>
  azure(props as AzureProps)
    .problems(["cloud"])
    .map(formatProblem);

const changed = (change: object): string[] => lines({ ...AZURE_PROPS, ...change });
const network = (change: object) => ({ network: { ...AZURE_PROPS.network, ...change } });
const access = (change: object) => ({ access: { ...AZURE_PROPS.access, ...change } });
const POOL = { vmSize: "Standard_D4s_v5", min: 1, max: 3 };
const pools = (given: object) => ({ nodes: { pools: given } });
const VNET =
  "/subscriptions/11111111-0000-4000-8000-111111111111/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub";

test("valid input has no problems, and gives its network for comparison", () => {
  expect(lines(AZURE_PROPS)).toEqual([]);
  expect(azure(AZURE_PROPS).networkCidrs).toEqual(["10.10.0.0/16"]);
  expect(azure(AZURE_PROPS).lacks?.(redis())).toHaveProperty("backupDays");
  expect(
    changed({
      network: {
        cidr: "172.16.0.0/22",
        zones: ["1", "2"],
        natGateways: "single",
        watcher: { name: "watcher", resourceGroup: "shared" },
      },
      endpoint: { access: "allow-list", cidrs: ["203.0.113.7/32"] },
      access: { deployers: [DEPLOYER], administrators: [ADMINISTRATOR], viewers: [VIEWER], planners: [PLANNER] },
      nodes: {
        system: POOL,
        pools: {
          general: { ...POOL, min: 0 },
          arm: { ...POOL, vmSize: "Standard_D4ps_v6" },
          constrained: { ...POOL, vmSize: "Standard_E4-2ds_v5" },
          gpu: { ...POOL, vmSize: "Standard_NC24ads_A100_v4" },
        },
        hostEncryption: false,
      },
      dns: { zones: [{ name: "example.com", resourceGroup: "dns" }] },
      logRetentionDays: 365,
      kubernetesVersion: "1.35",
      stateAccount: "stagingstate",
      stateSubnets: [`${VNET}/subnets/runners`],
      clusterName: "shared-staging",
      keys: 2,
      locks: false,
    }),
  ).toEqual([]);
  expect(changed({ endpoint: { access: "private", cidrs: ["10.99.0.0/16"], networks: [VNET] } })).toEqual([]);
});

test.each<[string, object, string]>([
  ["a misspelt location", { location: "germanywestcentrl" }, '(did you mean "germanywestcentral"?)'],
  ["no such location", { location: "mars-1" }, 'cloud.location: got "mars-1"; use one of australiaeast,'],
  ["a location by its title", { location: "West Europe" }, 'cloud.location: got "West Europe"; use "westeurope"'],
  ["a location without zones", { location: "northcentralus" }, "use one of australiaeast,"],
  ["a location where AKS lacks something", { location: "qatarcentral" }, "use one of australiaeast,"],
  ["no location", { location: undefined }, "cloud.location: missing; give a string"],
  [
    "a subscription's name",
    { subscriptionId: "staging" },
    `cloud.subscriptionId: got "staging"; use the subscription's id`,
  ],
  ["a tenant's domain", { tenantId: "example.onmicrosoft.com" }, "use the tenant's id, as `az account show"],
  ["no tenant", { tenantId: undefined }, "cloud.tenantId: missing; give a string"],
  ["an unknown field", { subscription: "x" }, "cloud.subscription: unknown field; remove it or correct its name"],
  [
    "host bits",
    network({ cidr: "10.10.1.0/16" }),
    'cloud.network.cidr: got "10.10.1.0/16"; use an IPv4 block whose host bits are zero',
  ],
  ["a network too large", network({ cidr: "10.0.0.0/8" }), "use a block of /16 to /22"],
  ["a network too small", network({ cidr: "10.0.0.0/24" }), "use a block of /16 to /22"],
  ["a public network", network({ cidr: "8.8.0.0/16" }), "use a private block"],
  ["the Services' block", network({ cidr: "172.20.16.0/20" }), "use a block apart from the Services' 172.20.0.0/16"],
  ["the pods' block", network({ cidr: "10.244.0.0/16" }), "use a block apart from the pods' 10.244.0.0/16"],
  ["a block of AKS's own", network({ cidr: "172.31.0.0/20" }), "apart from 172.31.0.0/16, which AKS uses itself"],
  ["one zone", network({ zones: ["1"] }), 'cloud.network.zones: got ["1"]; use at least 2 entries'],
  ["a fourth zone", network({ zones: ["1", "2", "4"] }), 'cloud.network.zones[2]: got "4"; use "1", "2" or "3"'],
  ["a zone as a number", network({ zones: [1, 2] }), "cloud.network.zones[0]: got 1; use"],
  ["a zone twice", network({ zones: ["1", "1"] }), 'cloud.network.zones: got ["1","1"]; name each once'],
  ["unknown NAT", network({ natGateways: "none" }), 'got "none"; use "per-zone" or "single"'],
  ["a watcher without its group", network({ watcher: { name: "w1" } }), "cloud.network.watcher.resourceGroup: missing"],
  ["no endpoint", { endpoint: undefined }, "cloud.endpoint: "],
  ["an unknown endpoint", { endpoint: { access: "public" } }, 'use { access: "private" } or { access: "allow-list"'],
  [
    "an open endpoint",
    { endpoint: { access: "allow-list", cidrs: ["0.0.0.0/0"] } },
    'cloud.endpoint.cidrs[0]: got "0.0.0.0/0"; name the blocks',
  ],
  ["a private caller", { endpoint: { access: "allow-list", cidrs: ["10.0.0.0/8"] } }, "use a public block"],
  ["nobody listed", { endpoint: { access: "allow-list", cidrs: [] } }, "use at least 1 entry"],
  [
    "networks of an allow-listed endpoint",
    { endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"], networks: [VNET] } },
    "cloud.endpoint.networks: unknown field",
  ],
  [
    "a network by its name",
    { endpoint: { access: "private", networks: ["hub"] } },
    'cloud.endpoint.networks[0]: got "hub"; use ids of virtual networks',
  ],
  [
    "a subnet as a network",
    { endpoint: { access: "private", networks: [`${VNET}/subnets/runners`] } },
    "use ids of virtual networks",
  ],
  [
    "a network that does not say whether it gets names",
    { endpoint: { access: "private", networks: [{ id: VNET }] } },
    "cloud.endpoint.networks[0]: got an object",
  ],
  [
    "a network of two forms",
    { endpoint: { access: "private", networks: [VNET, { id: VNET.toUpperCase(), names: false }] } },
    "name each once",
  ],
  ["a network as a subnet", { stateSubnets: [VNET] }, "cloud.stateSubnets[0]: got"],
  ["no deployers", access({ deployers: [] }), "cloud.access.deployers: got []; use at least 1 entry"],
  ["no administrators", access({ administrators: undefined }), "cloud.access.administrators: missing"],
  [
    "somebody's address",
    access({ viewers: ["ann@example.com"] }),
    'cloud.access.viewers[0]: got "ann@example.com"; use the object id, as `az ad user show',
  ],
  ["a group's name", access({ deployers: ["ci"] }), "use the object id of an Entra user, group or service principal"],
  [
    "a principal twice",
    access({ administrators: [DEPLOYER.toUpperCase()] }),
    `cloud.access.administrators[0]: got "${DEPLOYER.toUpperCase()}", listed twice`,
  ],
  [
    "a size of another cloud",
    pools({ general: { ...POOL, vmSize: "m7i.large" } }),
    'cloud.nodes.pools.general.vmSize: got "m7i.large"; use a VM size, e.g. "Standard_D4s_v5"',
  ],
  [
    "a Network Watcher that is made and is there",
    { network: { cidr: "10.10.0.0/16", createWatcher: true, watcher: { name: "watcher", resourceGroup: "shared" } } },
    "cloud.network.createWatcher: got true, it would be made, and there is one already: a location has one Network " +
      "Watcher; remove one of createWatcher and watcher",
  ],
  ["a size without its prefix", { nodes: { system: { ...POOL, vmSize: "D4s_v5" } } }, "use a VM size"],
  ["a pool's long name", pools({ applications: POOL }), "cloud.nodes.pools.applications: use up to 11 lower-case"],
  ["a pool's hyphen", pools({ "my-pool": POOL }), "cloud.nodes.pools.my-pool: use up to 11 lower-case letters"],
  ["no pool at all", pools({}), "cloud.nodes.pools: got {}; give at least one pool"],
  [
    "a pool called system",
    pools({ system: POOL }),
    'cloud.nodes.pools.system: this name is taken; size the system nodes by "nodes.system"',
  ],
  [
    "max below min",
    pools({ general: { ...POOL, min: 4 } }),
    "cloud.nodes.pools.general.max: got 3, below min 4; use at least 4",
  ],
  [
    "no node for add-ons",
    { nodes: { system: { ...POOL, min: 0 } } },
    "cloud.nodes.system.min: got 0, AKS keeps a node for add-ons; use at least 1",
  ],
  ["half a node", pools({ general: { ...POOL, max: 2.5 } }), "got 2.5; use a whole number"],
  [
    "a small disk",
    { nodes: { system: { ...POOL, diskGib: 8 } } },
    "cloud.nodes.system.diskGib: got 8; use at least 30",
  ],
  [
    "more nodes than there are addresses for",
    pools({ general: { ...POOL, max: 70 } }),
    'cloud.nodes: up to 294 nodes in 3 zones, a third more than "max" during an update; come to 256 at most',
  ],
  [
    "spot machines",
    pools({ general: { ...POOL, capacity: "spot" } }),
    "cloud.nodes.pools.general.capacity: unknown field",
  ],
  ["an ended version", { kubernetesVersion: "1.34" }, 'cloud.kubernetesVersion: got "1.34"; use "1.36" or "1.35"'],
  ["logs for a week", { logRetentionDays: 7 }, "cloud.logRetentionDays: got 7; use at least 30"],
  ["logs for three years", { logRetentionDays: 1095 }, "cloud.logRetentionDays: got 1095; use at most 730"],
  [
    "a zone's domain",
    { dns: { zones: [{ name: "Example", resourceGroup: "dns" }] } },
    'cloud.dns.zones[0].name: got "Example"; use the zone\'s domain',
  ],
  [
    "zones in two groups",
    {
      dns: {
        zones: [
          { name: "example.com", resourceGroup: "dns" },
          { name: "example.org", resourceGroup: "other" },
        ],
      },
    },
    'cloud.dns.zones[1].resourceGroup: got "other", the first zone is in "dns"',
  ],
  [
    "a zone twice",
    {
      dns: {
        zones: [
          { name: "example.com", resourceGroup: "dns" },
          { name: "example.com", resourceGroup: "dns" },
        ],
      },
    },
    'cloud.dns.zones[1].name: got "example.com", given twice',
  ],
  [
    "an account's name",
    { stateAccount: "staging-state" },
    'cloud.stateAccount: got "staging-state"; use 3 to 24 lower-case letters and digits',
  ],
  ["a cluster's name", { clusterName: "x-" }, 'cloud.clusterName: got "x-"; use up to 54 lower-case letters'],
  ["a generation before the first", { keys: 0 }, "cloud.keys: got 0; use at least 1"],
  ["locks in words", { locks: "yes" }, 'cloud.locks: got "yes"; use a boolean'],
])("refuses %s", (_, change, expected) => {
  expect(changed(change).join("\n")).toContain(expected);
});

test("every problem is told at once", () => {
  const found = changed({
    location: "mars-1",
    subscriptionId: "1",
    ...network({ cidr: "10.0.0.0/8" }),
    ...access({ deployers: [] }),
  });
  expect(found).toHaveLength(4);
});

test.each([undefined, null, "westeurope", [], {}])("survives %p", (props) => {
  expect(lines(props).length).toBeGreaterThan(0);
});
