import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cloud } from "../../constructs/clouds/cloud";
import { production as shipped } from "../../environments/production";
import { type StackJson, synthCloud } from "../support/cloud-environment";
import { ON_EXISTING, type OnExisting } from "../support/existing-networks";
import { story, storyEngine } from "./support/engine";
import { stackOf } from "./support/stacks";

/*
 * An environment in a network that somebody else has made. The engine judges the conditions on what was found there, as its
 * owner changes it; and a plan that would move the environment to another network, or to one of its own, stops.
 */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-existing-network-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const cluster = (cloud: Cloud): StackJson =>
  synthCloud(cloud, (it, stack, environment) => {
    it.configure(stack, environment);
    it.createCluster?.(stack, environment);
  });

type Found = Readonly<Record<string, unknown>>;

/** What each data source finds in the network that was given, by its place in the stack. */
const FOUND: Readonly<Record<OnExisting["name"], Readonly<Record<string, Found>>>> = {
  aws: {
    Vpc: { enable_dns_support: true, enable_dns_hostnames: true },
    ...Object.fromEntries(
      ["A", "B", "C"].flatMap((letter, index) => {
        const common = { vpc_id: "vpc-0123456789abcdef0", availability_zone_id: `euc1-az${index + 1}` };
        return [
          [`Zone${letter}_Nodes`, { ...common, cidr_block: `10.40.${32 * index}.0/19` }],
          [`Zone${letter}_Data`, { ...common, cidr_block: `10.40.${128 + index}.0/24` }],
          [`Zone${letter}_LoadBalancers`, common],
        ];
      }),
    ),
  },
  google: {
    Nodes: {
      network: "https://www.googleapis.com/compute/v1/projects/network-host/global/networks/spoke",
      ip_cidr_range: "10.40.0.0/22",
      private_ip_google_access: true,
      secondary_ip_range: [
        { range_name: "others", ip_cidr_range: "10.60.0.0/16" },
        { range_name: "gke-pods", ip_cidr_range: "10.44.0.0/15" },
        { range_name: "gke-services", ip_cidr_range: "10.46.0.0/20" },
      ],
    },
    ControlPlane: {
      network: "https://www.googleapis.com/compute/v1/projects/network-host/global/networks/spoke",
      ip_cidr_range: "10.40.4.0/28",
    },
    DataRange: {
      network: "https://www.googleapis.com/compute/v1/projects/network-host/global/networks/spoke",
      purpose: "VPC_PEERING",
      address: "10.48.0.0",
      prefix_length: 20,
    },
  },
  azure: {
    virtual_network: { location: "germanywestcentral" },
    Nodes: { address_prefixes: ["10.40.0.0/22"], route_table_id: "/subscriptions/x" },
    ApiServer: { address_prefixes: ["10.40.4.0/28"] },
    Endpoints: { address_prefixes: ["10.40.5.0/24"], service_endpoints: ["Microsoft.Sql", "Microsoft.Storage"] },
    Mysql: { address_prefixes: ["10.40.6.0/26"] },
  },
};

/** What its owner has done to it since, each with what the plan says of it. */
const CHANGED: Readonly<Record<OnExisting["name"], readonly (readonly [place: string, found: Found, says: string])[]>> =
  {
    aws: [
      ["Vpc", { enable_dns_hostnames: false }, 'vpcId: vpc-0123456789abcdef0: enable_dns_hostnames is "false"'],
      ["ZoneA_Nodes", { cidr_block: "10.40.0.0/20" }, 'zones[0].nodes: subnet-11111111a: cidr_block is "10.40.0.0/20"'],
      ["ZoneB_Data", { vpc_id: "vpc-other" }, 'zones[1].data: subnet-22222222b: vpc_id is "vpc-other"'],
      [
        "ZoneC_LoadBalancers",
        { availability_zone_id: "euc1-az1" },
        'zones[2].loadBalancers: subnet-33333333c: availability_zone_id is "euc1-az1"',
      ],
    ],
    google: [
      ["Nodes", { private_ip_google_access: false }, 'nodes: gke-nodes: private_ip_google_access is "false"'],
      ["Nodes", { secondary_ip_range: [] }, 'nodes: gke-nodes: the secondary range gke-pods is "none"'],
      [
        "ControlPlane",
        { network: "https://www.googleapis.com/compute/v1/projects/other/global/networks/spoke" },
        'controlPlane: gke-control-plane: network is "projects/other/global/networks/spoke"',
      ],
      ["DataRange", { prefix_length: 24 }, 'data: private-services: block is "10.48.0.0/24"'],
    ],
    azure: [
      ["virtual_network", { location: "westeurope" }, 'id: spoke: location is "westeurope"'],
      ["Nodes", { route_table_id: "" }, 'nodes: aks-nodes: whether a route table is on it is "false"'],
      ["Nodes", { route_table_id: null }, 'nodes: aks-nodes: whether a route table is on it is "false"'],
      ["Endpoints", { service_endpoints: [] }, "the service endpoint Microsoft.Storage is"],
      [
        "Mysql",
        { address_prefixes: ["10.40.6.0/26", "10.40.7.0/26"] },
        'mysql: mysql-servers: address_prefixes is "10.40.6.0/26 10.40.7.0/26"',
      ],
    ],
  };

/** A plan of nothing but the conditions on what was found. */
function plan(name: string, json: StackJson, found: Readonly<Record<string, Found>>) {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const guards = Object.entries(json.data ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([id, { lifecycle }]) => {
      const { postcondition } = (lifecycle ?? {}) as { postcondition?: object[] };
      const place = Object.keys(found).find((one) => `${type}.${id}`.includes(one));
      if (postcondition === undefined || place === undefined) return [];
      const text = JSON.stringify(postcondition).replaceAll("self.", `local.${place}.`);
      return [[id, { lifecycle: { precondition: JSON.parse(text) as object[] } }]];
    }),
  );
  const resource = { terraform_data: Object.fromEntries(guards) as object };
  writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ locals: found, resource }));
  const options = { cwd, encoding: "utf8", stdio: "pipe" } as const;
  try {
    execFileSync(storyEngine(), ["init", "-no-color"], options);
    execFileSync(storyEngine(), ["plan", "-no-color", "-input=false"], options);
    return { code: 0, guards: guards.length, text: "" };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, guards: guards.length, text: (stdout + stderr).replaceAll(/[│╷╵\s]+/g, " ") };
  }
}

describe.each(ON_EXISTING)("on $name", ({ name, made, existing }) => {
  const json = cluster(existing);

  test("a network that is as it was said to be lets a plan go on", () => {
    const { code, guards } = plan(`${name}-as-said`, json, FOUND[name]);
    expect(code).toBe(0);
    expect(guards).toBe(Object.keys(FOUND[name]).length);
  });

  test.each(CHANGED[name].map(([place, change, says], index) => [says, place, change, index] as const))(
    "a plan stops with: %s",
    (says, place, change, index) => {
      const found = { ...FOUND[name], [place]: { ...FOUND[name][place], ...change } };
      const { code, text } = plan(`${name}-${index}`, json, found);
      expect(code).toBe(1);
      expect(text).toContain(says);
      expect(text).toContain("was expected; ");
    },
  );

  describe.each([
    ["its own", made, existing],
    ["somebody else's", existing, made],
  ] as const)("made in %s network, in an environment that nothing protects", (_, before, after) => {
    const run = story();
    const write = (cloud: Cloud) =>
      run.write(stackOf("production-cluster", { ...shipped, profile: "small", protect: false, cloud }));

    test("a plan for the other stops with the steps, as often as it is tried, and back it goes on", async () => {
      await write(before);
      expect((await run.apply()).problems).toEqual([]);
      const there = [...run.resources().keys()];
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await write(after);
        const { problems } = await run.apply();
        expect(problems.join("\n")).toMatch(/cloud\.network\S*: got ".+" (first, )?where ".+" was/);
        expect([...run.resources().keys()]).toEqual(there);
      }
      await write(before);
      expect(await run.apply()).toMatchObject({ problems: [], events: [] });
    });
  });
});
