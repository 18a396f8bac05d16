import { answerAt, jsonOf, listIn, NotUnderstood, numberIn, roomFor, textIn } from "../../../preflight/answers";
import type { Check, Need } from "../../../preflight/check";
import { literalAt, madeIn, madeOf, needOf, numberAt, type Resource, textAt } from "../../../preflight/stacks";
import { loadBalancersIn } from "../../../teardown/load-balancers";
import { cpusWanted, ssdWanted } from "../node-supply";
import type { settingsOf } from "../settings";
import { cpuMetric } from "./apis";
import { AFTER_LOGIN, type Asked, gcloud } from "./ask";

interface Quota {
  /** Name in the answer: `SSD_TOTAL_GB`. */
  readonly metric: string;
  readonly name: string;
  readonly wanted: number;
  readonly needs: readonly Need[];
}

/** Address blocks and addresses that are the internet's. */
const isExternal = ({ block }: Resource): boolean => literalAt(block, "address_type") === "EXTERNAL";

const poolNeeds = ({ stacks }: Asked, what: (block: unknown) => string): Need[] =>
  madeOf(stacks, "google_container_node_pool").map((one) => needOf(one, what(one.block)));

const mostNodes = (block: unknown): string =>
  String(numberAt(block, "autoscaling", "total_max_node_count") ?? "?");

/** Pools of an environment's own cluster. `undefined`: somebody else's, or as many machines as pods need. */
export type Pools = ReturnType<typeof settingsOf>["pools"];

/** Metrics under which the machines are counted. */
const metricsOf = (pools: Pools): string[] =>
  [...new Set(Object.values(pools ?? {}).map(({ machineType }) => cpuMetric(machineType)))].sort();

const wantedOf = (pools: Pools, metric: string): number | undefined =>
  cpusWanted(pools ?? {}, (machineType) => cpuMetric(machineType) === metric);

/** Machines of which nobody here knows the cores: their quota is not asked for. */
export const unknownMetrics = (pools: Pools): string[] =>
  metricsOf(pools).filter((metric) => wantedOf(pools, metric) === undefined);

function nodeQuotas(asked: Asked, pools: Pools): Quota[] {
  if (pools === undefined) return [];
  const machine = (block: unknown): string => textAt(block, "node_config", "machine_type") ?? "machines";
  const needs = poolNeeds(asked, (block) => `up to ${mostNodes(block)} of ${machine(block)}`);
  return [
    ...metricsOf(pools).map((metric) => ({
      ...{ metric, name: "vCPUs in the region", wanted: wantedOf(pools, metric) ?? 0 },
      needs: needs.filter(({ what }) => cpuMetric(what.split(" ").at(-1) ?? "") === metric),
    })),
    {
      ...{ metric: "SSD_TOTAL_GB", name: "GB of SSD disks of nodes in the region", wanted: ssdWanted(pools) },
      needs: poolNeeds(
        asked,
        (block) => `up to ${mostNodes(block)} disks of ${numberAt(block, "node_config", "disk_size_gb") ?? "?"} GB`,
      ),
    },
  ];
}

function regionQuotas(asked: Asked, pools: Pools): Quota[] {
  const { stacks } = asked;
  const addresses = madeOf(stacks, "google_compute_address").filter(isExternal);
  const balancers = loadBalancersIn(madeIn(stacks)).map(({ resource }) =>
    needOf(resource, "1 address of a load balancer"),
  );
  const ofAddresses = addresses.map((one) => needOf(one, "1 address"));
  return [
    ...nodeQuotas(asked, pools),
    {
      metric: "STATIC_ADDRESSES",
      name: "static addresses in the region",
      wanted: addresses.length,
      needs: ofAddresses,
    },
    {
      ...{ metric: "IN_USE_ADDRESSES", name: "addresses in use in the region" },
      wanted: addresses.length + balancers.length,
      needs: [...ofAddresses, ...balancers],
    },
  ];
}

function projectQuotas(asked: Asked, pools: Pools): Quota[] {
  const { stacks } = asked;
  const count = (metric: string, name: string, type: string): Quota => {
    const made = madeOf(stacks, type);
    return { metric, name, wanted: made.length, needs: made.map((one) => needOf(one, `1 of ${type}`)) };
  };
  return [
    {
      ...{ metric: "CPUS_ALL_REGIONS", name: "vCPUs in all regions", wanted: cpusWanted(pools ?? {}) ?? 0 },
      needs: nodeQuotas(asked, pools).flatMap(({ metric, needs }) => (metric === "SSD_TOTAL_GB" ? [] : needs)),
    },
    count("NETWORKS", "networks in the project", "google_compute_network"),
    count("ROUTERS", "routers in the project", "google_compute_router"),
    count("FIREWALLS", "rules of the firewall in the project", "google_compute_firewall"),
    count("SUBNETWORKS", "subnets in the project", "google_compute_subnetwork"),
  ];
}

const check = (asked: Asked, where: "project" | "region", { metric, name, wanted, needs }: Quota): Check => ({
  ...AFTER_LOGIN,
  id: `quota/${where}/${metric}`,
  kind: "quotas",
  holds: `${wanted} ${name} fit into the quota ${metric}`,
  needs,
  ask: [
    where === "region"
      ? gcloud(asked, "compute", "regions", "describe", asked.place.region)
      : gcloud(asked, "compute", "project-info", "describe"),
  ],
  passes: `limit of the entry of quotas whose metric is ${metric} is ${wanted} or more beside its usage`,
  otherwise: {
    say: "ask for more on the page of quotas in the console: a new project may wait for days",
    run: [],
  },
  source: "https://docs.cloud.google.com/compute/resource-usage",
  judge: (answers) => {
    const quotas = listIn(jsonOf(answerAt(answers, 0)), "quotas");
    const found = quotas.find((one) => textIn(one, "metric") === metric);
    if (found === undefined) throw new NotUnderstood(`there is no quota ${metric} in the answer`);
    return roomFor(wanted, { limit: numberIn(found, "limit"), used: numberIn(found, "usage") });
  },
});

/** What the project may have, of everything that the stacks make and Compute Engine counts. */
export const quotaChecks = (asked: Asked, pools: Pools): Check[] => [
  ...regionQuotas(asked, pools)
    .filter(({ wanted }) => wanted > 0)
    .map((quota) => check(asked, "region", quota)),
  ...projectQuotas(asked, pools)
    .filter(({ wanted }) => wanted > 0)
    .map((quota) => check(asked, "project", quota)),
];
