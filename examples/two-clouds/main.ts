import { application, environment, gatewayApi, http, ingress, loadEnvironments, mysql, redis } from "goldenpath";
import { existingAws } from "goldenpath/aws";
import { existingGoogle } from "goldenpath/google";
import { createStacks, synthesize } from "goldenpath/stacks";

const shop = application({
  name: "shop",
  owner: "team-shop",
  services: { orders: mysql({ database: "orders" }), cache: redis() },
  workloads: { web: http({ image: "registry.example.com/shop:v1", needs: ["orders", "cache"] }) },
  routes: [{ host: "main", path: "/", to: "web" }],
});

const common = { profile: "small", contact: "shop@example.com", costCenter: "shop" } as const;

const environments = loadEnvironments([
  environment({
    ...common,
    name: "frankfurt",
    cloud: existingAws({
      accountId: "111111111111",
      region: "eu-central-1",
      dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
      stateBucket: "shop-tfstate-111111111111",
    }),
    routing: ingress(),
    applications: [{ application: shop, hosts: { main: "shop.example.com" } }],
  }),
  environment({
    ...common,
    name: "iowa",
    cloud: existingGoogle({
      project: "shop-iowa",
      region: "us-central1",
      dataCidrs: ["10.30.240.0/20"],
      stateBucket: "shop-tfstate-iowa",
    }),
    routing: gatewayApi(),
    // Sizes, hosts and variables are what differs.
    applications: [{ application: shop, hosts: { main: "us.shop.example.com" }, workloads: { web: { replicas: 4 } } }],
  }),
]);

synthesize({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" }, (app) => {
  createStacks(app, environments);
});
