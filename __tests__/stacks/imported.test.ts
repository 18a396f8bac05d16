import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { google } from "../../constructs/clouds/google";
import { environment } from "../../constructs/environment";
import { postgresql } from "../../constructs/kinds/postgresql";
import { application } from "../../constructs/model/application";
import type { Imported } from "../../constructs/model/imported";
import { http } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { bucket } from "../../constructs/services/bucket";
import { mysql } from "../../constructs/services/mysql";
import { AWS_PROPS } from "../support/aws-environment";
import { AZURE_PROPS, SUBSCRIPTION } from "../support/azure-environment";
import { GOOGLE_PROPS } from "../support/google-environment";
import { importsOf, resourceAt, saidForGood } from "../support/imported";
import { stack, synthesizeEnvironments } from "../support/reference";

type Imports = Readonly<Record<"invoices" | "orders" | "uploads", Imported>>;

/** Releases of the two servers, where a cloud has them said. */
type Releases = Readonly<Partial<Record<keyof Imports, string>>>;

interface OnCloud {
  readonly cloud: Cloud;
  readonly imports: Imports;
  readonly releases?: Releases;
  /** Addresses without the names of constructs, each with the id that it takes over. */
  readonly takes: readonly (readonly [type: string, id: string])[];
  /** Arguments that make it anew and are said: what it is called, and what it may not be otherwise. */
  readonly said: readonly string[];
}

const LEGACY = `/subscriptions/${SUBSCRIPTION}/resourceGroups/Legacy/providers`;
const ACCOUNT = `${LEGACY}/Microsoft.Storage/storageAccounts/legacyuploads`;
const CONTAINER = `${ACCOUNT}/blobServices/default/containers/uploads`;

const ON: Readonly<Record<string, OnCloud>> = {
  aws: {
    cloud: aws(AWS_PROPS),
    imports: {
      orders: { id: "legacy-orders", with: ["logs/error"], keeps: ["sg-0123456789abcdef0"] },
      invoices: { id: "legacy-invoices" },
      uploads: {
        id: "legacy.uploads",
        with: ["policy", "lifecycle"],
        keeps: ["arn:aws:kms:eu-central-1:123456789012:key/0b2c7e9a-0000-4000-8000-000000000000"],
      },
    },
    releases: { orders: "8.4.3", invoices: "17.2" },
    takes: [
      ["aws_cloudwatch_log_group", "/aws/rds/instance/legacy-orders/error"],
      ["aws_db_instance", "legacy-invoices"],
      ["aws_db_instance", "legacy-orders"],
      ["aws_s3_bucket", "legacy.uploads"],
      ["aws_s3_bucket_lifecycle_configuration", "legacy.uploads"],
      ["aws_s3_bucket_policy", "legacy.uploads"],
    ],
    said: [
      "aws_cloudwatch_log_group.name",
      "aws_db_instance.engine",
      "aws_db_instance.storage_encrypted",
      "aws_s3_bucket.bucket",
    ],
  },
  azure: {
    cloud: azure(AZURE_PROPS),
    imports: {
      orders: {
        id: `${LEGACY}/Microsoft.DBforMySQL/flexibleServers/legacy-orders`,
        keeps: ["10.20.3.0/28", `${LEGACY}/Microsoft.Network/privateDnsZones/legacy.private.mysql.database.azure.com`],
      },
      invoices: { id: `${LEGACY}/Microsoft.DBforPostgreSQL/flexibleServers/legacy-invoices` },
      uploads: { id: CONTAINER, with: ["lifecycle"] },
    },
    takes: [
      [
        "azurerm_mysql_flexible_database",
        `${LEGACY}/Microsoft.DBforMySQL/flexibleServers/legacy-orders/databases/orders`,
      ],
      ["azurerm_mysql_flexible_server", `${LEGACY}/Microsoft.DBforMySQL/flexibleServers/legacy-orders`],
      ["azurerm_postgresql_flexible_server", `${LEGACY}/Microsoft.DBforPostgreSQL/flexibleServers/legacy-invoices`],
      [
        "azurerm_postgresql_flexible_server_database",
        `${LEGACY}/Microsoft.DBforPostgreSQL/flexibleServers/legacy-invoices/databases/app_db`,
      ],
      ["azurerm_storage_account", ACCOUNT],
      ["azurerm_storage_container", CONTAINER],
      ["azurerm_storage_management_policy", `${ACCOUNT}/managementPolicies/default`],
    ],
    said: [
      "azurerm_mysql_flexible_database.name",
      "azurerm_mysql_flexible_database.resource_group_name",
      "azurerm_mysql_flexible_database.server_name",
      "azurerm_mysql_flexible_server.name",
      "azurerm_mysql_flexible_server.resource_group_name",
      "azurerm_postgresql_flexible_server.name",
      "azurerm_postgresql_flexible_server.resource_group_name",
      "azurerm_postgresql_flexible_server_database.name",
      "azurerm_postgresql_flexible_server_database.server_id",
      "azurerm_storage_account.name",
      "azurerm_storage_account.resource_group_name",
      "azurerm_storage_container.name",
      "azurerm_storage_container.storage_account_id",
    ],
  },
  google: {
    cloud: google(GOOGLE_PROPS),
    imports: {
      orders: { id: "legacy-orders", with: ["administrator"] },
      invoices: { id: "legacy-invoices" },
      uploads: { id: "legacy.uploads" },
    },
    takes: [
      ["google_sql_database", "projects/orders-production/instances/legacy-invoices/databases/app_db"],
      ["google_sql_database", "projects/orders-production/instances/legacy-orders/databases/orders"],
      ["google_sql_database_instance", "projects/orders-production/instances/legacy-invoices"],
      ["google_sql_database_instance", "projects/orders-production/instances/legacy-orders"],
      ["google_sql_user", "orders-production/legacy-orders/%/admin"],
      ["google_storage_bucket", "orders-production/legacy.uploads"],
    ],
    said: [
      "google_sql_database.instance",
      "google_sql_database.name",
      "google_sql_database.project",
      "google_sql_database_instance.name",
      "google_sql_database_instance.project",
      "google_sql_database_instance.region",
      "google_storage_bucket.location",
      "google_storage_bucket.name",
      "google_storage_bucket.project",
    ],
  },
};

const stacksWith = ({ cloud, imports, releases = {} }: OnCloud, isImported: boolean) => {
  const services = { orders: mysql({ database: "orders" }), invoices: postgresql(), uploads: bucket() };
  const image = "registry.example.com/api:v1";
  const store = application({
    name: "store",
    owner: "team-store",
    services,
    workloads: { api: http({ image, needs: ["orders", "uploads"] }), books: http({ image, needs: ["invoices"] }) },
  });
  const spec = environment({
    ...{ name: "production", cloud, routing: ingress(), profile: "production", images: "immutable-tags" },
    ...{ contact: "platform@example.com", costCenter: "store" },
    applications: [
      {
        application: store,
        ...(isImported && {
          services: Object.fromEntries(
            (["orders", "invoices", "uploads"] as const).map((name) => [
              name,
              { imported: imports[name], ...(releases[name] !== undefined && { version: releases[name] }) },
            ]),
          ),
        }),
      },
    ],
  });
  return synthesizeEnvironments([spec]);
};

const synthesized = (on: OnCloud, isImported = true) => stack(stacksWith(on, isImported), "production");

describe.each(Object.entries(ON))("databases and a bucket that were there before, on %s", (_name, on) => {
  const made = synthesized(on, false);
  const json = synthesized(on);

  it("are imported by what they are, with what stands beside them", () => {
    expect(importsOf(json).map(({ to, id }) => [to.split(".")[0], id])).toEqual(on.takes);
    expect(importsOf(made)).toEqual([]);
  });

  it("say nothing for which a provider makes them anew, but what they are called and have to be", () => {
    expect(saidForGood(json, on.cloud.resourceTypes?.([postgresql()]))).toEqual(on.said);
  });

  it("may be deleted or made anew by no plan, where that loses data", () => {
    const holding = importsOf(json).filter(({ to }) =>
      /_(db_instance|s3_bucket|instance|server|account|sql_database|storage_bucket)\./.test(to),
    );
    expect(holding).not.toEqual([]);
    for (const { to } of holding) expect(resourceAt(json, to)).toHaveProperty("lifecycle.prevent_destroy", true);
  });

  it("are in a stack that an engine reads", () => {
    expect(JSON.stringify(json)).not.toMatch(/undefined|\[object |NaN/);
  });

  it("are known to the stack's ledger as what they were", () => {
    const { keys } = { keys: JSON.stringify(json.resource["terraform_data"]?.["Kept"]) };
    for (const [name, { id }] of Object.entries(on.imports)) expect(keys).toContain(`${name}=${id}`);
    expect(JSON.stringify(made.resource["terraform_data"]?.["Kept"])).not.toContain("=legacy");
  });
});

test("on AWS the operator of secrets reads the password that RDS makes for an instance that was there", () => {
  const on = ON["aws"];
  if (on === undefined) throw new Error("aws");
  const policies = (isImported: boolean): string =>
    JSON.stringify(stack(stacksWith(on, isImported), "production-platform").resource["aws_iam_role_policy"]);
  const database = (name: string): string => `:db:${name}`;
  expect(policies(true)).toContain(database("legacy-orders"));
  expect(policies(true)).toContain(database("legacy-invoices"));
  expect(policies(true)).not.toContain("legacy.uploads");
  expect(policies(false)).not.toContain("legacy");
});
