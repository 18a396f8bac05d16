import { askedOf, AZURE_SERVICES } from "../../../../constructs/clouds/azure/services/provisioners";
import { fullPercent } from "../../../../constructs/kinds/postgresql/azure-alarms";
import { diskMib } from "../../../../constructs/kinds/postgresql/azure-server";
import type { Bytes } from "../../../../constructs/model/quantity";
import type { ServiceSizing } from "../../../../constructs/model/service";
import { LOOKUP, onAzure } from "../../../support/azure-application";
import { storeInProduction, storeInStaging } from "../../../support/postgresql-input";
import { firstApplication } from "../../../support/synthesized";

/* PostgreSQL on Azure: the flexible server. */

const TOLD = { mail: "ops@example.com", runbookUrl: (failure: string) => `https://git.example.com/${failure}.md` };

const inProduction = onAzure(storeInProduction());
const server = inProduction.resource("azurerm_postgresql_flexible_server");

const serverOf = (sizing: ServiceSizing) =>
  onAzure(storeInProduction(sizing)).resource("azurerm_postgresql_flexible_server");

const parametersOf = (sizing: ServiceSizing = {}): Record<string, unknown> =>
  Object.fromEntries<unknown>(
    onAzure(storeInProduction(sizing))
      .resources("azurerm_postgresql_flexible_server_configuration")
      .map(({ name, value }) => [String(name), value]),
  );

test("a stack has exactly this of it", () => {
  expect(inProduction.types).toEqual({
    azurerm_key_vault_key: 1,
    azurerm_key_vault_secret: 3,
    azurerm_management_lock: 1,
    azurerm_monitor_diagnostic_setting: 1,
    azurerm_postgresql_flexible_server: 1,
    azurerm_postgresql_flexible_server_configuration: 5,
    azurerm_postgresql_flexible_server_database: 1,
    azurerm_private_endpoint: 1,
    azurerm_resource_group: 1,
    azurerm_role_assignment: 1,
    azurerm_user_assigned_identity: 1,
    terraform_data: 2,
    time_sleep: 1,
  });
  // The state of a stack by itself would be a file beside whoever synthesizes it.
  expect(inProduction.text.replaceAll(`${process.cwd()}/`, "")).toMatchSnapshot();
});

test("the server is PostgreSQL at the version of the application, with a standby in another zone, and nobody loses it by a careless hand", () => {
  expect(server).toMatchObject({
    version: "17",
    sku_name: "GP_Standard_D2ads_v5",
    high_availability: { mode: "ZoneRedundant" },
    backup_retention_days: 14,
    geo_redundant_backup_enabled: false,
    auto_grow_enabled: true,
    customer_managed_key: {
      key_vault_key_id: expect.any(String) as string,
      primary_user_assigned_identity_id: expect.any(String) as string,
    },
    lifecycle: {
      prevent_destroy: true,
      ignore_changes: ["storage_mb", "zone", "high_availability[0].standby_availability_zone"],
    },
  });
  expect(inProduction.resources("azurerm_management_lock")).not.toEqual([]);
});

test("it is reached by a private endpoint alone, whose name the environment's zone has", () => {
  expect(server).toMatchObject({ public_network_access_enabled: false });
  expect(server).not.toHaveProperty("delegated_subnet_id");
  expect(inProduction.resource("azurerm_private_endpoint")).toMatchObject({
    subnet_id: LOOKUP.endpointSubnetId,
    private_service_connection: { subresource_names: ["postgresqlServer"] },
    private_dns_zone_group: { private_dns_zone_ids: [LOOKUP.privateZoneId("privatelink.postgres.database.azure.com")] },
  });
});

test("the administrator signs in by a password that no state has, and nobody by Entra", () => {
  expect(server).toMatchObject({
    administrator_login: "dbadmin",
    administrator_password_wo_version: 1,
    authentication: { password_auth_enabled: true, active_directory_auth_enabled: false },
  });
  expect(server).not.toHaveProperty("administrator_password");
});

test("a small environment is one server of the burstable tier that can be thrown away", () => {
  const small = onAzure(storeInStaging()).resource("azurerm_postgresql_flexible_server");
  expect(small).toMatchObject({
    sku_name: "B_Standard_B2s",
    // 20Gi are asked for, and three days: Azure sells no smaller disk, and keeps no fewer days.
    storage_mb: 32_768,
    backup_retention_days: 7,
    lifecycle: { prevent_destroy: false },
  });
  expect(small).not.toHaveProperty("high_availability");
});

test("what the server is told", () => {
  expect(parametersOf()).toEqual({
    require_secure_transport: "on",
    password_encryption: "scram-sha-256",
    ssl_min_protocol_version: "TLSv1.2",
    log_min_duration_statement: "1000",
    max_connections: "859",
  });
  const own = parametersOf({ machine: "MO_Standard_E4ads_v5", parameters: { work_mem: "8192" } });
  expect(own).toMatchObject({ work_mem: "8192" });
  expect(own).not.toHaveProperty("max_connections");
});

test.each<[Bytes, number]>([
  ["20Gi", 32_768],
  ["32Gi", 32_768],
  ["33Gi", 65_536],
  ["100Gi", 131_072],
  ["4095Gi", 4_193_280],
  ["4096Gi", 8_388_608],
  ["32767Gi", 33_553_408],
])("of %s Azure sells %d MiB", (storage, mib) => {
  expect(diskMib(storage)).toBe(mib);
  expect(serverOf({ storage })["storage_mb"]).toBe(mib);
});

test("a plan that asks for more disk than there is stops with the command", () => {
  const [postcondition] = (serverOf({ storage: "200Gi" })["lifecycle"] as { readonly postcondition: unknown[] })
    .postcondition;
  expect(postcondition).toEqual({
    condition: "${self.storage_mb >= 262144}",
    error_message: expect.stringMatching(/az postgres flexible-server update .*--storage-size 256$/) as string,
  });
});

// Between where Azure makes the disk larger, and where it makes the server read-only.
test.each([
  [32, 80, 84.4],
  [128, 80, 95],
  [512, 87.5, 95],
  [1024, 93.75, 95],
])("a disk of %d GiB is told full between %d and %d percent", (size, grows, readOnly) => {
  expect(fullPercent(size)).toBeGreaterThan(grows);
  expect(fullPercent(size)).toBeLessThan(readOnly);
});

test("of a disk that is read-only before it would grow, it is told before that", () => {
  expect(fullPercent(2048)).toBeLessThan(95);
  expect(fullPercent(2048)).toBeGreaterThan(90);
});

test("what only Azure sees is told by the metrics of this service", () => {
  const alerts = onAzure(storeInProduction(), TOLD).resources("azurerm_monitor_metric_alert");
  expect(alerts.length).toBeGreaterThan(0);
  for (const { criteria } of alerts) {
    expect(criteria).toEqual([
      expect.objectContaining({ metric_namespace: "Microsoft.DBforPostgreSQL/flexibleServers" }),
    ]);
  }
  expect(onAzure(storeInProduction({ size: "small", highAvailability: false }), TOLD).text).toContain(
    "cpu_credits_remaining",
  );
});

test("a standby of the burstable tier, and a release, are refused", () => {
  const problemsOf = (sizing: ServiceSizing) =>
    AZURE_SERVICES.problems(firstApplication(storeInProduction(sizing)), askedOf(LOOKUP), []).map(
      ({ path, why }) => `${path.join(".")}: ${why ?? ""}`,
    );
  expect(problemsOf({ size: "small" })).toEqual([
    'services.db.highAvailability: size "small" is B_Standard_B2s on Azure, of the burstable tier, which has no standby',
  ]);
  expect(problemsOf({ version: "17.6" })).toEqual([
    "services.db.version: Azure chooses the release of a version itself",
  ]);
});

const LEGACY =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/legacy/providers/Microsoft.DBforPostgreSQL/flexibleServers/legacy";

test("the way back into a server that was imported gives others their objects and rights back", () => {
  const application = firstApplication(storeInProduction());
  const [db] = application.services;
  if (db === undefined) throw new Error("no service");
  const imported = { ...db, sizing: { ...db.sizing, imported: { id: LEGACY, with: [], keeps: [] } } };
  const steps = AZURE_SERVICES.operations(application, imported, askedOf(LOOKUP))?.restore?.steps ?? [];
  const { say = "", run = [] } = steps.at(-1) ?? {};
  expect(say).toContain("others who use the database have no rights to it until the last line gives them back");
  expect(run.map((line) => line.split(" ", 1)[0])).toEqual([
    ...["ADMINISTRATOR=$(az", "pg_dump", "pg_dump", "pg_restore", "rm", "psql"],
  ]);
  expect(run.at(-1)).toMatch(/--file rights\.sql$/);
});

test("the way back is a second server, whose content is copied back as the role that owns it", () => {
  const application = firstApplication(storeInProduction());
  const [db] = application.services;
  if (db === undefined) throw new Error("no service");
  const operations = AZURE_SERVICES.operations(application, db, askedOf(LOOKUP));
  const commands = operations?.restore?.steps.flatMap(({ run = [] }) => run).join("\n") ?? "";
  expect(commands).toContain("az postgres flexible-server restore");
  expect(commands).toContain("--name production.store.db-at");
  expect(commands).toMatch(/pg_restore .*--role application/);
  expect(commands).not.toContain("mysql");
  for (const failure of ["DatabaseDiskNearMaximum", "DatabaseInterrupted", "DatabaseProcessorThrottled"]) {
    expect(JSON.stringify(operations?.failure(failure))).not.toContain("mysql");
  }
});
