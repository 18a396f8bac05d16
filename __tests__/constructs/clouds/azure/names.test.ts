import { AZURE_LOCATIONS, isLocation } from "../../../../constructs/clouds/azure/locations";
import {
  clusterName,
  clusterNames,
  globalName,
  poolName,
  standInName,
  stateAccountName,
} from "../../../../constructs/clouds/azure/names";
import { SERVICE_NAMES } from "../../../../constructs/clouds/azure/services/names";
import type { NameRule } from "../../../../constructs/model/names";
import { SUBSCRIPTION, TENANT } from "../../../support/azure-environment";

const LONG = "a-very-long-name-of-an-environment-in-a-large-organisation-somewhere";
const VAULT = { max: 24, separator: "-" } as const;
const ACCOUNT = { max: 24, separator: "" } as const;

test.each(["production", "p", LONG, "a--b", "eu-west-3"])("%s has names that Azure takes", (name) => {
  const cluster = clusterName({ name }, { location: "westeurope" });
  const names = clusterNames(cluster, SUBSCRIPTION);
  expect(cluster).toMatch(/^[a-z](?:[a-z0-9-]{0,52}[a-z0-9])?$/);
  for (const vault of [names.secretVault, names.keyVault, names.clusterVault]) {
    expect(vault).toMatch(/^[a-z](?:[a-z0-9]|-(?!-)){1,22}[a-z0-9]$/);
  }
  for (const account of [
    names.filesAccount,
    names.flowLogAccount,
    stateAccountName({ name }, { location: "westeurope", subscriptionId: SUBSCRIPTION }),
  ]) {
    expect(account).toMatch(/^[a-z0-9]{3,24}$/);
  }
  expect(names.workspace).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/);
  expect(names.network.length).toBeLessThanOrEqual(64);
  expect(names.nodeResourceGroup.length).toBeLessThanOrEqual(80);
});

test("names that all of Azure shares differ by subscription, cluster and purpose", () => {
  const pairs = [
    ["staging", "sec", SUBSCRIPTION],
    ["staging", "sec", TENANT],
    ["staging", "key", SUBSCRIPTION],
    // Alike once hyphens and the end are cut off.
    ["stag-ing", "sec", SUBSCRIPTION],
    [`${LONG}-1`, "sec", SUBSCRIPTION],
    [`${LONG}-2`, "sec", SUBSCRIPTION],
  ] as const;
  for (const rule of [VAULT, ACCOUNT]) {
    const made = pairs.map(([cluster, purpose, subscription]) => globalName(subscription, [cluster], rule, [purpose]));
    expect(new Set(made).size).toBe(pairs.length);
  }
});

test("the same environment finds its vaults again, however a subscription's id is written", () => {
  const name = (subscription: string, rule: NameRule) => globalName(subscription, ["staging"], rule, ["sec"]);
  for (const rule of [VAULT, ACCOUNT, SERVICE_NAMES.mysqlServer])
    expect(name("ABCDEF", rule)).toBe(name("abcdef", rule));
});

describe("names of services that all of Azure shares", () => {
  const RULES = [SERVICE_NAMES.mysqlServer, SERVICE_NAMES.managedRedis, SERVICE_NAMES.storageAccount];

  test("say whose they are, and fit", () => {
    expect(globalName(SUBSCRIPTION, ["staging", "my-app", "orders-db"], SERVICE_NAMES.mysqlServer)).toMatch(
      /^staging-my-app-orders-db-[0-9a-f]{10}$/,
    );
    expect(globalName(SUBSCRIPTION, ["staging", "my-app", "up"], SERVICE_NAMES.storageAccount)).toMatch(
      /^stagingmyappup[0-9a-f]{10}$/,
    );
    for (const rule of RULES) {
      const made = globalName(SUBSCRIPTION, [LONG, LONG, "a--b"], rule);
      expect(made.length).toBeLessThanOrEqual(rule.max);
      expect(made).toMatch(/^[a-z](?:[a-z0-9]|-(?!-))*[a-z0-9]$/);
    }
  });

  test("differ where one part does, though they are alike when joined or cut", () => {
    const parts = [
      ["a-b", "c", "d"],
      ["a", "b-c", "d"],
      ["a", "b", "c-d"],
      [LONG, LONG, "one"],
      [LONG, LONG, "two"],
    ];
    for (const rule of RULES) {
      expect(new Set(parts.map((given) => globalName(SUBSCRIPTION, given, rule))).size).toBe(parts.length);
    }
  });
});

test("pools have names of twelve letters and digits, and so have their stand-ins, which are nobody else's", () => {
  const made = ["system", "general", "applicationa"].flatMap((pool) =>
    (["1", "2", "3"] as const).map((zone) => poolName(pool.slice(0, 11), zone)),
  );
  const all = [...made, ...made.map(standInName)];
  expect(new Set(all).size).toBe(all.length);
  for (const name of all) expect(name).toMatch(/^[a-z][a-z0-9]{0,11}$/);
  expect(made).toContain("general2");
});

test("locations are named as Azure Resource Manager names them, each once", () => {
  expect(new Set(AZURE_LOCATIONS).size).toBe(AZURE_LOCATIONS.length);
  for (const location of AZURE_LOCATIONS) expect(location).toMatch(/^[a-z]+\d?$/);
  expect(isLocation("westeurope")).toBe(true);
  expect(isLocation(undefined)).toBe(false);
});
