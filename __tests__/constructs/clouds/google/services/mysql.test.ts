import { mysql } from "../../../../../constructs/services/mysql";
import { DATA_CIDRS, LOOKUP, onGoogle } from "../../../../support/google-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onGoogle(production());
const instance = inProduction.resource("google_sql_database_instance");
const settingsOf = (stack: typeof inProduction) =>
  stack.resource("google_sql_database_instance")["settings"] as Record<string, unknown>;
const settings = settingsOf(inProduction);

const ADDRESS = "google_sql_database_instance.Services_db_FDEE49E3";

test("production survives the loss of a zone and of a careless hand", () => {
  expect(instance).toMatchObject({
    database_version: "MYSQL_8_4",
    region: "europe-west3",
    deletion_protection: true,
    settings: {
      edition: "ENTERPRISE",
      tier: "db-custom-2-8192",
      availability_type: "REGIONAL",
      deletion_protection_enabled: true,
      retain_backups_on_delete: true,
    },
    lifecycle: { prevent_destroy: true },
  });
  expect(inProduction.resource("google_sql_database")).toMatchObject({
    name: "app_db",
    charset: "utf8mb4",
    collation: "utf8mb4_0900_ai_ci",
    lifecycle: { prevent_destroy: true },
  });
});

test("a small environment is one instance that can be thrown away", () => {
  expect(onGoogle(staging()).resource("google_sql_database_instance")).toMatchObject({
    deletion_protection: false,
    settings: {
      tier: "db-custom-2-4096",
      availability_type: "ZONAL",
      deletion_protection_enabled: false,
      retain_backups_on_delete: false,
      disk_size: 20,
    },
    lifecycle: { prevent_destroy: false },
  });
});

test.each([
  ["small", "db-custom-2-4096"],
  ["medium", "db-custom-2-8192"],
  ["large", "db-custom-4-16384"],
  ["xlarge", "db-custom-8-32768"],
] as const)("size %s is %s, of as much memory as Cloud SQL takes for the cores", (size, tier) => {
  const { environment, overlay } = draft();
  overlay.services = { db: { size } };
  expect(settingsOf(onGoogle(environment))["tier"]).toBe(tier);
  const [, cores, memory] = /^db-custom-(\d+)-(\d+)$/.exec(tier)?.map(Number) ?? [];
  // https://cloud.google.com/sql/docs/mysql/create-instance#machine-types
  if (cores === undefined || memory === undefined) throw new Error(tier);
  expect(cores % 2).toBe(0);
  expect(memory % 256).toBe(0);
  expect(memory).toBeGreaterThanOrEqual(3840);
  expect(memory / 1024 / cores).toBeGreaterThanOrEqual(0.9);
  expect(memory / 1024 / cores).toBeLessThanOrEqual(6.5);
});

test.each([
  [1, 1],
  [3, 3],
  [7, 7],
  [14, 7],
  [35, 7],
])("%i days are so many daily backups, and any second of the last %i", (backupDays, seconds) => {
  const { environment, overlay } = draft();
  overlay.services = { db: { backupDays } };
  const backup = settingsOf(onGoogle(environment))["backup_configuration"];
  expect(backup).toEqual({
    enabled: true,
    binary_log_enabled: true,
    start_time: "22:00",
    location: "europe-west3",
    transaction_log_retention_days: seconds,
    backup_retention_settings: { retained_backups: backupDays, retention_unit: "COUNT" },
  });
});

test("the four hours in which a backup may begin are over before maintenance may", () => {
  expect(settings["backup_configuration"]).toMatchObject({ start_time: "22:00" });
  expect(settings["maintenance_window"]).toEqual({ day: 7, hour: 3, update_track: "stable" });
});

test("a disk that Cloud SQL made larger is no reason to delete the database", () => {
  expect(settings).toMatchObject({ disk_size: 100, disk_autoresize: true, disk_autoresize_limit: 500 });
  // A smaller one than there is would be another instance to the provider.
  expect(instance["lifecycle"]).toMatchObject({ ignore_changes: ["settings[0].disk_size"] });
});

test("its name is one that nobody had this week", () => {
  expect(instance["name"]).toBe("production-shop-db-${random_id.Services_db_Suffix_1B4E7A45.hex}");
});

test("it has an address in the network alone, and takes nothing but TLS", () => {
  expect(settings["ip_configuration"]).toEqual({
    ipv4_enabled: false,
    private_network: LOOKUP.networkId,
    ssl_mode: "ENCRYPTED_ONLY",
    server_ca_mode: "GOOGLE_MANAGED_CAS_CA",
  });
  expect(inProduction.provided.connection("api", "db")).toMatchObject({
    tls: true,
    endpoints: [{ cidrs: DATA_CIDRS, port: 3306 }],
  });
});

describe("clients can verify who answers", () => {
  const connection = inProduction.provided.connection("api", "db");

  test("by the certificates that the instance tells", () => {
    expect(inProduction.resolve(connection.caBundle)).toBe(`\${${ADDRESS}.server_ca_cert[0].cert}`);
  });

  test("under the name in the certificate, which leads to the instance inside the network", () => {
    const zone = inProduction.resource("google_dns_managed_zone");
    const name =
      `\${format("%s.", trimsuffix(one([for each in ${ADDRESS}.dns_names : each.name if ` +
      'each.connection_type == "PRIVATE_SERVICES_ACCESS" && each.dns_scope == "INSTANCE"]), "."))}';
    expect(zone).toMatchObject({
      name: "production-shop-db-sql",
      dns_name: name,
      visibility: "private",
      private_visibility_config: { networks: [{ network_url: LOOKUP.networkId }] },
    });
    expect(inProduction.resource("google_dns_record_set")).toMatchObject({
      name: expect.stringMatching(/^\$\{google_dns_managed_zone\.\w+\.dns_name\}$/),
      type: "A",
      rrdatas: [`\${${ADDRESS}.private_ip_address}`],
    });
    // Without the dot, which no certificate has; and by the record, so that nobody asks for it before it is there.
    expect(inProduction.resolve(connection.parts["host"])).toEqual({
      value: expect.stringMatching(/^\$\{trimsuffix\(google_dns_record_set\.\w+\.name, "\."\)\}$/),
    });
  });

  test("and the Job that makes the users does so too", () => {
    const administrator = inProduction.provided.users("db")?.administrator;
    expect(administrator?.caBundle).toBe(connection.caBundle);
    expect(administrator?.parts["host"]).toBe(connection.parts["host"]);
  });
});

describe("the administrator", () => {
  const user = inProduction.resource("google_sql_user");
  const version = inProduction.resource("google_secret_manager_secret_version", "Administrator");
  const [id = ""] = Object.keys(inProduction.ephemeral["random_password"] ?? {}).filter((key) =>
    key.includes("Administrator"),
  );

  test("has a password that no state keeps, in the database and in Secret Manager alike", () => {
    const password = `ephemeral.random_password.${id}.result`;
    expect(user).toMatchObject({ name: "admin", host: "%", password_wo: `\${${password}}`, password_wo_version: 1 });
    expect(version).toMatchObject({
      secret_data_wo: `\${jsonencode({"username" = "admin", "password" = ${password}})}`,
      secret_data_wo_version: 1,
    });
    expect(user).not.toHaveProperty("password");
  });

  test("gets another one in both places in one run, in the database first", () => {
    const { environment, overlay } = draft();
    overlay.services = { db: { passwords: 4 } };
    const stack = onGoogle(environment);
    expect(stack.resource("google_sql_user")).toMatchObject({ password_wo_version: 4 });
    expect(stack.resource("google_secret_manager_secret_version", "Administrator")).toMatchObject({
      secret_data_wo_version: 4,
    });
    const address = expect.stringMatching(/^google_sql_user\.Services_db_User_\w+$/) as unknown;
    expect(version["depends_on"]).toEqual([address]);
    // Whatever changes the user writes the secret again: neither is left alone with a password of its own.
    expect(version["lifecycle"]).toEqual({ replace_triggered_by: [address] });
    // Nearly everything that may fail has been done before.
    expect(user["depends_on"]).toEqual([
      expect.stringMatching(/^google_secret_manager_secret\.Services_db_Administrator_Secret_\w+$/),
    ]);
  });

  test("is whom the Job signs in as, by one version of the secret", () => {
    const { username, password } = inProduction.provided.users("db")?.administrator.parts ?? {};
    const place = (property: string) => ({
      secret: {
        key: expect.stringMatching(/^\$\{google_secret_manager_secret\.Services_db_Administrator_/) as unknown,
        property,
        version: expect.stringMatching(
          /^\$\{google_secret_manager_secret_version\.Services_db_Administrator_/,
        ) as unknown,
      },
    });
    expect(inProduction.resolve(username)).toEqual(place("username"));
    expect(inProduction.resolve(password)).toEqual(place("password"));
  });
});

test("each workload with an edge signs in as a user of its own, to a database that is there", () => {
  for (const workload of ["api", "queue", "nightly"]) {
    const { username, database } = inProduction.provided.connection(workload, "db").parts;
    expect(username).toEqual({ value: `app.${workload}` });
    expect(inProduction.resolve(database)).toEqual({
      value: expect.stringMatching(/^\$\{google_sql_database\.Services_db_Database_\w+\.name\}$/),
    });
  }
  expect(() => inProduction.provided.connection("web", "db")).toThrow("service db: workload web has no edge to it");
});

test("slow queries are shown with the tags that applications give them", () => {
  expect(settings["insights_config"]).toEqual({ query_insights_enabled: true, record_application_tags: true });
});

test("another version is the same instance: an upgrade in its place", () => {
  const { environment, services } = draft();
  Object.assign(services, { db: mysql({ version: "8.0" }) });
  const before = onGoogle(environment).resource("google_sql_database_instance");
  expect(before).toEqual({ ...instance, database_version: "MYSQL_8_0" });
});

test("the longest names there can be are within what Cloud SQL takes, and never meet", () => {
  const name = (service: string): string => {
    const { environment, app, workload } = draft();
    environment.name = "e".repeat(40);
    Object.assign(app, {
      name: "a".repeat(16),
      services: { [service]: mysql() },
      workloads: { web: { ...workload("web"), needs: [service] } },
      routes: [],
      externals: {},
    });
    const given = String(onGoogle(environment).resource("google_sql_database_instance")["name"]);
    return given.replace(/\$\{[^}]*\}$/, "0a1b2c3d");
  };
  const names = [name(`${"s".repeat(27)}one`), name(`${"s".repeat(27)}two`)];
  expect(new Set(names).size).toBe(2);
  // A project's id takes up to 30 of the 98 characters that both have together, with a colon between them.
  for (const each of names) expect(each).toMatch(/^[a-z][a-z0-9-]{0,66}$/);
});
