import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { mysql } from "../../../../../constructs/services/mysql";
import { DATA_CIDRS, LOOKUP, onAzure, SUBSCRIPTION } from "../../../../support/azure-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onAzure(production());
const server = inProduction.resource("azurerm_mysql_flexible_server");

test("production survives the loss of a zone, of a disk and of a careless hand", () => {
  expect(server).toMatchObject({
    version: "8.4",
    sku_name: "GP_Standard_D2ads_v5",
    high_availability: { mode: "ZoneRedundant" },
    storage: { size_gb: 100, auto_grow_enabled: true, io_scaling_enabled: true },
    backup_retention_days: 14,
    geo_redundant_backup_enabled: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(inProduction.resource("azurerm_management_lock", "Services_db")).toMatchObject({
    scope: expect.stringMatching(/^\$\{azurerm_mysql_flexible_server\.Services_db_\w+\.id\}$/),
    lock_level: "CanNotDelete",
  });
  expect(inProduction.resource("azurerm_mysql_flexible_database")).toMatchObject({
    lifecycle: { prevent_destroy: true },
  });
});

test("a small environment is one burstable server that can be thrown away", () => {
  const small = onAzure(staging());
  expect(small.resource("azurerm_mysql_flexible_server")).toMatchObject({
    sku_name: "B_Standard_B2s",
    storage: { size_gb: 20 },
    backup_retention_days: 3,
    lifecycle: { prevent_destroy: false },
  });
  expect(small.resource("azurerm_mysql_flexible_server")).not.toHaveProperty("high_availability");
  expect(small.types).not.toHaveProperty("azurerm_management_lock");
});

test.each([
  ["small", "B_Standard_B2s"],
  ["medium", "GP_Standard_D2ads_v5"],
  ["large", "GP_Standard_D4ads_v5"],
  ["xlarge", "GP_Standard_D8ads_v5"],
] as const)("size %s is %s, a form that azurerm takes", (size, sku) => {
  const { environment, overlay } = draft();
  overlay.services = { db: { size, highAvailability: false } };
  expect(onAzure(environment).resource("azurerm_mysql_flexible_server")["sku_name"]).toBe(sku);
  expect(sku).toMatch(/^(?:B_Standard_B(?:1|1m|2|2m|4m|8m|12m|16m|20m)s|GP_Standard_D(?:2|4|8|16|32|48|64)ads_v5)$/);
});

test.each([
  ["8.4", "8.4"],
  ["8.0", "8.0.21"],
] as const)("MySQL %s is %s to Azure", (version, spelt) => {
  const { environment, services } = draft();
  Object.assign(services, { db: mysql({ version }) });
  expect(onAzure(environment).resource("azurerm_mysql_flexible_server")["version"]).toBe(spelt);
});

test("its name is nobody else's on Azure, and one that a host name takes", () => {
  const { environment, app } = draft();
  app.name = "a--shop-with-a-rather-long-name-for-a";
  environment.name = "production-of-the-shop-in-germany-west";
  const [first, again] = [onAzure(environment), onAzure(environment)].map(
    (stack) => stack.resource("azurerm_mysql_flexible_server")["name"],
  );
  expect(first).toMatch(/^(?=.{3,63}$)[a-z0-9](?:-?[a-z0-9])+-[0-9a-f]{10}$/);
  expect(again).toBe(first);
  expect(server["name"]).toMatch(/^production-shop-db-[0-9a-f]{10}$/);
  expect(server["name"]).not.toContain(SUBSCRIPTION.slice(0, 8));
});

test("it answers inside the network alone, under the name of Azure's certificates", () => {
  expect(server).toMatchObject({
    delegated_subnet_id: LOOKUP.mysqlSubnetId,
    private_dns_zone_id: LOOKUP.mysqlZoneId,
    public_network_access: "Disabled",
  });
  const { parts, tls, endpoints } = inProduction.provided.connection("api", "db");
  expect(inProduction.resolve(parts["host"])).toEqual({
    value: expect.stringMatching(/^\$\{azurerm_mysql_flexible_server\.Services_db_\w+\.fqdn\}$/),
  });
  expect({ tls, endpoints }).toEqual({ tls: true, endpoints: [{ cidrs: DATA_CIDRS.mysql, port: 3306 }] });
});

test("slow queries and the audit log reach the workspace", () => {
  expect(inProduction.resource("azurerm_monitor_diagnostic_setting", "Services_db")).toMatchObject({
    log_analytics_workspace_id: LOOKUP.logWorkspaceId,
    enabled_log: [{ category: "MySqlSlowLogs" }, { category: "MySqlAuditLogs" }],
  });
});

test("clients get the authorities that Azure's certificates chain to, as they stand in every system bundle", () => {
  const { caBundle } = inProduction.provided.connection("api", "db");
  if (typeof caBundle !== "string") throw new Error("no literal bundle");
  const certificates = caBundle.split(/(?<=END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem));
  const name = ({ subject }: X509Certificate): string => /CN=(.*)/.exec(subject)?.[1] ?? "";
  expect(certificates.map(name)).toEqual([
    "DigiCert Global Root G2",
    "Microsoft RSA Root Certificate Authority 2017",
    "DigiCert Global Root CA",
  ]);
  const known = new Set(rootCertificates.map((pem) => new X509Certificate(pem).fingerprint256));
  for (const certificate of certificates.slice(0, 2)) {
    expect(known.has(certificate.fingerprint256)).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  }
  expect(certificates.map(({ fingerprint256 }) => fingerprint256.slice(0, 11))).toEqual([
    "CB:3C:CB:B7",
    "C7:41:F7:0F",
    "43:48:A0:E9",
  ]);
});

describe("the administrator", () => {
  const secret = inProduction.resource("azurerm_key_vault_secret", "db_Administrator");

  test("has what the vault holds for a password, read while Terraform runs", () => {
    const [id, read] = Object.entries(inProduction.ephemeral["azurerm_key_vault_secret"] ?? {})[0] ?? [];
    expect(Object.keys(inProduction.ephemeral["azurerm_key_vault_secret"] ?? {})).toHaveLength(1);
    const address = /^\$\{(azurerm_key_vault_secret\.Services_db_Administrator_Secret_\w+)\.version\}$/;
    const [, written = ""] = address.exec(String(read?.["version"])) ?? [];
    expect(read).toMatchObject({ name: `\${${written}.name}`, key_vault_id: `\${${written}.key_vault_id}` });
    expect(server).toMatchObject({
      administrator_login: "dbadmin",
      administrator_password_wo: `\${ephemeral.azurerm_key_vault_secret.${id}.value}`,
      administrator_password_wo_version: 1,
    });
    expect(server).not.toHaveProperty("administrator_password");
  });

  test("gets another password with the generation, in a secret of another name that the server reads", () => {
    expect(secret).toMatchObject({ name: "production--shop--db--v1", lifecycle: { create_before_destroy: true } });
    const { environment, overlay } = draft();
    overlay.services = { db: { passwords: 2 } };
    const next = onAzure(environment);
    expect(next.resource("azurerm_key_vault_secret", "db_Administrator")["name"]).toBe("production--shop--db--v2");
    expect(next.resource("azurerm_mysql_flexible_server")["administrator_password_wo_version"]).toBe(2);
  });

  test("is for the Jobs alone: no workload's connection has its name or its secret", () => {
    const administrator = inProduction.provided.users("db")?.administrator.parts;
    expect(administrator?.["username"]).toEqual({ value: "dbadmin" });
    const key = JSON.stringify(inProduction.resolve(administrator?.["password"]));
    expect(key).toMatch(/azurerm_key_vault_secret\.Services_db_Administrator_Secret_\w+\.name/);
    for (const workload of ["api", "queue", "nightly"]) {
      const parts = JSON.stringify(inProduction.resolve(inProduction.provided.connection(workload, "db").parts));
      expect(parts).not.toContain("Administrator");
      expect(parts).not.toContain("dbadmin");
    }
  });
});

describe("the disk", () => {
  test("grows by itself, so a plan never takes a smaller number for a request for another server", () => {
    expect(server).toMatchObject({ lifecycle: { ignore_changes: ["storage[0].size_gb"] } });
  });

  test("that is smaller than the environment asks for stops the plan with the command that grows it", () => {
    const { environment, overlay } = draft();
    overlay.services = { db: { storage: "200Gi" } };
    const { lifecycle } = onAzure(environment).resource("azurerm_mysql_flexible_server") as {
      lifecycle: { postcondition: { condition: string; error_message: string }[] };
    };
    expect(lifecycle.postcondition).toEqual([
      {
        condition: "${self.storage[0].size_gb >= 200}",
        error_message: expect.stringMatching(
          /asks for 200Gi .*\n.*\n {2}az mysql flexible-server update --resource-group \S+ --name production-shop-db-[0-9a-f]{10} --storage-size 200$/,
        ),
      },
    ]);
  });
});
