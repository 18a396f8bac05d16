import { azure, existingAzure } from "../../../../constructs/clouds/azure";
import { facts } from "../../../../constructs/clouds/azure/facts";
import { SECRETS_IN_STATE } from "../../../../constructs/clouds/azure/secrets-in-state";
import type { Deployment } from "../../../../constructs/kubernetes/objects";
import type { EnvironmentInput } from "../../../../constructs/model/environment";
import { loadEnvironments } from "../../../../constructs/model/load";
import { SIZES } from "../../../../constructs/model/service";
import { mysql } from "../../../../constructs/services/mysql";
import type { ServiceTraits } from "../../../../constructs/services/traits";
import { LOOKUP, onAzure } from "../../../support/azure-application";
import { AZURE_PROPS, SUBSCRIPTION, synthAzure, synthCluster } from "../../../support/azure-environment";
import { environmentOn, one } from "../../../support/cloud-environment";
import { draft, production, shop, staging } from "../../../support/input";
import { expectTraitsOfConnections } from "../../../support/traits";

/* What is said of Azure, held against what is created there. */

const { subscriptionId, tenantId, location } = LOOKUP;
const CLOUD = azure({ ...AZURE_PROPS, subscriptionId, tenantId, location, network: { cidr: "10.20.0.0/16" } });

function described(input: EnvironmentInput) {
  const on = onAzure(input);
  const service = (name: string): ServiceTraits => {
    const found = on.application.services.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return CLOUD.describeService(on.application, found);
  };
  return { ...on, service };
}

/** Two workloads use the bucket, so that a key for each would be told from one for all. */
function twoUsersOfFiles(valid: EnvironmentInput): EnvironmentInput {
  const { environment, workload } = draft(valid);
  workload("web").needs = ["api", "files"];
  return environment;
}

describe.each([
  ["production", twoUsersOfFiles(production(shop()))],
  ["staging", twoUsersOfFiles(staging(shop()))],
])("the services of %s", (_name, input) => {
  const on = described(input);

  test("have the port, TLS, users and parts that their connections have", () => {
    expectTraitsOfConnections(
      on.application,
      on.provided,
      ({ name }) => on.service(name),
      (value) => on.resolve(value),
    );
  });

  test("have the names, machines, disks and backups of their resources", () => {
    const [db, cache, files] = ["db", "cache", "files"].map(on.service);
    const server = on.resource("azurerm_mysql_flexible_server");
    expect(server).toMatchObject({
      name: db?.name,
      sku_name: db?.compute?.machine,
      storage: {
        size_gb: Number(db?.disk?.size.replace("Gi", "")),
        auto_grow_enabled: db?.disk?.growsTo !== undefined,
      },
      version: db?.version?.replace("MySQL ", ""),
    });
    expect(db?.compute?.nodes).toBe(server.high_availability === undefined ? 1 : 2);
    expect(db?.backups).toBe(`any second of ${String(server.backup_retention_days)} days`);
    expect(on.resource("azurerm_managed_redis")).toMatchObject({
      name: cache?.name,
      sku_name: cache?.compute?.machine,
      high_availability_enabled: cache?.compute?.nodes === 2,
    });
    const account = on.resource("azurerm_storage_account") as { blob_properties: Record<string, { days: number }> };
    expect(account).toMatchObject({ name: files?.name });
    expect(files?.backups).toContain(`${String(account.blob_properties.delete_retention_policy?.days)} days`);
  });

  test("have the gateway in front of the bucket that is rendered", () => {
    const files = on.service("files");
    const objects = on.provided.objects("files", facts(AZURE_PROPS));
    const gateway = objects.find((object): object is Deployment => object.kind === "Deployment");
    const [container] = gateway?.spec.template.spec.containers ?? [];
    const { requests, limits } = container?.resources ?? {};
    expect(files.compute?.nodes).toBe(gateway?.spec.replicas);
    expect(files.compute?.machine).toBe(
      `${String(requests?.cpu)} to ${String(limits?.cpu)} CPU, ${String(limits?.memory)}`,
    );
    expect(container?.image).toContain(`:v${String(files.version?.replace("Versity S3 Gateway ", ""))}`);
  });

  test("keep their passwords where the secrets are, and in the state what the list of exceptions says", () => {
    const secrets = on.resources("azurerm_key_vault_secret").map(({ name }) => name);
    const names = ["db", "cache", "files"];
    for (const name of names) {
      const place = on.service(name).passwords?.place ?? "";
      expect(secrets).toContain(place.replace("<workload>", "api"));
    }
    const said = names.flatMap((name) => on.service(name).inState);
    const listed = SECRETS_IN_STATE.filter(({ resource }) => resource in on.types);
    expect(said.length).toBeGreaterThan(0);
    expect(said.sort()).toEqual(listed.map(({ resource, attribute }) => `${resource}.${attribute}`).sort());
  });
});

test("the tables of sizes are those that machines are taken from", () => {
  const types = { db: "azurerm_mysql_flexible_server", cache: "azurerm_managed_redis" };
  for (const size of SIZES) {
    const { environment, overlay } = draft(staging(shop()));
    overlay.services = { db: { size }, cache: { size } };
    const on = described(environment);
    for (const name of ["db", "cache"] as const) {
      expect(on.resource(types[name]).sku_name).toBe(on.service(name).compute?.sizes[size]);
    }
  }
});

test("another generation of passwords is in another place, but for Redis, which has two keys in turn", () => {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = { db: { passwords: 2 }, cache: { passwords: 2 } };
  const on = described(environment);
  const secrets = on.resources("azurerm_key_vault_secret").map(({ name }) => name);
  const place = (name: string): string => on.service(name).passwords?.place ?? "";
  expect(place("db")).toBe("production--shop--db--<workload>--v2");
  expect(secrets).toContain(place("db").replace("<workload>", "api"));
  expect(place("cache")).toBe("production--shop--cache--key");
  expect(secrets).toContain(place("cache"));
});

test("notes say what the resources cannot", () => {
  const on = described(production());
  const redis = on.resource("azurerm_managed_redis") as { default_database: Record<string, unknown> };
  expect(redis.default_database).toMatchObject({
    clustering_policy: "NoCluster",
    persistence_redis_database_backup_frequency: "1h",
  });
  expect(on.service("cache")).toMatchObject({ port: 10000, backups: undefined });
  expect(on.service("cache").notes.join("\n")).toMatch(/port 10000 .*\ndatabase 0 alone.*\none shard.*\nno backups/);
  expect(on.service("files").notes.join("\n")).toMatch(/speaks no S3.*\n.*\npresigned URLs.*\n.*\n.*UploadPartCopy/);
  expect(on.service("db").notes.join("\n")).toMatch(/^a standby in another zone is made with the server/);
});

test("a name that Azure would refuse is shortened in the description as it is in the resource", () => {
  const { environment, app, workload } = draft(production(shop()));
  app.name = "a-very-long-name-of-an-application-of-ours";
  const database = "a-very-long-name-of-a-database-of-ours";
  Object.assign(app, { services: { [database]: mysql() } });
  for (const other of ["queue", "nightly"]) workload(other).needs = [];
  workload("api").needs = [database];
  const on = described(environment);
  const { name } = on.service(database);
  expect(name.length).toBeLessThanOrEqual(63);
  expect(on.resource("azurerm_mysql_flexible_server").name).toBe(name);
});

test("what runs in the cluster has the cloud's disks and the vault's names", () => {
  const { environment, overlay } = draft(staging(shop()));
  overlay.services = { db: { placement: "in-cluster", passwords: 2 }, files: { placement: "in-cluster" } };
  const [loaded] = loadEnvironments([{ ...environment, cloud: CLOUD }]);
  const [application] = loaded?.applications ?? [];
  if (application === undefined) throw new Error("no application");
  const traits = (name: string): ServiceTraits => {
    const found = application.services.find((service) => service.name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return CLOUD.describeService(application, found);
  };
  expect(traits("db")).toMatchObject({
    placement: "in-cluster",
    disk: { kind: "StorageClass azure-disk" },
    passwords: { place: "staging--shop--db--<workload>--v2", old: "kept" },
  });
  expect(traits("events")).toMatchObject({ placement: "in-cluster", product: "RabbitMQ by its Cluster Operator" });
  expect(traits("files")).toMatchObject({
    placement: "in-cluster",
    signIn: "shared-key",
    passwords: { place: "staging--shop--files--v1" },
  });
});

test("a service that Azure does not run is described by nobody but the cluster", () => {
  const { application } = onAzure(production());
  const [db] = application.services;
  if (db === undefined) throw new Error("no service");
  const events = { ...db, name: "events", service: { ...db.service, kind: "rabbitmq" as const } };
  expect(() => CLOUD.describeService(application, events)).toThrow("service events: Azure runs no RabbitMQ");
});

describe("the environment", () => {
  const cloud = azure(AZURE_PROPS);
  const environment = environmentOn(cloud);
  const traits = cloud.describe(environment);

  test("has the cluster, version, pools and state that its stacks have", () => {
    const cluster = synthCluster();
    expect(one(cluster, "azurerm_kubernetes_cluster")).toMatchObject({
      name: traits.clusterName,
      kubernetes_version: traits.kubernetesVersion,
    });
    const pools = Object.values(cluster.resource.azurerm_kubernetes_cluster_node_pool ?? {});
    const general = pools.filter(({ mode }) => mode === "User");
    const [{ min_count, max_count, vm_size } = {}] = general;
    expect(traits.nodes).toBe(
      `pool general, ${String(min_count)} to ${String(max_count)} ${String(vm_size)} in each of ${general.length} zones`,
    );
    const { azurerm } = cluster.terraform.backend as {
      azurerm: { storage_account_name: string; container_name: string };
    };
    expect(traits.state).toBe(`storage account ${azurerm.storage_account_name}, container ${azurerm.container_name}`);
    expect(traits.place).toBe(`subscription ${SUBSCRIPTION}, location germanywestcentral`);
  });

  test("signs in and finds secrets as its stacks do", () => {
    const json = synthAzure({}, (given, stack, found) => {
      given.configure(stack, found);
      expect(given.connect(stack, found).secretStoreProvider()).toHaveProperty("azurekv");
    });
    const [kubernetes] = json.provider.kubernetes ?? [];
    const { exec } = kubernetes as { exec: readonly { command: string; args: readonly string[] }[] };
    expect(exec.map(({ command, args }) => `${command} ${String(args[0])}`)).toEqual([traits.credentials]);
    expect(traits.secretStore).toBe("Azure Key Vault");
  });

  test("of another program says nothing that only its owner knows", () => {
    const dataCidrs = ["10.10.128.0/20", "10.10.144.0/21"];
    const existing = existingAzure({ subscriptionId, tenantId, location, dataCidrs, stateAccount: "billing" });
    expect(existing.describe(environment)).toMatchObject({
      clusterName: "production",
      kubernetesVersion: undefined,
      nodes: "whatever its owner gave it",
      state: "storage account billing, container tfstate",
    });
    const { application } = onAzure(production());
    const [db] = application.services;
    expect(db && existing.describeService(application, db)).toMatchObject({ placement: "managed" });
  });
});
