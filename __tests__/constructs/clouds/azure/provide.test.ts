import { Construct } from "constructs";
import { SECRETS_IN_STATE } from "../../../../constructs/clouds/azure/secrets-in-state";
import { AZURE_PROVISIONERS, AZURE_SERVICES } from "../../../../constructs/clouds/azure/services/provisioners";
import { createWorkloadIdentity } from "../../../../constructs/clouds/azure/workload-identity";
import type { EnvironmentInput } from "../../../../constructs/model/environment";
import type { Service } from "../../../../constructs/model/service";
import { SERVICES } from "../../../../constructs/services/kinds";
import { mysql } from "../../../../constructs/services/mysql";
import { rabbitmq } from "../../../../constructs/services/rabbitmq";
import { ENVIRONMENT_TAGS, LOOKUP, onAzure, synthesize, type Synthesized } from "../../../support/azure-application";
import { draft, production, staging } from "../../../support/input";

const inProduction = onAzure(production());

/** For a MySQL, a Redis and a bucket. */
const TYPES = {
  azurerm_federated_identity_credential: 1,
  azurerm_key_vault_key: 1,
  azurerm_key_vault_secret: 6,
  azurerm_managed_redis: 1,
  azurerm_monitor_diagnostic_setting: 3,
  azurerm_mysql_flexible_database: 1,
  azurerm_mysql_flexible_server: 1,
  azurerm_mysql_flexible_server_configuration: 11,
  azurerm_private_endpoint: 2,
  azurerm_resource_group: 1,
  azurerm_role_assignment: 2,
  azurerm_role_definition: 1,
  azurerm_storage_account: 1,
  azurerm_storage_container: 1,
  azurerm_storage_management_policy: 1,
  azurerm_user_assigned_identity: 2,
  time_sleep: 2,
};

/** Of Azure, and of what waits for it: the record of who runs a service is tested where it is made. */
const azureTypes = ({ types }: Synthesized) =>
  Object.fromEntries(Object.entries(types).filter(([type]) => type !== "terraform_data"));

test("exactly these resources stand for one service of each kind, and locks where it is protected", () => {
  expect(azureTypes(inProduction)).toEqual({ ...TYPES, azurerm_management_lock: 3 });
  expect(azureTypes(onAzure(staging()))).toEqual(TYPES);
});

test("an application without services gets nothing", () => {
  const { environment, app } = draft();
  app.services = {};
  for (const name of ["api", "queue", "nightly"]) Object.assign(app.workloads[name] ?? {}, { needs: [] });
  const nothing = onAzure(environment);
  expect(nothing.application.services).toEqual([]);
  expect(nothing.types).toEqual({});
  expect(nothing.providers).toEqual(["azurerm"]);
});

test("everything is in a resource group of the application's own, whose name no other's can be", () => {
  expect(inProduction.resource("azurerm_resource_group")).toMatchObject({
    name: "production.shop",
    location: "germanywestcentral",
    lifecycle: { prevent_destroy: true },
  });
  const outside = new Set<string>();
  for (const type of Object.keys(TYPES)) {
    for (const resource of inProduction.resources(type)) {
      const group = resource["resource_group_name"];
      if (group === undefined) outside.add(type);
      else expect(group).toBe("${azurerm_resource_group.ResourceGroup.name}");
    }
  }
  // What belongs to another resource, is in a vault of the environment, or is the group.
  expect([...outside].sort()).toEqual([
    "azurerm_key_vault_key",
    "azurerm_key_vault_secret",
    "azurerm_monitor_diagnostic_setting",
    "azurerm_resource_group",
    "azurerm_role_assignment",
    "azurerm_role_definition",
    "azurerm_storage_container",
    "azurerm_storage_management_policy",
    "time_sleep",
  ]);
  expect(onAzure(staging()).resource("azurerm_resource_group")).toMatchObject({
    lifecycle: { prevent_destroy: false },
  });
});

describe("the application's key", () => {
  const key = inProduction.resource("azurerm_key_vault_key");

  test("is in the vault for keys, rotates every year and never ends", () => {
    expect(key).toMatchObject({
      name: "production--shop",
      key_vault_id: LOOKUP.keyVaultId,
      key_type: "RSA",
      key_size: 3072,
      key_opts: ["wrapKey", "unwrapKey"],
      rotation_policy: { automatic: { time_after_creation: "P1Y" } },
      lifecycle: { prevent_destroy: true },
    });
    expect(key).not.toHaveProperty("expiration_date");
    expect(key["rotation_policy"]).not.toHaveProperty("expire_after");
  });

  test("is for one identity alone, which may use no other key of the vault", () => {
    expect(inProduction.resource("azurerm_role_assignment", "DataKey")).toMatchObject({
      role_definition_name: "Key Vault Crypto Service Encryption User",
      scope: "${azurerm_key_vault_key.DataKey.resource_versionless_id}",
      principal_id: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.DataKey_Identity_\w+\.principal_id\}$/),
      principal_type: "ServicePrincipal",
      skip_service_principal_aad_check: true,
    });
  });

  test("is used by every store, and by none before the identity may", () => {
    const identity = /^\$\{time_sleep\.DataKey_Identity_Effect_\w+\.triggers\.id\}$/;
    for (const type of ["azurerm_mysql_flexible_server", "azurerm_managed_redis", "azurerm_storage_account"]) {
      const store = inProduction.resource(type) as {
        customer_managed_key: Record<string, string>;
        identity: { identity_ids: string[] };
      };
      expect([type, store.identity.identity_ids]).toEqual([type, [expect.stringMatching(identity)]]);
      expect(Object.values(store.customer_managed_key).filter((value) => identity.test(value))).toHaveLength(1);
      expect(store.customer_managed_key["key_vault_key_id"]).toMatch(
        /^\$\{azurerm_key_vault_key\.DataKey\.(versionless_)?id\}$/,
      );
    }
    expect(inProduction.resource("time_sleep", "DataKey")).toMatchObject({
      // Whoever is too early fails for good: the ten minutes that Microsoft names.
      create_duration: "600s",
      triggers: {
        id: expect.stringContaining("azurerm_user_assigned_identity.DataKey_Identity"),
        assignments: expect.stringContaining("azurerm_role_assignment.DataKey"),
      },
    });
  });
});

test("what Azure does not protect by itself is locked where the environment is protected, after all that belongs to it", () => {
  const locks = inProduction.resources("azurerm_management_lock");
  expect(locks.map(({ scope }) => String(scope).split(".")[0])).toEqual([
    "${azurerm_managed_redis",
    "${azurerm_mysql_flexible_server",
    "${azurerm_storage_account",
  ]);
  for (const lock of locks) expect(lock).toMatchObject({ lock_level: "CanNotDelete" });
  const belonging = locks.flatMap((lock) =>
    (lock as { depends_on: string[] }).depends_on.map((on) => on.split(".")[0]),
  );
  expect(new Set(belonging)).toEqual(
    new Set([
      "azurerm_mysql_flexible_database",
      "azurerm_mysql_flexible_server_configuration",
      "azurerm_monitor_diagnostic_setting",
      "azurerm_private_endpoint",
      "azurerm_storage_container",
      "azurerm_storage_management_policy",
    ]),
  );
});

test("everything that takes tags says whose it is, as azurerm adds none by itself", () => {
  const untaggable =
    /_(flexible_database|server_configuration|diagnostic_setting|federated_identity_credential|lock|role_\w+|container|policy)$|^time_/;
  const taggable = Object.keys(azureTypes(inProduction)).filter((name) => !untaggable.test(name));
  expect(taggable).toHaveLength(8);
  for (const type of taggable) {
    for (const resource of inProduction.resources(type)) {
      expect([type, resource["tags"]]).toEqual([
        type,
        expect.objectContaining({ ...ENVIRONMENT_TAGS, "goldenpath:application": "shop" }),
      ]);
      // More a secret of a vault cannot have.
      expect(Object.keys(resource["tags"] as object).length).toBeLessThanOrEqual(15);
    }
  }
  expect(inProduction.resource("azurerm_managed_redis")["tags"]).toMatchObject({ "goldenpath:service": "cache" });
});

test("providers are those that have something to do", () => {
  expect(inProduction.providers).toEqual(["azurerm", "random", "time"]);
});

test("no workload can act in Azure: what it may is said by passwords, and by the gateway's key", () => {
  for (const workload of ["api", "web", "queue", "nightly"]) {
    expect(inProduction.provided.identity(workload)).toBeUndefined();
  }
});

test("a workload that needed a permission would get an identity that its service account of this cluster alone can take", () => {
  const [workload] = inProduction.application.workloads;
  if (workload === undefined) throw new Error("no workload");
  let identity: unknown;
  const built = synthesize((stack) => {
    identity = createWorkloadIdentity(new Construct(stack, "Identities"), LOOKUP, inProduction.application, workload, {
      defaults: { resourceGroupName: "production.shop", location: "westeurope", tags: ENVIRONMENT_TAGS },
      grants: [{ name: "Reports", role: "Reader", scope: "/subscriptions/x", description: "Reports" }],
    });
  });
  expect(built.resource("azurerm_federated_identity_credential")).toMatchObject({
    issuer: LOOKUP.oidcIssuerUrl,
    subject: "system:serviceaccount:shop-production:shop-api",
    audience: ["api://AzureADTokenExchange"],
  });
  expect(built.resource("azurerm_user_assigned_identity")["name"]).toBe("production_shop_workload_api");
  // By the wait: pods that start before the role works are refused for a while.
  expect(built.resolve(identity)).toEqual({
    annotations: {
      "azure.workload.identity/client-id": expect.stringMatching(
        /^\$\{time_sleep\.Identities_api_.*\.triggers\.client\}$/,
      ),
    },
    podLabels: { "azure.workload.identity/use": "true" },
  });
  expect(built.resource("time_sleep")).toMatchObject({
    triggers: { client: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\..*\.client_id\}$/) },
    depends_on: [expect.stringMatching(/^azurerm_federated_identity_credential\./)],
  });
});

describe("what Azure does not run", () => {
  test("is RabbitMQ alone, which the cluster does", () => {
    const { placements } = AZURE_SERVICES.option;
    for (const [kind, build] of Object.entries(SERVICES)) {
      expect(placements(build())).toEqual(kind === "rabbitmq" ? ["in-cluster"] : ["managed", "in-cluster"]);
    }
  });

  test("is asked of it by a mistake of this program only", () => {
    expect(() => AZURE_PROVISIONERS.get({ name: "events", service: rabbitmq() })).toThrow(
      "service events: Azure runs no RabbitMQ",
    );
  });
});

describe("secrets", () => {
  const GENERATED = /(?:ephemeral\.(?:random_password|azurerm_key_vault_secret)\.[\w-]+\.(?:result|value))/;

  test("that are generated go into write-only arguments and nowhere else", () => {
    const found = Object.keys(inProduction.types).flatMap((type) =>
      inProduction
        .resources(type)
        .flatMap((resource) => pathsOf(resource, "", GENERATED).map((path) => `${type}.${path}`)),
    );
    expect([...new Set(found)].sort()).toEqual([
      "azurerm_key_vault_secret.value_wo",
      "azurerm_mysql_flexible_server.administrator_password_wo",
    ]);
    expect(found).toHaveLength(6);
    expect(inProduction.types).not.toHaveProperty("random_password");
  });

  test("that Azure makes are on the list, and go on into a write-only argument and a number of their hash", () => {
    const listed = new Set(SECRETS_IN_STATE.map(({ resource, attribute }) => `${resource}.${attribute}`));
    const references = [
      ...inProduction.text.matchAll(/(azurerm_\w+)\.[\w-]+\.([\w.[\]]*(?:access_key|connection_string))/g),
    ];
    expect(references.length).toBeGreaterThan(0);
    for (const [, type = "", attribute = ""] of references) {
      expect(listed).toContain(`${type}.${attribute.replaceAll("[0]", "")}`);
    }
    const uses = inProduction
      .resources("azurerm_key_vault_secret")
      .flatMap((secret) => pathsOf(secret, "", /access_key/));
    expect(uses).toEqual(["value_wo", "value_wo_version"]);
    for (const { reason } of SECRETS_IN_STATE) expect(reason.length).toBeGreaterThan(20);
  });

  test("are literal nowhere", () => {
    for (const type of Object.keys(inProduction.types)) {
      for (const resource of inProduction.resources(type)) {
        const literal = Object.entries(resource).filter(
          ([name, value]) =>
            /password|secret|value_wo$/.test(name) && typeof value === "string" && !value.startsWith("${"),
        );
        expect([type, literal]).toEqual([type, []]);
      }
    }
  });

  test("are found by names that no secret of people's has, though both be called alike", () => {
    const { environment, app } = draft();
    app.secrets = {
      db: { variable: "DB_LICENCE", description: "key" },
      cache: { variable: "CACHE_KEY", description: "key" },
    };
    Object.assign(app.workloads["api"] ?? {}, { secrets: ["db", "cache"] });
    const alike = onAzure(environment);
    const names = [
      ...alike.resources("azurerm_key_vault_secret").map(({ name }) => name),
      ...alike.application.secrets.map(({ remoteKey }) => remoteKey),
    ];
    expect(names).toContain("production--shop--cache");
    expect(new Set(names).size).toBe(names.length);
  });
});

test("two services whose parts join to one text have different names", () => {
  const server = (environment: EnvironmentInput) =>
    onAzure(environment).resource("azurerm_mysql_flexible_server")["name"];
  const [one, other] = [
    server(withServices("shop", { "eu-db": mysql() })),
    server(withServices("shop-eu", { db: mysql() })),
  ];
  expect(one).toMatch(/^production-shop-eu-db-[0-9a-f]{10}$/);
  expect(other).toMatch(/^production-shop-eu-db-[0-9a-f]{10}$/);
  expect(one).not.toBe(other);
});

test("two stacks of one input are the same bytes", () => {
  expect(onAzure(production()).text).toBe(inProduction.text);
});

/** An application with these services, which one workload needs. */
function withServices(name: string, services: Readonly<Record<string, Service>>): EnvironmentInput {
  const { environment, app } = draft();
  Object.assign(app, { name, services });
  for (const other of ["queue", "nightly"]) Object.assign(app.workloads[other] ?? {}, { needs: [] });
  Object.assign(app.workloads["api"] ?? {}, { needs: Object.keys(services) });
  return environment;
}

/** Paths of strings that match, list positions left out. */
function pathsOf(value: unknown, path: string, pattern: RegExp): string[] {
  if (typeof value === "string") return pattern.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, path, pattern));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => pathsOf(item, path === "" ? key : `${path}.${key}`, pattern));
}
