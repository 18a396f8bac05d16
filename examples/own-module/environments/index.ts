import { application, environment, http, ingress, team } from "goldenpath";
import { existingAws } from "goldenpath/aws";
import { search } from "../search";

export const shop = application({
  name: "shop",
  owner: team({ name: "team-shop" }),
  services: { "orders-search": search({ replicas: 2 }) },
  workloads: {
    api: http({ image: "registry.example.com/shop:v1", needs: ["orders-search"] }),
    web: http({ image: "registry.example.com/shop:v1" }),
  },
  routes: [{ host: "main", path: "/", to: "web" }],
});

export const environments = [
  environment({
    name: "staging",
    profile: "small",
    protect: true,
    contact: "shop@example.com",
    costCenter: "shop",
    routing: ingress(),
    cloud: existingAws({
      accountId: "111111111111",
      region: "eu-central-1",
      dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
      stateBucket: "shop-tfstate-111111111111",
    }),
    applications: [{ application: shop, hosts: { main: "staging.shop.example.com" } }],
  }),
];
