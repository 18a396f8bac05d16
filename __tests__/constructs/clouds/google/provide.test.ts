import { SECRETS_IN_STATE } from "../../../../constructs/clouds/google/secrets-in-state";
import { GOOGLE_PROVISIONERS, GOOGLE_SERVICES } from "../../../../constructs/clouds/google/services/provisioners";
import type { EnvironmentInput } from "../../../../constructs/model/environment";
import type { Service } from "../../../../constructs/model/service";
import { mysql } from "../../../../constructs/services/mysql";
import { rabbitmq } from "../../../../constructs/services/rabbitmq";
import { redis } from "../../../../constructs/services/redis";
import { onGoogle } from "../../../support/google-application";
import { draft, production, staging } from "../../../support/input";

const inProduction = onGoogle(production());

const KEY = "${google_kms_crypto_key.DataKey.id}";

test("exactly these resources stand for one service of each kind that Google runs", () => {
  expect(inProduction.types).toEqual({
    google_dns_managed_zone: 1,
    google_dns_record_set: 1,
    google_kms_crypto_key: 1,
    google_kms_crypto_key_iam_member: 4,
    google_kms_key_ring: 1,
    google_redis_instance: 1,
    google_secret_manager_secret: 6,
    google_secret_manager_secret_version: 6,
    google_service_account: 1,
    google_service_account_iam_member: 1,
    google_sql_database: 1,
    google_sql_database_instance: 1,
    google_sql_user: 1,
    google_storage_bucket: 1,
    google_storage_bucket_iam_member: 2,
    google_storage_hmac_key: 1,
    random_id: 2,
    terraform_data: 6,
    time_sleep: 5,
  });
  expect(onGoogle(staging()).types).toEqual(inProduction.types);
});

test("an application without services gets nothing", () => {
  const { environment, app } = draft();
  app.services = {};
  for (const name of ["api", "queue", "nightly"]) Object.assign(app.workloads[name] ?? {}, { needs: [] });
  expect(onGoogle(environment).types).toEqual({});
  expect(onGoogle(environment).providers).toEqual(["google"]);
});

test("providers are those that have something to do", () => {
  expect(inProduction.providers).toEqual(["google", "random", "time"]);
});

test("everything that is protected in production can be thrown away elsewhere", () => {
  const protectedTypes = (stack: typeof inProduction) =>
    Object.keys(stack.types)
      .filter((type) =>
        stack
          .resources(type)
          .some(({ lifecycle }) => (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy),
      )
      .sort();
  expect(protectedTypes(inProduction)).toEqual([
    "google_kms_crypto_key",
    "google_redis_instance",
    "google_secret_manager_secret",
    "google_sql_database",
    "google_sql_database_instance",
    "google_storage_bucket",
  ]);
  expect(protectedTypes(onGoogle(staging()))).toEqual([]);
});

describe("the application's key", () => {
  test("rotates, and has a name that nobody had before", () => {
    expect(inProduction.resource("google_kms_crypto_key")).toMatchObject({
      name: "data",
      rotation_period: "7776000s",
      lifecycle: { prevent_destroy: true },
      labels: { "goldenpath-application": "shop" },
    });
    // Cloud KMS gives no name a second time, not even after everything in it is gone.
    expect(inProduction.resource("google_kms_key_ring")).toMatchObject({
      name: "production_shop_${random_id.DataKey_Suffix_05FD562D.hex}",
      location: "europe-west3",
    });
  });

  test("is the same argument to the engine whether its profile protects or not: no change of it makes another key", () => {
    const arguments_ = (stack: typeof inProduction) => Object.keys(stack.resource("google_kms_crypto_key")).sort();
    expect(arguments_(onGoogle(staging()))).toEqual(arguments_(inProduction));
    expect(arguments_(inProduction)).not.toContain("destroy_scheduled_duration");
  });

  test("encrypts everything that stores data", () => {
    expect(inProduction.resource("google_sql_database_instance")["encryption_key_name"]).toBe(KEY);
    expect(inProduction.resource("google_redis_instance")["customer_managed_key"]).toBe(KEY);
    expect(inProduction.resource("google_storage_bucket")["encryption"]).toEqual({ default_kms_key_name: KEY });
    for (const secret of inProduction.resources("google_secret_manager_secret")) {
      expect(secret["replication"]).toEqual({
        user_managed: {
          replicas: [{ location: "europe-west3", customer_managed_encryption: { kms_key_name: KEY } }],
        },
      });
    }
  });

  test("is open to Google's own accounts of the products that are there, and to nobody else", () => {
    const members = (stack: typeof inProduction) =>
      stack.resources("google_kms_crypto_key_iam_member").map(({ member, role, crypto_key_id }) => {
        expect({ role, crypto_key_id }).toEqual({
          role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
          crypto_key_id: KEY,
        });
        return String(member);
      });
    expect(members(inProduction).sort()).toEqual([
      "serviceAccount:${data.google_storage_project_service_account.DataKey_Storage_Account_270C60F6.email_address}",
      "serviceAccount:service-123456789012@cloud-redis.iam.gserviceaccount.com",
      "serviceAccount:service-123456789012@gcp-sa-cloud-sql.iam.gserviceaccount.com",
      "serviceAccount:service-123456789012@gcp-sa-secretmanager.iam.gserviceaccount.com",
    ]);
    // A project without Redis has no account of Memorystore, and IAM takes none that does not exist.
    expect(members(onGoogle(withServices("shop", { db: mysql() })))).toHaveLength(2);
    expect(members(onGoogle(withServices("shop", { cache: redis() })))).toHaveLength(2);
  });

  test("is used only after the permission has had time to take effect, and never by way of the wait", () => {
    const waits = {
      google_sql_database_instance: "CloudSql",
      google_redis_instance: "Memorystore",
      google_storage_bucket: "Storage",
    };
    for (const [type, agent] of Object.entries(waits)) {
      expect(inProduction.resource(type)["depends_on"]).toEqual([
        expect.stringMatching(new RegExp(`^time_sleep\\.DataKey_${agent}_Wait_`)),
      ]);
    }
    for (const secret of inProduction.resources("google_secret_manager_secret")) {
      expect(secret["depends_on"]).toEqual([expect.stringMatching(/^time_sleep\.DataKey_SecretManager_Wait_/)]);
    }
    // An unknown key would be another key to the engine, and another database.
    expect(inProduction.text).not.toMatch(/time_sleep\.DataKey_\w+\.triggers/);
  });
});

test("everything that takes labels says whose it is", () => {
  for (const type of ["google_redis_instance", "google_storage_bucket", "google_dns_managed_zone"]) {
    expect(inProduction.resource(type)["labels"]).toMatchObject({ "goldenpath-application": "shop" });
  }
  for (const { labels } of inProduction.resources("google_secret_manager_secret")) {
    expect(labels).toMatchObject({ "goldenpath-application": "shop", "goldenpath-service": expect.any(String) });
  }
  const { settings } = inProduction.resource("google_sql_database_instance");
  expect(settings).toMatchObject({ user_labels: { "goldenpath-application": "shop", "goldenpath-service": "db" } });
});

describe("secrets", () => {
  /** `type.path` of each argument that holds what matches. */
  const holders = (pattern: RegExp) =>
    [
      ...new Set(
        Object.keys(inProduction.types).flatMap((type) =>
          inProduction.resources(type).flatMap((block) => pathsOf(block, "", pattern).map((path) => `${type}.${path}`)),
        ),
      ),
    ].sort();

  test("those that Google generates are on the list, and go into write-only arguments and their number alone", () => {
    for (const { resource, attribute, reason } of SECRETS_IN_STATE) {
      expect(reason.length).toBeGreaterThan(20);
      expect(inProduction.types[resource]).toBe(1);
      expect(holders(new RegExp(`${resource}\\.\\w+\\.${attribute}\\b`))).toEqual([
        "google_secret_manager_secret_version.secret_data_wo",
        "google_secret_manager_secret_version.secret_data_wo_version",
      ]);
    }
  });

  test("the number that follows such a value is seven digits of its hash", () => {
    const version = inProduction.resource("google_secret_manager_secret_version", "cache");
    expect(version["secret_data_wo_version"]).toMatch(
      /^\$\{parseint\(substr\(sha256\(google_redis_instance\.\w+\.auth_string\), 0, 7\), 16\)\}$/,
    );
  });

  test("those that Terraform generates exist while it runs, and go into write-only arguments alone", () => {
    expect(Object.keys(inProduction.ephemeral["random_password"] ?? {})).toHaveLength(4);
    expect(holders(/ephemeral\./)).toEqual([
      "google_secret_manager_secret_version.secret_data_wo",
      "google_sql_user.password_wo",
    ]);
    expect(Object.keys(inProduction.types)).not.toContain("random_password");
  });

  test("nothing is given as an argument that is kept, and nothing is read back", () => {
    const kept = ["password", "root_password", "secret_data", "auth_string", "secret_key"];
    for (const type of Object.keys(inProduction.types)) {
      for (const block of inProduction.resources(type)) {
        expect([type, Object.keys(block).filter((key) => kept.includes(key))]).toEqual([type, []]);
      }
    }
    expect(Object.keys(inProduction.data).sort()).toEqual([
      "google_secret_manager_secrets",
      "google_storage_project_service_account",
    ]);
  });
});

test("two stacks of one input are the same bytes", () => {
  expect(onGoogle(production()).text).toBe(inProduction.text);
});

test("a kind that Google does not run is refused by name, should anybody ask", () => {
  expect(() => GOOGLE_PROVISIONERS.get({ name: "events", service: rabbitmq() })).toThrow(
    "service events: Google Cloud runs no RabbitMQ",
  );
  expect(GOOGLE_SERVICES.option.placements(rabbitmq())).toEqual(["in-cluster"]);
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
