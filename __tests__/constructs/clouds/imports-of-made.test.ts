import { aws } from "../../../constructs/clouds/aws";
import { azure } from "../../../constructs/clouds/azure";
import { google } from "../../../constructs/clouds/google";
import { isCalled } from "../../../constructs/clouds/shared/imports";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import type { ServiceSizing } from "../../../constructs/model/service";
import { http } from "../../../constructs/model/workload";
import { ingress } from "../../../constructs/routing/ingress";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import { AWS_PROPS } from "../../support/aws-environment";
import { AZURE_PROPS, SUBSCRIPTION } from "../../support/azure-environment";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { problemsOf } from "../../support/input";

/* What one environment makes, another does not import: two states would have it, and either deletes it for both. */

type Cloud = EnvironmentSpec["cloud"];

const image = "registry.example.com/api:v1";
const STORE = application({
  name: "store",
  owner: "team-store",
  services: { orders: mysql({ database: "orders" }), files: bucket() },
  workloads: { api: http({ image, needs: ["orders", "files"] }) },
});

const spec = (name: string, cloud: Cloud, services: Readonly<Record<string, ServiceSizing>> = {}): EnvironmentSpec => ({
  ...{ name, cloud, routing: ingress(), profile: "production", images: "immutable-tags" },
  ...{ contact: "platform@example.com", costCenter: "store" },
  applications: [{ application: STORE, services }],
});

const second = { network: { cidr: "10.99.0.0/16" } } as const;
const on = {
  aws: [aws(AWS_PROPS), aws({ ...AWS_PROPS, ...second, clusterName: "second" })],
  google: [google(GOOGLE_PROPS), google({ ...GOOGLE_PROPS, ...second })],
  azure: [azure(AZURE_PROPS), azure({ ...AZURE_PROPS, ...second })],
} as const;

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/production-store/providers`;

const AT = "environments.second.applications.store.services";
/** A long text is cut where it is told. */
const given = (text: string): string => (text.length > 80 ? `${JSON.stringify(text).slice(0, 77)}...` : `"${text}"`);
const made = (service: string): string =>
  `service "${service}" of application "store" in environment "production" is it, which this program makes; let one of them have it, and connect the others to it: placement "external"`;

test.each<[keyof typeof on, orders: string, files: string]>([
  ["aws", "production-store-orders", "production-store-files-123456789012"],
  ["google", "production-store-orders-0a1b2c3d", "production-store-files-orders-production"],
  [
    "azure",
    `${GROUP}/Microsoft.DBforMySQL/flexibleServers/production-store-orders-dda070e3c6`,
    `${GROUP}/Microsoft.Storage/storageAccounts/productionstor62cfdbad5e/blobServices/default/containers/files`,
  ],
])("what another environment makes is not imported: %s", (name, orders, files) => {
  const [first, other] = on[name];
  const services = {
    orders: { version: name === "aws" ? "8.4.3" : "8.4", imported: { id: orders } },
    files: { imported: { id: files } },
  };
  expect(problemsOf(spec("production", first), spec("second", other, services))).toEqual([
    `${AT}.orders.imported.id: got ${given(orders)}, ${made("orders")}`,
    `${AT}.files.imported.id: got ${given(files)}, ${made("files")}`,
  ]);
});

test("what is drawn in a name may be any", () => {
  expect(
    ["orders-0a1b", "orders-", "orders-live", "order-0a1b"].map((one) => isCalled("orders-<random>", one)),
  ).toEqual([true, false, false, false]);
  expect([isCalled("orders", "orders"), isCalled("orders", "orders-0a1b")]).toEqual([true, false]);
});
