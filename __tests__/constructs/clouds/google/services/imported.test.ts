import { google } from "../../../../../constructs/clouds/google";
import { askedOf, GOOGLE_SERVICES } from "../../../../../constructs/clouds/google/services/provisioners";
import { environment } from "../../../../../constructs/environment";
import { postgresql } from "../../../../../constructs/kinds/postgresql";
import { application } from "../../../../../constructs/model/application";
import type { Imported } from "../../../../../constructs/model/imported";
import { http } from "../../../../../constructs/model/workload";
import { ingress } from "../../../../../constructs/routing/ingress";
import { bucket } from "../../../../../constructs/services/bucket";
import { GOOGLE, googleApplication, onGoogle, PLACE } from "../../../../support/google-application";
import { GOOGLE_PROPS } from "../../../../support/google-environment";
import { draft, problemsOf, production } from "../../../../support/input";
import { stack, synthesizeEnvironments } from "../../../../support/reference";

const input = (services: Readonly<Record<string, { readonly imported: Imported }>>) => {
  const given = production();
  Object.assign(given.applications[0] ?? {}, { services });
  return given;
};

const DB = { db: { imported: { id: "legacy-db" } } };
const FILES = { files: { imported: { id: "legacy_files" } } };
const withDb = onGoogle(input(DB));
const instance = withDb.resource("google_sql_database_instance");

function dataOf(given: typeof withDb, type: string): Readonly<Record<string, unknown>> {
  const [found] = Object.values(given.data[type] ?? {});
  if (found === undefined) throw new Error(`no data source ${type}`);
  return found;
}

/** Conditions of the data source of a type that looks at what is there. */
const conditions = (given: typeof withDb, type: string) =>
  (dataOf(given, type)["lifecycle"] as { postcondition: { condition: string; error_message: string }[] }).postcondition;

describe("an instance of Cloud SQL that was there before", () => {
  test("keeps its name, and nothing of it is drawn", () => {
    expect(instance["name"]).toBe("legacy-db");
    expect(withDb.text).not.toContain("Services_db_Suffix");
  });

  test("keeps its key and its disk's type, and what else would make another of it", () => {
    expect(instance).not.toHaveProperty("encryption_key_name");
    expect(instance["settings"]).not.toHaveProperty("disk_type");
    const { ignore_changes } = instance["lifecycle"] as { ignore_changes: string[] };
    expect(ignore_changes).toEqual(
      expect.arrayContaining([
        "settings[0].disk_size",
        "settings[0].collation",
        "settings[0].ip_configuration[0].allocated_ip_range",
        "settings[0].ip_configuration[0].psc_config",
      ]),
    );
  });

  test("lets clients in that come without Google's connectors, and none without TLS", () => {
    expect(instance["settings"]).toMatchObject({
      connector_enforcement: "NOT_REQUIRED",
      ip_configuration: { ipv4_enabled: false, ssl_mode: "ENCRYPTED_ONLY" },
    });
  });

  test("is looked at first, and a plan stops in words where it could not be run with", () => {
    const found = conditions(withDb, "google_sql_database_instance");
    expect(dataOf(withDb, "google_sql_database_instance")).toMatchObject({ name: "legacy-db", project: "orders-prod" });
    expect(instance["depends_on"]).toEqual([expect.stringMatching(/^data\.google_sql_database_instance\./)]);
    const words = found.map(({ error_message }) => error_message.replace(/^environments\.production.*?: /, ""));
    expect(found.map(({ condition }) => condition).join("\n")).toMatch(
      /database_version.*"MYSQL"[\s\S]*region.*"europe-west3"[\s\S]*server_ca_mode.*"GOOGLE_MANAGED_CAS_CA"[\s\S]*private_network.*projects\/orders-prod\/global\/networks\/production[\s\S]*10\.20\.240\.0\/20/,
    );
    expect(words.join("\n")).toContain(
      "gcloud sql instances patch legacy-db --project orders-prod --server-ca-mode=GOOGLE_MANAGED_CAS_CA",
    );
    expect(words.join("\n")).toContain(
      "gcloud sql instances patch legacy-db --project orders-prod --network=projects/orders-prod/global/networks/production",
    );
    expect(found[0]?.error_message).toMatch(
      /^environments\.production\.applications\.shop\.services\.db\.imported: legacy-db: /,
    );
  });

  test("has its database with it, of which tables to come are as those that are there", () => {
    const database = withDb.resource("google_sql_database");
    expect(database).toMatchObject({ name: "app_db", lifecycle: { prevent_destroy: true } });
    expect(Object.keys(database)).not.toEqual(expect.arrayContaining(["charset", "collation"]));
    expect(database["lifecycle"]).not.toHaveProperty("ignore_changes");
  });

  test("is asked for no other policy of a database of PostgreSQL, which Google refuses", () => {
    const { environment: given, overlay } = draft();
    Object.assign(overlay, { hosts: {}, services: { pg: { imported: { id: "legacy-pg" } } } });
    overlay.application = application({
      ...{ name: "shop", owner: "team-shop", services: { pg: postgresql() } },
      workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["pg"] }) },
    }) as typeof overlay.application;
    expect(onGoogle(given).resource("google_sql_database")["lifecycle"]).toEqual({
      prevent_destroy: true,
      ignore_changes: ["deletion_policy"],
    });
  });

  test("is found by its name in every command", () => {
    const app = googleApplication(input(DB));
    const db = app.services.find(({ name }) => name === "db");
    if (db === undefined) throw new Error("no db");
    const asked = askedOf(PLACE);
    const operations = GOOGLE_SERVICES.operations(app, db, asked);
    const text = JSON.stringify([operations?.restore, operations?.failure("DatabaseInterrupted")]);
    expect(text).toContain('"INSTANCE=legacy-db"');
    expect(text).not.toMatch(/drawn|instances list/);
    const { name, disk, notes } = GOOGLE_SERVICES.describe(app, db, asked);
    expect({ name, disk: disk?.kind }).toEqual({ name: "legacy-db", disk: "of the type that it had" });
    expect(notes.join("\n")).toMatch(/was there before as legacy-db[\s\S]*public address/);
    expect(notes.join("\n")).toMatch(/once it is dropped, the whole instance is deleted, with every database in it/);
    expect(notes.join("\n")).not.toMatch(/drawn|no root/);
  });
});

test("logs of an instance that was there come into the environment's bucket by its name", () => {
  const image = "registry.example.com/api:v1";
  const store = application({
    ...{ name: "store", owner: "team-store", services: { invoices: postgresql(), uploads: bucket() } },
    workloads: { api: http({ image, needs: ["invoices", "uploads"] }) },
  });
  const spec = environment({
    ...{ name: "production", cloud: google(GOOGLE_PROPS), routing: ingress(), profile: "production" },
    ...{ contact: "platform@example.com", costCenter: "store", images: "immutable-tags" },
    applications: [
      {
        application: store,
        services: { invoices: { imported: { id: "legacy-pg" } }, uploads: { imported: { id: "legacy-uploads" } } },
      },
    ],
  });
  const [sink] = Object.values(
    stack(synthesizeEnvironments([spec]), "production-cluster").resource["google_logging_project_sink"] ?? {},
  );
  expect(sink?.["filter"]).toContain(
    '(resource.type="cloudsql_database" AND resource.labels.database_id="orders-production:legacy-pg")',
  );
  expect(sink?.["filter"]).not.toContain("legacy-uploads");
});

describe("a bucket that was there before", () => {
  const given = onGoogle(input(FILES));
  const files = given.resource("google_storage_bucket");

  test("keeps its name, and what would make another of it or is others'", () => {
    expect(files).toMatchObject({ name: "legacy_files", location: "europe-west3", uniform_bucket_level_access: true });
    expect(files["lifecycle"]).toEqual({
      prevent_destroy: true,
      ignore_changes: [
        "custom_placement_config",
        "enable_object_retention",
        "retention_policy",
        "autoclass",
        "default_event_based_hold",
        "logging",
        "storage_class",
        "cors",
      ],
    });
  });

  test("is looked at first: of this project and region, with old versions to be had", () => {
    const found = conditions(given, "google_storage_bucket").map(({ condition }) => condition);
    expect(found).toEqual([
      expect.stringMatching(/lower\(self\.location\).*"europe-west3"/),
      expect.stringContaining("hierarchical_namespace"),
      expect.stringContaining("ip_filter"),
      expect.stringMatching(/project_number.*123456789012/),
    ]);
  });

  test("is under no name of a host that no certificate is for", () => {
    const { endpoints } = given.provided.connection("api", "files");
    expect(endpoints).toMatchObject([{ hosts: ["storage.googleapis.com"] }]);
  });
});

test("names that Google gives nobody are refused, with what they would be", () => {
  const found = problemsOf({
    ...{
      ...input({
        db: { imported: { id: "orders-prod:europe-west3:legacy" } },
        files: { imported: { id: "gs://legacy", with: ["policy"] } },
      }),
      cloud: GOOGLE,
    },
  });
  const at = "environments.production.applications.shop.services";
  expect(found).toEqual([
    `${at}.db.imported.id: got "orders-prod:europe-west3:legacy"; use the name of an instance of Cloud SQL, without its project and region, e.g. "legacy-orders"`,
    `${at}.files.imported.id: got "gs://legacy"; use the name of a bucket of the environment's project, without gs://, e.g. "legacy-uploads"`,
    `${at}.files.imported.with[0]: got "policy", nothing of this name is taken over with it; remove it`,
  ]);
});
