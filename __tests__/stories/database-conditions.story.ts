import { onAws } from "../support/aws-application";
import { onGoogle } from "../support/google-application";
import { production } from "../support/input";
import { type Condition, judge } from "./support/judged";

/* What is asked of an instance of Cloud SQL or RDS, as the engine judges it: of its version before an import, and of its disk. */

const said = judge();

const ASKED = "its version is";

function asked(on: typeof onAws | typeof onGoogle, type: string, sizing: object = {}): Condition {
  const given = production();
  Object.assign(given.applications[0] ?? {}, { services: { db: { imported: { id: "legacy-db" }, ...sizing } } });
  const [found] = Object.values(on(given).data[type] ?? {});
  const { postcondition } = found?.["lifecycle"] as { readonly postcondition: readonly Condition[] };
  const [one, ...more] = postcondition.filter(({ error_message }) => error_message.includes(ASKED));
  if (one === undefined || more.length > 0) throw new Error("not one condition on the version");
  return one;
}

const google = asked(onGoogle, "google_sql_database_instance");
const rds = asked(onAws, "aws_db_instance", { version: "8.4.6" });

describe("an instance of Cloud SQL", () => {
  const of = (database_version: string, user_labels: object | null = {}): string =>
    said(google, { database_version, settings: [{ user_labels }] });

  test("of an older version stops the plan, with what to do first", () => {
    const text = of("MYSQL_8_0_31");
    expect(text).toContain(
      "db.imported: legacy-db: its version is MYSQL_8_0_31, and the import would make it MYSQL_8_4, for good; say the version that it has in the service, or upgrade it first, and import it then: gcloud sql instances patch legacy-db",
    );
    expect(text).toContain("--database-version=MYSQL_8_4.");
    expect(of("MYSQL_8_0", null)).toContain("its version is MYSQL_8_0,");
  });

  test("of the same version goes on, of whatever release", () => {
    expect(of("MYSQL_8_4")).toBe("");
    expect(of("MYSQL_8_4_4")).toBe("");
  });

  test("that this service has imported already may be upgraded later", () => {
    const ours = { "goldenpath-application": "shop", "goldenpath-service": "db" };
    expect(of("MYSQL_8_0_31", ours)).toBe("");
    expect(of("MYSQL_8_0_31", { ...ours, "goldenpath-service": "other" })).toContain(ASKED);
  });
});

test("an instance of RDS of another release stops the plan, unless this service has imported it already", () => {
  const of = (engine_version: string, tags: object | null = {}): string => said(rds, { engine_version, tags });
  expect(of("8.4.6")).toBe("");
  expect(of("8.0.39", null)).toContain(
    "db.imported: legacy-db: its version is 8.0.39, and the import would make it 8.4.6, for good;",
  );
  const ours = { "goldenpath:application": "shop", "goldenpath:service": "db" };
  expect(of("8.0.39", ours)).toBe("");
  expect(of("8.0.39", { ...ours, "goldenpath:application": "other" })).toContain(ASKED);
});

test("an instance of Cloud SQL whose disk has less than storage says stops the plan, with the command that grows it", () => {
  const given = production();
  Object.assign(given.applications[0] ?? {}, { services: { db: { storage: "600Gi" } } });
  const { lifecycle } = onGoogle(given).resource("google_sql_database_instance");
  const [disk, ...more] = (lifecycle as { readonly postcondition: readonly Condition[] }).postcondition;
  if (disk === undefined || more.length > 0) throw new Error("not one condition on the instance");
  const of = (disk_size: number): string =>
    said(disk, { name: "production-shop-db-1a2b3c4d", settings: [{ disk_size }] });
  expect(of(200)).toContain(
    "The environment asks for 600Gi of storage, and the disk of Cloud SQL instance production-shop-db-1a2b3c4d has 200 GiB. " +
      "It is grown outside of Terraform, without an interruption, as Cloud SQL grows it by itself too: " +
      "gcloud sql instances patch production-shop-db-1a2b3c4d --project orders-prod --storage-size=600GB",
  );
  // As it was asked for, and as Cloud SQL has made it since.
  expect(of(600)).toBe("");
  expect(of(720)).toBe("");
});
