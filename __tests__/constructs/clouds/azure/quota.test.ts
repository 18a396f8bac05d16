import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthCluster } from "../../../support/azure-environment";
import { all, one, type StackJson } from "../../../support/cloud-environment";

interface Pool {
  readonly vm_size: string;
  readonly min_count: number;
  readonly max_count: number;
  readonly upgrade_settings: { readonly max_surge: string };
}

/** Every pool in every zone, that of the cluster itself included. */
const pools = (json: StackJson): Pool[] => [
  one(json, "azurerm_kubernetes_cluster").default_node_pool as Pool,
  ...(all(json, "azurerm_kubernetes_cluster_node_pool") as unknown as Pool[]),
];

const cpusOf = ({ vm_size }: Pool): number => Number(/^Standard_[A-Z]+(\d+)/.exec(vm_size)?.[1]);

const need = (json: StackJson, nodesOf: (pool: Pool) => number): number =>
  pools(json).reduce((total, pool) => total + nodesOf(pool) * cpusOf(pool), 0);

const surge = ({ max_count, upgrade_settings }: Pool): number =>
  Math.ceil((max_count * Number.parseInt(upgrade_settings.max_surge, 10)) / 100);

const GUIDE = readFileSync(join(__dirname, "../../../../docs/operations/azure.md"), "utf8");

test.each([
  ["small", synthCluster({}, "small")],
  ["production", synthCluster()],
])("the guide says what vCPUs %s needs at first and at most", (profile, json) => {
  const row = GUIDE.split("\n").find((line) => line.startsWith(`| \`${profile}\` |`)) ?? "";
  const numbers = [...row.matchAll(/\d+/g)].map(Number);
  expect(numbers).toEqual([
    need(json, ({ min_count }) => min_count),
    need(json, (pool) => pool.max_count + surge(pool)),
  ]);
});
