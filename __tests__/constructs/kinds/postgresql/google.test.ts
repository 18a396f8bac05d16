import { askedOf, GOOGLE_SERVICES } from "../../../../constructs/clouds/google/services/provisioners";
import type { ServiceSizing } from "../../../../constructs/model/service";
import { googleApplication, onGoogle, PLACE } from "../../../support/google-application";
import { storeInProduction, storeInStaging } from "../../../support/postgresql-input";

/* PostgreSQL on Google Cloud: Cloud SQL. What all engines have there is the business of MySQL's tests too. */

const inProduction = onGoogle(storeInProduction());
const instance = inProduction.resource("google_sql_database_instance");
const settings = instance["settings"] as Readonly<Record<string, unknown>>;

const flagsOf = (sizing: ServiceSizing = {}): Record<string, string> => {
  const made = onGoogle(storeInProduction(sizing)).resource("google_sql_database_instance");
  const { database_flags: flags } = made["settings"] as {
    readonly database_flags: readonly { readonly name: string; readonly value: string }[];
  };
  return Object.fromEntries(flags.map(({ name, value }) => [name, value]));
};

test("a stack has exactly this of it", () => {
  expect(inProduction.types).toEqual({
    google_dns_managed_zone: 1,
    google_dns_record_set: 1,
    google_kms_crypto_key: 1,
    google_kms_crypto_key_iam_member: 2,
    google_kms_key_ring: 1,
    google_secret_manager_secret: 3,
    google_secret_manager_secret_version: 3,
    google_sql_database: 1,
    google_sql_database_instance: 1,
    google_sql_user: 1,
    random_id: 2,
    terraform_data: 2,
    time_sleep: 2,
  });
  // The state of a stack by itself would be a file beside whoever synthesizes it.
  expect(inProduction.text.replaceAll(`${process.cwd()}/`, "")).toMatchSnapshot();
});

test("the instance is PostgreSQL at the version of the application, with a standby, and nobody loses it by a careless hand", () => {
  expect(instance).toMatchObject({
    database_version: "POSTGRES_17",
    encryption_key_name: expect.stringContaining("google_kms_crypto_key") as string,
    deletion_protection: true,
    lifecycle: { prevent_destroy: true, ignore_changes: ["settings[0].disk_size"] },
  });
  expect(settings).toMatchObject({
    // Of version 16 on Cloud SQL would take the dearer edition by itself.
    edition: "ENTERPRISE",
    tier: "db-custom-2-8192",
    availability_type: "REGIONAL",
    deletion_protection_enabled: true,
    retain_backups_on_delete: true,
    ip_configuration: { ipv4_enabled: false, ssl_mode: "ENCRYPTED_ONLY", server_ca_mode: "GOOGLE_MANAGED_CAS_CA" },
  });
});

test("any second of a week can be had back, by the name that PostgreSQL's log has for it", () => {
  const backups = settings["backup_configuration"];
  expect(backups).toMatchObject({
    enabled: true,
    point_in_time_recovery_enabled: true,
    transaction_log_retention_days: 7,
    backup_retention_settings: { retained_backups: 14, retention_unit: "COUNT" },
  });
  expect(backups).not.toHaveProperty("binary_log_enabled");
});

test("a small environment is one instance that can be thrown away", () => {
  expect(onGoogle(storeInStaging()).resource("google_sql_database_instance")).toMatchObject({
    deletion_protection: false,
    settings: { tier: "db-custom-2-4096", availability_type: "ZONAL", deletion_protection_enabled: false },
    lifecycle: { prevent_destroy: false },
  });
});

test("flags say how many connections there are, as on other clouds, and what PostgreSQL does not do by itself", () => {
  expect(flagsOf()).toEqual({ log_min_duration_statement: "1000", max_connections: "901" });
  expect(flagsOf({ machine: "db-custom-4-26624", parameters: { work_mem: "8192" } })).toEqual({
    log_min_duration_statement: "1000",
    work_mem: "8192",
  });
});

test("neither the user nor the database is deleted before the instance, which would refuse to", () => {
  expect(inProduction.resource("google_sql_user")).toMatchObject({ name: "dbadmin", deletion_policy: "ABANDON" });
  expect(inProduction.resource("google_sql_user")).not.toHaveProperty("host");
  expect(inProduction.resource("google_sql_database")).toMatchObject({
    name: "app_db",
    charset: "UTF8",
    collation: "en_US.UTF8",
    deletion_policy: "ABANDON",
    lifecycle: { prevent_destroy: true },
  });
});

test("the administrator's password is written, and read from no state", () => {
  expect(inProduction.resource("google_sql_user")).toMatchObject({ password_wo_version: 1 });
  expect(inProduction.resource("google_sql_user")).not.toHaveProperty("password");
});

test("a release is chosen by Cloud SQL, and one that an environment names is refused", () => {
  const application = googleApplication(storeInProduction({ version: "17.6" }));
  expect(GOOGLE_SERVICES.problems(application, askedOf(PLACE), ["applications", "store"])).toEqual([
    {
      path: ["applications", "store", "services", "db", "version"],
      got: "17.6",
      why: "Cloud SQL chooses the release of a version itself",
      fix: 'use "17"',
    },
  ]);
});

test("how many connections a machine by name takes is not said", () => {
  const count = (sizing: ServiceSizing): number | undefined => {
    const [db] = googleApplication(storeInProduction(sizing)).services;
    return db && GOOGLE_SERVICES.connections(db);
  };
  expect([count({ size: "large" }), count({ machine: "db-custom-4-26624" })]).toEqual([1802, undefined]);
});

test("the way back is a clone whose copy is written over the instance, and commands are of no engine", () => {
  const application = googleApplication(storeInProduction());
  const [db] = application.services;
  if (db === undefined) throw new Error("no service");
  const commands = GOOGLE_SERVICES.operations(application, db, askedOf(PLACE))
    ?.restore?.steps.flatMap(({ run = [] }) => run)
    .join("\n");
  expect(commands).toContain("gcloud sql instances clone");
  expect(commands).not.toContain("mysql");
});
