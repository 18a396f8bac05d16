import { bucket } from "../../../../../constructs/services/bucket";
import { LOOKUP, onAzure } from "../../../../support/azure-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onAzure(production());
const account = inProduction.resource("azurerm_storage_account");

test("its names are nobody else's on Azure, and of the form that Azure takes", () => {
  expect(account["name"]).toMatch(/^productionshop[0-9a-f]{10}$/);
  expect(String(account["name"])).toMatch(/^[a-z0-9]{3,24}$/);
  expect(inProduction.resource("azurerm_storage_container")["name"]).toMatch(/^production-shop-files-[0-9a-f]{10}$/);
  expect(onAzure(staging()).resource("azurerm_storage_account")["name"]).not.toBe(account["name"]);
});

test("nothing in it can become public, and no key, link or local user opens it", () => {
  expect(account).toMatchObject({
    public_network_access_enabled: false,
    allow_nested_items_to_be_public: false,
    shared_access_key_enabled: false,
    default_to_oauth_authentication: true,
    local_user_enabled: false,
    cross_tenant_replication_enabled: false,
    https_traffic_only_enabled: true,
    min_tls_version: "TLS1_2",
  });
  expect(inProduction.resource("azurerm_storage_container")).toMatchObject({
    container_access_type: "private",
    // By the id: by the account's name azurerm would go where it is not let in.
    storage_account_id: expect.stringMatching(/^\$\{azurerm_storage_account\.\w+\.id\}$/),
  });
  expect(inProduction.resource("azurerm_private_endpoint", "Services_files")).toMatchObject({
    private_service_connection: { subresource_names: ["blob"] },
    private_dns_zone_group: { private_dns_zone_ids: [LOOKUP.blobZoneId] },
  });
});

test("objects are in three zones, encrypted twice, the outer time with the application's key", () => {
  expect(account).toMatchObject({
    account_replication_type: "ZRS",
    infrastructure_encryption_enabled: true,
    customer_managed_key: { key_vault_key_id: "${azurerm_key_vault_key.DataKey.versionless_id}" },
  });
});

test("Terraform empties it only where it may be thrown away", () => {
  for (const type of ["azurerm_storage_account", "azurerm_storage_container"]) {
    expect(inProduction.resource(type)).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(onAzure(staging()).resource(type)).toMatchObject({ lifecycle: { prevent_destroy: false } });
  }
});

test("deleted and overwritten objects come back for as long as the application says", () => {
  const { environment, services } = draft();
  Object.assign(services, { files: bucket({ keepVersionsDays: 30 }) });
  const stack = onAzure(environment);
  expect(stack.resource("azurerm_storage_account")["blob_properties"]).toEqual({
    versioning_enabled: true,
    delete_retention_policy: { days: 30 },
    container_delete_retention_policy: { days: 30 },
  });
  expect(stack.resource("azurerm_storage_management_policy")["rule"]).toEqual([
    {
      name: "abort-incomplete-uploads",
      enabled: true,
      filters: {
        blob_types: ["blockBlob"],
        prefix_match: [expect.stringMatching(/^\$\{azurerm_storage_container\.\w+\.name\}\/\.sgwtmp\/$/)],
      },
      actions: { base_blob: { delete_after_days_since_modification_greater_than: 7 } },
    },
    {
      name: "expire-old-versions",
      enabled: true,
      filters: { blob_types: ["blockBlob"] },
      actions: { version: { delete_after_days_since_creation: 30 } },
    },
  ]);
});

test("who read, wrote and deleted is logged", () => {
  expect(inProduction.resource("azurerm_monitor_diagnostic_setting", "Services_files")).toMatchObject({
    target_resource_id: expect.stringMatching(/^\$\{azurerm_storage_account\.\w+\.id\}\/blobServices\/default$/),
    enabled_log: [{ category: "StorageRead" }, { category: "StorageWrite" }, { category: "StorageDelete" }],
  });
});

describe("the gateway", () => {
  test("may do with the container's blobs what its S3 needs, and delete neither the container nor an old version", () => {
    const [{ actions, data_actions }] = inProduction.resource("azurerm_role_definition")["permissions"] as [
      { actions: string[]; data_actions: string[] },
    ];
    const containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
    expect(actions).toEqual([`${containers}/read`]);
    expect(data_actions).toEqual(
      ["read", "write", "add/action", "delete", "tags/read", "tags/write"].map((each) => `${containers}/blobs/${each}`),
    );
    for (const action of [...actions, ...data_actions]) {
      expect(action).not.toMatch(/\*|deleteBlobVersion|permanentDelete|containers\/(delete|write)$/);
    }
  });

  test("may do it in this container alone, by a role of this resource group", () => {
    expect(inProduction.resource("azurerm_role_definition")).toMatchObject({
      scope: "${azurerm_resource_group.ResourceGroup.id}",
      assignable_scopes: ["${azurerm_resource_group.ResourceGroup.id}"],
    });
    expect(inProduction.resource("azurerm_role_assignment", "Gateway")).toMatchObject({
      scope: expect.stringMatching(/^\$\{azurerm_storage_container\.\w+\.id\}$/),
      role_definition_id: expect.stringMatching(/^\$\{azurerm_role_definition\.\w+\.role_definition_resource_id\}$/),
      principal_id: expect.stringMatching(
        /^\$\{azurerm_user_assigned_identity\.Services_files_Gateway_Identity_\w+\.principal_id\}$/,
      ),
    });
  });

  test("is one service account of this cluster", () => {
    expect(inProduction.resource("azurerm_federated_identity_credential")).toMatchObject({
      issuer: LOOKUP.oidcIssuerUrl,
      subject: "system:serviceaccount:shop-production:shop-files",
    });
  });

  test("is where workloads go: with a key pair of which no state keeps the secret half", () => {
    const { parts, tls } = inProduction.provided.connection("api", "files");
    expect(tls).toBe(true);
    const resolved = inProduction.resolve(parts) as Record<string, { value?: string; secret?: { key: string } }>;
    expect(resolved["endpoint"]?.value).toMatch(/^https:\/\/shop-files\.shop-production\.svc/);
    expect(resolved["bucket"]?.value).toMatch(/^\$\{azurerm_storage_container\.\w+\.name\}$/);
    expect(resolved["accessKeyId"]).toEqual({ value: "shop-files" });
    expect(resolved["secretAccessKey"]?.secret?.key).toMatch(
      /^\$\{azurerm_key_vault_secret\.Services_files_Gateway_AccessKey_Secret_\w+\.name\}$/,
    );
    expect(inProduction.resource("azurerm_key_vault_secret", "Services_files")).toMatchObject({
      name: "production--shop--files--v1",
      value_wo: expect.stringMatching(
        /^\$\{ephemeral\.random_password\.Services_files_Gateway_AccessKey_Password_\w+\.result\}$/,
      ),
      value_wo_version: 1,
    });
  });

  test("stands for every workload's permission: none of them has one in Azure", () => {
    expect(inProduction.types["azurerm_federated_identity_credential"]).toBe(1);
  });
});
