import {
  type ApplicationOverlay,
  application,
  environment,
  http,
  ingress,
  loadEnvironments,
  mysql,
  objectPatch,
  resourcePatch,
} from "goldenpath";
import { existingAws } from "goldenpath/aws";
import { createStacks, synthesize } from "goldenpath/stacks";

const shop = application({
  name: "shop",
  owner: "team-shop",
  services: { orders: mysql({ database: "orders" }) },
  workloads: { web: http({ image: "registry.example.com/shop:v1", needs: ["orders"] }) },
  routes: [{ host: "main", path: "/", to: "web" }],
});

const patches: ApplicationOverlay["patches"] = {
  resolver: objectPatch({
    reason: "names of the data centre are answered by its own resolver only",
    of: "web",
    kind: "Deployment",
    add: { "spec.template.spec.dnsConfig": { nameservers: ["10.0.0.10"] } },
  }),
  "query-plans": resourcePatch({
    reason: "plans of slow queries are kept for a year by the auditors' rule",
    of: "orders",
    type: "aws_db_instance",
    replace: { performance_insights_retention_period: 372 },
  }),
};

const environments = loadEnvironments([
  environment({
    name: "staging",
    cloud: existingAws({
      accountId: "111111111111",
      region: "eu-central-1",
      dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
      stateBucket: "shop-tfstate-111111111111",
    }),
    routing: ingress(),
    profile: "small",
    contact: "shop@example.com",
    costCenter: "shop",
    applications: [{ application: shop, hosts: { main: "shop.staging.example.com" }, patches }],
  }),
]);

synthesize({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" }, (app) => {
  createStacks(app, environments);
});
