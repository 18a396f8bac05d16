import { google, type GoogleProps } from "../../../../constructs/clouds/google";
import { defaultZones, GOOGLE_REGIONS, isRegion, zonesOf } from "../../../../constructs/clouds/google/regions";
import { formatProblem } from "../../../../constructs/model/problem";
import { redis } from "../../../../constructs/services/redis";
import { GOOGLE_PROPS } from "../../../support/google-environment";

const lines = (props: unknown): string[] =>
  google(props as GoogleProps)
    .problems(["cloud"])
    .map(formatProblem);

const changed = (change: object): string[] => lines({ ...GOOGLE_PROPS, ...change });
const network = (change: object) => ({ network: { ...GOOGLE_PROPS.network, ...change } });
const access = (change: object) => ({ access: { ...GOOGLE_PROPS.access, ...change } });
const POOL = { machineType: "n2-standard-4", min: 1, max: 3 };
const pools = (given: object) => ({ nodes: { pools: given } });
const callers = (...cidrs: string[]) => ({ endpoint: { access: "allow-list", cidrs } });

test("valid input has no problems, and gives its network for comparison", () => {
  expect(lines(GOOGLE_PROPS)).toEqual([]);
  expect(google(GOOGLE_PROPS).networkCidrs).toEqual(["10.10.0.0/16"]);
  expect(google(GOOGLE_PROPS).lacks?.(redis())).toHaveProperty("backupDays");
  expect(
    changed({
      region: "us-central1",
      network: {
        cidr: "172.20.0.0/19",
        zones: ["us-central1-a", "us-central1-c", "us-central1-f"],
        natAddresses: 3,
      },
      ...callers("203.0.113.7/32"),
      access: {
        deployers: [
          "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.repository/o/r",
          "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ann@example.com",
        ],
        administrators: ["group:platform@example.com", "user:ann.o-neil@example.com"],
        viewers: ["serviceAccount:1234-compute@developer.gserviceaccount.com"],
      },
      nodes: {
        system: { machineType: "e2-medium", min: 1, max: 2 },
        pools: { general: POOL, arm: { ...POOL, machineType: "t2a-standard-4", capacity: "spot", diskGib: 50 } },
      },
      dns: { zones: [{ domain: "example.com", name: "example-com" }] },
      logRetentionDays: 400,
      kubernetesVersion: "1.35",
      releaseChannel: "STABLE",
      clusterName: "shared",
      stateBucket: "state-of-orders",
    }),
  ).toEqual([]);
  expect(changed({ nodes: { autopilot: true } })).toEqual([]);
  expect(changed({ kubernetesVersion: "1.34", releaseChannel: "EXTENDED" })).toEqual([]);
});

test.each<[string, object, string]>([
  ["a misspelt region", { region: "europe-wst3" }, 'cloud.region: got "europe-wst3"; use one of africa-south1,'],
  ["the region meant", { region: "europe-wst3" }, '(did you mean "europe-west3"?)'],
  ["another cloud's region", { region: "eu-central-1" }, 'cloud.region: got "eu-central-1"; use one of'],
  [
    "a zone for a region",
    { region: "europe-west3-a" },
    'cloud.region: got "europe-west3-a"; use the region of this zone, "europe-west3"',
  ],
  ["no region", { region: undefined }, "cloud.region: missing; give a string"],
  [
    "a project's number",
    { project: "123456789012" },
    `cloud.project: got "123456789012"; use the project's id, e.g. "orders-staging", not its number`,
  ],
  [
    "a project's name",
    { project: "Orders Staging" },
    'cloud.project: got "Orders Staging"; use the project\'s id: 6 to 30',
  ],
  ["a short project id", { project: "abc" }, 'cloud.project: got "abc"; use the project\'s id: 6 to 30'],
  ["a project id with a hyphen at its end", { project: "orders-" }, "cloud.project:"],
  [
    "an unknown field",
    { projct: "orders-staging" },
    'cloud.projct: unknown field; remove it or correct its name (did you mean "project"?)',
  ],
  [
    "host bits",
    network({ cidr: "10.10.1.0/16" }),
    'cloud.network.cidr: got "10.10.1.0/16"; use an IPv4 block whose host bits are zero',
  ],
  [
    "a network too large",
    network({ cidr: "10.0.0.0/8" }),
    'cloud.network.cidr: got "10.0.0.0/8"; use a block of /16 to /19',
  ],
  ["a network too small", network({ cidr: "10.0.0.0/20" }), "use a block of /16 to /19"],
  ["a public network", network({ cidr: "8.8.0.0/16" }), "use a private block"],
  ["addresses of carriers", network({ cidr: "100.64.0.0/16" }), "use a private block: inside 10.0.0.0/8"],
  [
    "the block of Cloud SQL",
    network({ cidr: "172.17.0.0/16" }),
    "use a block apart from 172.17.0.0/16, which Cloud SQL keeps for itself",
  ],
  [
    "two zones",
    network({ zones: ["europe-west3-a", "europe-west3-b"] }),
    'cloud.network.zones: got ["europe-west3-a","europe-west3-b"]; use at least 3 entries',
  ],
  [
    "another region's zone",
    network({ zones: ["europe-west3-a", "europe-west3-b", "europe-west4-c"] }),
    'cloud.network.zones[2]: got "europe-west4-c", not a zone of europe-west3; use "europe-west3-a", "europe-west3-b" or "europe-west3-c"',
  ],
  [
    "a zone that the region lacks",
    { region: "europe-west1", ...network({ zones: ["europe-west1-a", "europe-west1-b", "europe-west1-c"] }) },
    'cloud.network.zones[0]: got "europe-west1-a", not a zone of europe-west1',
  ],
  [
    "a zone twice",
    network({ zones: ["europe-west3-a", "europe-west3-b", "europe-west3-a"] }),
    'cloud.network.zones: got ["europe-west3-a","europe-west3-b","europe-west3-a"]; name each once',
  ],
  ["no address to call from", network({ natAddresses: 0 }), "cloud.network.natAddresses: got 0; use at least 1"],
  ["half an address", network({ natAddresses: 1.5 }), "cloud.network.natAddresses: got 1.5; use a whole number"],
  ["no endpoint", { endpoint: undefined }, "cloud.endpoint: "],
  ["an unknown endpoint", { endpoint: { access: "public" } }, 'use { access: "private" } or { access: "allow-list"'],
  ["an open endpoint", callers("0.0.0.0/0"), 'cloud.endpoint.cidrs[0]: got "0.0.0.0/0"; name the blocks'],
  ["half the world", callers("128.0.0.0/1"), "this opens the API to the world"],
  ["a private caller on a public endpoint", callers("10.0.0.0/8"), "use a public block"],
  ["nobody listed", callers(), "cloud.endpoint.cidrs: got []; use at least 1 entry"],
  ["a caller listed twice", callers("203.0.113.0/24", "203.0.113.0/24"), "name each once"],
  [
    "more callers than GKE takes",
    callers(...Array.from({ length: 100 }, (_, index) => `203.0.113.${index}/32`)),
    "cloud.endpoint.cidrs: got",
  ],
  [
    "a public caller on a private endpoint",
    { endpoint: { access: "private", cidrs: ["203.0.113.0/24"] } },
    "cloud.endpoint.cidrs[0]:",
  ],
  ["no deployers", access({ deployers: [] }), "cloud.access.deployers: got []; use at least 1 entry"],
  ["no administrators", access({ administrators: undefined }), "cloud.access.administrators: missing"],
  [
    "a member without its kind",
    access({ viewers: ["ann@example.com"] }),
    'cloud.access.viewers[0]: got "ann@example.com"; use a member with its kind',
  ],
  ["everyone", access({ viewers: ["allAuthenticatedUsers"] }), "name people and service accounts, not everyone"],
  ["a whole domain", access({ viewers: ["domain:example.com"] }), "use a member with its kind"],
  [
    "a service account as a person",
    access({ deployers: ["user:ci@orders-staging.iam.gserviceaccount.com"] }),
    'use "serviceAccount:ci@orders-staging.iam.gserviceaccount.com"',
  ],
  [
    "a person as a service account",
    access({ deployers: ["serviceAccount:ann@example.com"] }),
    'cloud.access.deployers[0]: got "serviceAccount:ann@example.com"; use "user:" or "group:"',
  ],
  ["capital letters", access({ viewers: ["user:Ann@example.com"] }), "use lower-case letters, as IAM writes it"],
  ["no mail address", access({ viewers: ["group:platform"] }), 'use a mail address after "group:"'],
  [
    "a role of another cloud",
    access({ deployers: ["arn:aws:iam::123456789012:role/deployer"] }),
    "cloud.access.deployers[0]:",
  ],
  [
    "half a federated member",
    access({ deployers: ["principalSet://iam.googleapis.com/ci"] }),
    "use a member of a pool",
  ],
  [
    "a member twice",
    access({ viewers: ["group:platform@example.com"] }),
    'cloud.access.viewers[0]: got "group:platform@example.com", listed twice; name each member once',
  ],
  ["sizes beside Autopilot", { nodes: { autopilot: true, system: POOL } }, "cloud.nodes.system: unknown field"],
  ["Autopilot in words", { nodes: { autopilot: "yes" } }, 'cloud.nodes.autopilot: got "yes"'],
  [
    "a pool called system",
    pools({ system: POOL }),
    'cloud.nodes.pools.system: this name is taken; size the system nodes by "nodes.system"',
  ],
  ["no pool at all", pools({}), "cloud.nodes.pools: got {}; give at least one pool"],
  ["a pool's name", pools({ General: POOL }), "cloud.nodes.pools.General: use lower-case letters"],
  ["a long name of a pool", pools({ "fourteen-chars": POOL }), "use up to 13 characters"],
  [
    "max below min",
    pools({ general: { ...POOL, min: 4 } }),
    "cloud.nodes.pools.general.max: got 3, below min 4; use at least 4",
  ],
  ["no nodes", { nodes: { system: { ...POOL, min: 0 } } }, "cloud.nodes.system.min: got 0; use at least 1"],
  [
    "another cloud's machine",
    pools({ general: { ...POOL, machineType: "m7i.large" } }),
    'cloud.nodes.pools.general.machineType: got "m7i.large"; use a Compute Engine machine type, e.g. "n2-standard-4"',
  ],
  [
    "a family without a size",
    pools({ general: { ...POOL, machineType: "n2-standard" } }),
    'cloud.nodes.pools.general.machineType: got "n2-standard"; use a Compute Engine machine type',
  ],
  [
    "a machine that GKE's own pods fill",
    { nodes: { system: { ...POOL, machineType: "e2-micro" } } },
    'cloud.nodes.system.machineType: got "e2-micro"; use a machine of two CPUs at least',
  ],
  [
    "machines that take different disks",
    pools({ general: POOL, fast: { ...POOL, machineType: "c4-standard-4" } }),
    'cloud.nodes.pools.fast.machineType: got "c4-standard-4", takes hyperdisk-balanced, and n2-standard-4 of "general" takes pd-balanced',
  ],
  [
    "more nodes than pods find room for",
    { ...network({ cidr: "10.10.0.0/19" }), ...pools({ general: { ...POOL, max: 30 } }) },
    "cloud.nodes: up to 38 nodes, and pods of 32 find room in 10.10.0.0/19; lower max, or take a larger network",
  ],
  ["unknown capacity", pools({ general: { ...POOL, capacity: "reserved" } }), 'use "on-demand" or "spot"'],
  [
    "a small disk",
    pools({ general: { ...POOL, diskGib: 8 } }),
    "cloud.nodes.pools.general.diskGib: got 8; use at least 20",
  ],
  [
    "an ended version",
    { kubernetesVersion: "1.29" },
    'cloud.kubernetesVersion: got "1.29"; use "1.36", "1.35" or "1.34"',
  ],
  [
    "a version that one channel alone has",
    { kubernetesVersion: "1.34" },
    'cloud.kubernetesVersion: got "1.34", ended in channel REGULAR; use a newer version, or releaseChannel "EXTENDED"',
  ],
  [
    "a channel in other letters",
    { releaseChannel: "regular" },
    'cloud.releaseChannel: got "regular"; use "RAPID", "REGULAR", "STABLE" or "EXTENDED"',
  ],
  [
    "a channel that Autopilot lacks",
    { releaseChannel: "EXTENDED", nodes: { autopilot: true } },
    'cloud.releaseChannel: got "EXTENDED", Autopilot follows no such channel',
  ],
  ["logs for ever", { logRetentionDays: 4000 }, "cloud.logRetentionDays: got 4000; use at most 3650"],
  [
    "a zone by its domain",
    { dns: { zones: [{ domain: "example.com", name: "example.com" }] } },
    'cloud.dns.zones[0].name: got "example.com"; use the managed zone\'s name, e.g. "example-com"',
  ],
  [
    "a zone's domain",
    { dns: { zones: [{ domain: "Example", name: "example" }] } },
    'cloud.dns.zones[0].domain: got "Example"; use the zone\'s domain',
  ],
  ["a bucket name", { stateBucket: "State" }, 'cloud.stateBucket: got "State"; use 3 to 63 lower-case letters'],
  ["a bucket name that is Google's", { stateBucket: "my-google-state" }, 'use a name without "google"'],
  [
    "a cluster name",
    { clusterName: "Orders_Staging" },
    'cloud.clusterName: got "Orders_Staging"; use up to 40 lower-case letters',
  ],
  ["a long cluster name", { clusterName: "c".repeat(41) }, "use up to 40 lower-case letters"],
])("refuses %s", (_, change, expected) => {
  expect(changed(change).join("\n")).toContain(expected);
});

test("every problem is told at once", () => {
  const found = changed({
    region: "mars-1",
    project: "1",
    ...network({ cidr: "10.0.0.0/8" }),
    ...access({ deployers: [] }),
  });
  expect(found).toHaveLength(4);
});

test.each([undefined, null, "europe-west3", [], {}])("survives %p", (props) => {
  expect(lines(props).length).toBeGreaterThan(0);
});

test("every region has three different zones of its own, in the letters that it has", () => {
  expect(GOOGLE_REGIONS.length).toBeGreaterThan(40);
  for (const region of GOOGLE_REGIONS.filter(isRegion)) {
    const zones = defaultZones(region);
    expect(new Set(zones).size).toBe(3);
    for (const zone of zones) expect(zone).toMatch(new RegExp(`^${region}-[a-f]$`));
    expect(zonesOf(region)).toEqual(expect.arrayContaining([...zones]));
  }
  expect(zonesOf("us-east1")).not.toContain("us-east1-a");
});
