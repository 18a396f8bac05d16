import { readFileSync } from "node:fs";
import { join } from "node:path";
import { all, one, type StackJson, synthCluster } from "../../../support/google-environment";

interface Pool {
  readonly initial_node_count: number;
  readonly node_locations: readonly string[];
  readonly autoscaling: { readonly total_max_node_count: number };
  readonly upgrade_settings: { readonly max_surge: number };
  readonly node_config: { readonly machine_type: string; readonly disk_size_gb: number; readonly disk_type: string };
}

/** What a region's quota has to have room for: GB of SSD disks, and CPUs. */
interface Need {
  readonly disk: number;
  readonly cpus: number;
}

const pools = (json: StackJson): Pool[] => all(json, "google_container_node_pool") as unknown as Pool[];
const cpusOf = (machineType: string): number => Number(machineType.split("-").at(-1));

const need = (json: StackJson, nodesOf: (pool: Pool) => number): Need => {
  const sum = (of: (pool: Pool) => number) => pools(json).reduce((total, pool) => total + nodesOf(pool) * of(pool), 0);
  return {
    disk: sum(({ node_config }) => node_config.disk_size_gb),
    cpus: sum(({ node_config }) => cpusOf(node_config.machine_type)),
  };
};

const atFirst = (json: StackJson) =>
  need(json, ({ initial_node_count, node_locations }) => initial_node_count * node_locations.length);
const atMost = (json: StackJson) =>
  need(json, ({ autoscaling, upgrade_settings }) => autoscaling.total_max_node_count + upgrade_settings.max_surge);

/** Of the pool that GKE makes a cluster with, and that goes before the others come. */
const before = (json: StackJson): number => {
  const cluster = one(json, "google_container_cluster") as unknown as Pool;
  return cluster.initial_node_count * cluster.node_locations.length * cluster.node_config.disk_size_gb;
};

const PROFILES = [
  ["small", synthCluster({}, "small")],
  ["production", synthCluster()],
] as const;

const GUIDE = readFileSync(join(__dirname, "../../../../docs/operations/google.md"), "utf8");

describe("quota of a new project", () => {
  test.each(PROFILES)("the guide says what %s needs at first and at most", (profile, json) => {
    const row = GUIDE.split("\n").find((line) => line.startsWith(`| \`${profile}\` |`)) ?? "";
    const numbers = [...row.replaceAll("(N2)", "").matchAll(/[\d,]+/g)].map(([text]) =>
      Number(text.replaceAll(",", "")),
    );
    const [first, most] = [atFirst(json), atMost(json)];
    expect(numbers).toEqual([first.disk, most.disk, first.cpus, most.cpus]);
  });

  test.each([
    ["small", 250],
    ["production", 500],
  ] as const)("the first apply of %s fits into %i GB of SSD, with room for volumes", (profile, gigabytes) => {
    const [, json] = PROFILES[profile === "small" ? 0 : 1];
    for (const { node_config } of pools(json)) expect(node_config.disk_type).toBe("pd-balanced");
    expect(atFirst(json).disk).toBeLessThanOrEqual(gigabytes - 50);
    expect(before(json)).toBe(20);
  });

  test("a pool's own size goes before the default", () => {
    const pool = { machineType: "e2-standard-4", min: 1, max: 2, diskGib: 64 };
    const json = synthCluster({ nodes: { system: pool, pools: { general: pool } } }, "small");
    expect(pools(json).map(({ node_config }) => node_config.disk_size_gb)).toEqual([64, 64]);
  });
});
