import { azure, existingAzure, type ExistingAzureProps } from "../../../../constructs/clouds/azure";
import { formatProblem } from "../../../../constructs/model/problem";
import { redis } from "../../../../constructs/services/redis";
import { AZURE_PROPS, SUBSCRIPTION, TENANT } from "../../../support/azure-environment";
import { environmentOn, one, synthCloud } from "../../../support/cloud-environment";

const PROPS: ExistingAzureProps = {
  location: "germanywestcentral",
  subscriptionId: SUBSCRIPTION,
  tenantId: TENANT,
  dataCidrs: ["10.10.128.0/20", "10.10.144.0/21"],
  stateAccount: "billingstate",
};

const existing = existingAzure(PROPS);
const owned = azure({ ...AZURE_PROPS, stateAccount: "billingstate" });

const lines = (props: unknown): string[] =>
  existingAzure(props as ExistingAzureProps)
    .problems(["cloud"])
    .map(formatProblem);

test("needs no network, endpoint or access, which are the other program's", () => {
  expect(lines(PROPS)).toEqual([]);
  expect(lines({ ...PROPS, clusterName: "shared", logRetentionDays: 30 })).toEqual([]);
  expect(existing.networkCidrs).toBeUndefined();
  expect(existing.lacks?.(redis())).toHaveProperty("backupDays");
});

test("creates neither the cluster nor a place for state", () => {
  expect(existing).not.toHaveProperty("createCluster");
  expect(existing).not.toHaveProperty("createState");
  expect(owned).toHaveProperty("createCluster");
});

describe.each(["production", "small"] as const)("in profile %s", (profile) => {
  const stack = (cloud: typeof existing) =>
    synthCloud(
      cloud,
      (it, scope, environment) => {
        it.configure(scope, environment);
        const cluster = it.connect(scope, environment);
        cluster.platform(scope);
        const needs = { permissions: ["read-secrets"], serviceAccount: "reader" } as const;
        cluster.allow(scope, { name: "reader", namespace: "reader" }, needs);
      },
      { profile },
    );

  test("what stands on the cluster is the same as in the program that owns it", () => {
    const { resource, data, terraform } = stack(existing);
    expect(resource).toHaveProperty("kubernetes_storage_class_v1");
    expect({ resource, data, terraform }).toEqual({
      resource: stack(owned).resource,
      data: stack(owned).data,
      terraform: stack(owned).terraform,
    });
  });

  test("but it registers nothing in the subscription, which is its owner's", () => {
    expect(stack(existing).provider.azurerm?.[0]).not.toHaveProperty("resource_providers_to_register");
    expect(stack(existing).provider.azurerm?.[0]).toMatchObject({ resource_provider_registrations: "none" });
  });

  test("the facts are the same", () => {
    expect(existing.facts(environmentOn(existing, profile))).toEqual(owned.facts(environmentOn(owned, profile)));
  });
});

test("finds the cluster and all around it by the name it is given", () => {
  const named = existingAzure({ ...PROPS, clusterName: "shared" });
  const json = synthCloud(named, (cloud, stack, environment) => {
    cloud.configure(stack, environment);
    cloud.connect(stack, environment).platform(stack);
  });
  expect(Object.values(json.data?.azurerm_kubernetes_cluster ?? {})).toEqual([
    expect.objectContaining({ name: "shared", resource_group_name: "shared" }),
  ]);
  expect(JSON.stringify(json.resource)).toContain("/resourceGroups/shared/providers/Microsoft.Compute/");
  expect(one(json, "kubernetes_storage_class_v1", "Files").parameters).toMatchObject({
    vnetResourceGroup: "shared",
    vnetName: "shared-network",
    subnetName: "endpoints",
  });
});

test.each<[string, object, string]>([
  ["no state account", { stateAccount: undefined }, "cloud.stateAccount: missing"],
  ["a misspelt location", { location: "westeurop" }, '(did you mean "westeurope"?)'],
  ["a subscription's name", { subscriptionId: "staging" }, 'cloud.subscriptionId: got "staging"'],
  ["no tenant", { tenantId: undefined }, "cloud.tenantId: missing"],
  ["no subnet of data services", { dataCidrs: [] }, "cloud.dataCidrs: got []; use at least 1 entry"],
  ["a public block", { dataCidrs: ["8.8.8.0/24"] }, 'cloud.dataCidrs[0]: got "8.8.8.0/24"; use the private blocks'],
  ["host bits", { dataCidrs: ["10.0.0.1/24"] }, 'cloud.dataCidrs[0]: got "10.0.0.1/24"; use an IPv4 block'],
  ["a block twice", { dataCidrs: ["10.0.0.0/24", "10.0.0.0/24"] }, "name each once"],
  ["logs for a day", { logRetentionDays: 1 }, "cloud.logRetentionDays: got 1; use at least 30"],
  ["what only the owner says", { network: { cidr: "10.0.0.0/16" } }, "cloud.network.cidr: unknown field"],
])("refuses %s", (_, change, expected) => {
  expect(lines({ ...PROPS, ...change }).join("\n")).toContain(expected);
});

test.each([undefined, null, "westeurope", [], {}])("survives %p", (props) => {
  expect(lines(props).length).toBeGreaterThan(0);
});
