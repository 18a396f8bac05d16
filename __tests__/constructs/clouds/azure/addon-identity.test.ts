import type { CloudPermission } from "../../../../constructs/addons/permissions";
import type { Identity } from "../../../../constructs/clouds/cloud";
import { SUBSCRIPTION, synthAzure } from "../../../support/azure-environment";
import { all, one, type StackJson } from "../../../support/cloud-environment";

const DNS = {
  zones: [
    { name: "example.com", resourceGroup: "dns" },
    { name: "example.org", resourceGroup: "dns" },
  ],
};

function allowed(name: string, permission: CloudPermission, dns?: typeof DNS): { json: StackJson; identity: Identity } {
  let identity: Identity = { annotations: {} };
  const json = synthAzure({ dns }, (cloud, stack, environment) => {
    cloud.configure(stack, environment);
    const needs = { permissions: [permission], serviceAccount: name } as const;
    ({ identity } = cloud.connect(stack, environment).allow(stack, { name, namespace: name }, needs));
  });
  return { json, identity };
}

const roles = (json: StackJson) =>
  Object.fromEntries(
    all(json, "azurerm_role_assignment").map((role) => [String(role.scope), role.role_definition_name]),
  );

test("one service account of the cluster acts as it, without a secret", () => {
  const { json } = allowed("external-secrets", "read-secrets");
  expect(one(json, "azurerm_federated_identity_credential")).toMatchObject({
    subject: "system:serviceaccount:external-secrets:external-secrets",
    issuer: expect.stringMatching(/^\$\{data\.azurerm_kubernetes_cluster\..*\.oidc_issuer_url\}$/) as string,
    audience: ["api://AzureADTokenExchange"],
    resource_group_name: "production",
  });
  expect(one(json, "azurerm_user_assigned_identity")).toMatchObject({
    name: "production-addon-external-secrets",
    tags: { "goldenpath:addon": "external-secrets", environment: "production" },
  });
});

test("External Secrets reads the environment's vault of secrets and nothing else", () => {
  const { json } = allowed("external-secrets", "read-secrets");
  const scopes = Object.entries(roles(json));
  expect(scopes).toEqual([
    [
      expect.stringMatching(
        new RegExp(
          `^/subscriptions/${SUBSCRIPTION}/resourceGroups/production/providers/Microsoft.KeyVault/vaults/prod[a-z]*-sec-`,
        ),
      ),
      "Key Vault Secrets User",
    ],
  ]);
});

test("external-dns edits records of the given zones, and lists their group", () => {
  const { json } = allowed("external-dns", "dns-records", DNS);
  const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/dns`;
  expect(roles(json)).toEqual({
    [group]: "Reader",
    [`${group}/providers/Microsoft.Network/dnsZones/example.com`]: "DNS Zone Contributor",
    [`${group}/providers/Microsoft.Network/dnsZones/example.org`]: "DNS Zone Contributor",
  });
});

test("nothing is created for records of no zone", () => {
  const { json, identity } = allowed("external-dns", "dns-records");
  expect(json).not.toHaveProperty("resource");
  expect(identity).toEqual({ annotations: {} });
});

test("pods are told of it once its rights have taken effect", () => {
  const { json, identity } = allowed("external-secrets", "read-secrets");
  expect(identity.podLabels).toEqual({ "azure.workload.identity/use": "true" });
  expect(Object.keys(identity.annotations)).toEqual(["azure.workload.identity/client-id"]);
  const wait = one(json, "time_sleep");
  expect(String(wait.depends_on)).toContain("azurerm_federated_identity_credential");
  expect(wait.triggers).toMatchObject({
    client: expect.stringContaining(".client_id") as string,
    assignments: expect.stringContaining("azurerm_role_assignment") as string,
  });
});
