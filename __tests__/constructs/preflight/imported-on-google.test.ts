import { google } from "../../../constructs/clouds/google";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import type { Imported } from "../../../constructs/model/imported";
import { http } from "../../../constructs/model/workload";
import { NotUnderstood } from "../../../constructs/preflight/answers";
import type { Answer, Finding } from "../../../constructs/preflight/check";
import { line } from "../../../constructs/releases/shell";
import { ingress } from "../../../constructs/routing/ingress";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { fails, ok } from "../../support/preflight/answers";
import { check, checklistOf } from "../../support/preflight/checklists";

/* What is asked of an instance and a bucket that are imported. The answers are of the form that the references of both APIs give. */

const spec = (orders: Imported): EnvironmentSpec => ({
  ...{ name: "production", cloud: google(GOOGLE_PROPS), routing: ingress(), profile: "production" },
  ...{ contact: "platform@example.com", costCenter: "store", images: "immutable-tags" },
  applications: [
    {
      application: application({
        ...{
          name: "store",
          owner: "team-store",
          services: { orders: mysql({ database: "orders" }), uploads: bucket() },
        },
        workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["orders", "uploads"] }) },
      }),
      services: { orders: { imported: orders }, uploads: { imported: { id: "legacy-uploads" } } },
    },
  ],
});

const list = checklistOf(spec({ id: "legacy-orders" }));
const withAdministrator = checklistOf(spec({ id: "legacy-orders", with: ["administrator"] }));

function finding(checks: typeof list, id: string, answers: readonly Answer[]): Finding {
  const one = check(checks, id);
  expect(one.ask).toHaveLength(answers.length);
  try {
    return one.judge(answers);
  } catch (error) {
    if (error instanceof NotUnderstood) return { verdict: "unclear", found: error.message };
    throw error;
  }
}

const ip = {
  ...{ ipv4Enabled: false, sslMode: "ENCRYPTED_ONLY", serverCaMode: "GOOGLE_MANAGED_CAS_CA" },
  privateNetwork: "https://www.googleapis.com/compute/v1/projects/orders-production/global/networks/production",
};
const settings = { edition: "ENTERPRISE", dataDiskSizeGb: "100", ipConfiguration: ip };
const instance = {
  ...{ name: "legacy-orders", region: "europe-west3", databaseVersion: "MYSQL_8_4" },
  ...{ instanceType: "CLOUD_SQL_INSTANCE", settings },
};
const DATABASES = ok([{ name: "mysql" }, { name: "orders" }]);
const USERS = ok([{ name: "root", host: "%" }]);

const ZONES = ok([{ name: "example-com", dnsName: "example.com.", visibility: "public" }]);

const withIp = (changed: object): object => ({ settings: { ...settings, ipConfiguration: { ...ip, ...changed } } });

describe("an instance", () => {
  test("is asked for by its name, with its databases and users", () => {
    expect(check(list, "imports/sql/legacy-orders").ask.map(line)).toEqual([
      "gcloud sql instances describe legacy-orders --project orders-production --format json",
      "gcloud sql databases list --instance legacy-orders --project orders-production --format json",
      "gcloud sql users list --instance legacy-orders --project orders-production --format json",
      "gcloud dns managed-zones list --project orders-production --format json",
    ]);
  });

  test.each<[object, Finding["verdict"], RegExp]>([
    [{}, "passed", /^MYSQL_8_4, in the environment's network$/],
    [{ databaseVersion: "MYSQL_8_0_41" }, "failed", /MYSQL_8_0_41, and the plan would make it MYSQL_8_4/],
    [{ databaseVersion: "POSTGRES_17" }, "failed", /POSTGRES_17/],
    [{ region: "europe-west1" }, "failed", /region is europe-west1, and has to be europe-west3/],
    [{ instanceType: "READ_REPLICA_INSTANCE" }, "failed", /promote the replica first/],
    [{ settings: { ...settings, edition: "ENTERPRISE_PLUS" } }, "failed", /ENTERPRISE_PLUS/],
    [{ settings: { ...settings, dataDiskSizeGb: "600" } }, "failed", /600 GiB, and may grow to 500/],
    [withIp({ serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA" }), "failed", /GOOGLE_MANAGED_INTERNAL_CA/],
    [withIp({ privateNetwork: undefined }), "failed", /network is none, and has to be projects\/orders-production/],
    [withIp({ ipv4Enabled: true }), "unclear", /public address is taken away/],
    [withIp({ sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }), "unclear", /without TLS is refused/],
    [
      { settings: { ...settings, databaseFlags: [{ name: "event_scheduler", value: "on" }, { name: "sql_mode" }] } },
      "unclear",
      /flags go that parameters does not name: event_scheduler$/,
    ],
    [
      {
        region: "elsewhere",
        settings: {
          ...settings,
          userLabels: { "goldenpath-application": "store", "goldenpath-service": "orders" },
        },
      },
      "passed",
      /this environment's own/,
    ],
    [
      {
        settings: {
          ...settings,
          userLabels: { "goldenpath-application": "store", "goldenpath-service": "ledger" },
        },
      },
      "failed",
      /^goldenpath has it already, of application store, service ledger/,
    ],
    [
      { settings: { ...settings, userLabels: { managed_by: "terraform" } } },
      "unclear",
      /^Terraform has it already: take it out/,
    ],
  ])("%j is %s", (changed, verdict, found) => {
    const answers = [ok({ ...instance, ...changed }), DATABASES, USERS, ZONES];
    expect(finding(list, "imports/sql/legacy-orders", answers)).toEqual({
      verdict,
      found: expect.stringMatching(found) as string,
    });
  });

  test("has to have the database, and a user of the administrator's name where with says so, and nowhere else", () => {
    const at = "imports/sql/legacy-orders";
    const admin = ok([{ name: "admin", host: "%" }]);
    expect(finding(list, at, [ok(instance), ok([{ name: "mysql" }]), USERS, ZONES]).found).toMatch(
      /no database orders/,
    );
    expect(finding(list, at, [ok(instance), DATABASES, admin, ZONES]).found).toMatch(/name "administrator" in with/);
    expect(finding(withAdministrator, at, [ok(instance), DATABASES, admin, ZONES]).verdict).toBe("passed");
    expect(finding(withAdministrator, at, [ok(instance), DATABASES, USERS, ZONES]).found).toMatch(/no user admin/);
  });

  test("has no zone beside it that leads to the name in its certificate", () => {
    const name = "1a2b.3c4d.europe-west3.sql-psa.goog.";
    const named = ok({
      ...instance,
      dnsNames: [{ name, connectionType: "PRIVATE_SERVICES_ACCESS", dnsScope: "INSTANCE" }],
    });
    const zone = (changed: object) => ok([{ name: "legacy-sql", dnsName: name, visibility: "private", ...changed }]);
    const at = "imports/sql/legacy-orders";
    expect(finding(list, at, [named, DATABASES, USERS, zone({})]).found).toMatch(/zone legacy-sql .* delete it first/);
    expect(finding(list, at, [named, DATABASES, USERS, zone({ dnsName: "sql-psa.goog." })]).verdict).toBe("passed");
  });

  test("that is not there fails, and one that nobody may see is unclear", () => {
    const at = "imports/sql/legacy-orders";
    const missing = fails(
      "ERROR: (gcloud.sql.instances.describe) HTTPError 404: The Cloud SQL instance does not exist.",
    );
    const closed = fails(
      "ERROR: (gcloud.sql.instances.describe) HTTPError 403: The client is not authorized to make this request.",
    );
    expect(finding(list, at, [missing, DATABASES, USERS, ZONES]).verdict).toBe("failed");
    expect(finding(list, at, [closed, DATABASES, USERS, ZONES]).verdict).toBe("unclear");
  });
});

describe("a bucket", () => {
  const labels = (change: object) => ({
    ...{ environment: "production", managed_by: "terraform" },
    ...{ "goldenpath-application": "store", "goldenpath-service": "uploads" },
    ...change,
  });
  const at = "imports/storage/legacy-uploads";
  const raw = {
    ...{ name: "legacy-uploads", projectNumber: "123456789012", location: "EUROPE-WEST3" },
    iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
  };
  const project = ok({ projectId: "orders-production", projectNumber: "123456789012" });

  test("is asked for as the API says it, and not whether its name is free", () => {
    expect(check(list, at).ask.map(line)).toEqual([
      "gcloud storage buckets describe gs://legacy-uploads --raw --project orders-production --format json",
      "gcloud projects describe orders-production --format json",
    ]);
    expect(list.checks.map(({ id }) => id)).not.toContain("names/storage/legacy-uploads");
  });

  test.each<[object, Finding["verdict"], RegExp]>([
    [{}, "passed", /^in europe-west3, with nothing that others would miss$/],
    [{ location: "EU" }, "failed", /location is eu, and has to be europe-west3/],
    [{ projectNumber: "99" }, "failed", /project is 99/],
    [{ hierarchicalNamespace: { enabled: true } }, "failed", /hierarchical namespace/],
    [{ ipFilter: { mode: "Enabled" } }, "failed", /IP filter/],
    [{ iamConfiguration: {} }, "unclear", /permissions of its single objects/],
    [{ lifecycle: { rule: [{ action: { type: "Delete" }, condition: { age: 9 } }] } }, "unclear", /lifecycle rules/],
    [{ cors: [{ origin: ["*"] }] }, "passed", /nothing that others would miss/],
    [{ location: "EU", labels: labels({}) }, "passed", /own, by its labels/],
    [{ labels: labels({ environment: "staging" }) }, "failed", /^goldenpath has it already, of environment staging/],
    [
      { labels: labels({ "goldenpath-application": "shop" }) },
      "failed",
      /already, of environment production, application shop, service uploads: connect to it/,
    ],
    [{ labels: { managed_by: "terraform" } }, "unclear", /^Terraform has it already: take it out of that state/],
  ])("%j is %s", (changed, verdict, found) => {
    expect(finding(list, at, [ok({ ...raw, ...changed }), project])).toEqual({
      verdict,
      found: expect.stringMatching(found) as string,
    });
  });

  test("that is not there fails", () => {
    const missing = fails("ERROR: (gcloud.storage.buckets.describe) gs://legacy-uploads not found: 404.");
    expect(finding(list, at, [missing, project]).verdict).toBe("failed");
  });
});
