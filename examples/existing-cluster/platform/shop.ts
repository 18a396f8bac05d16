import { application, http, mysql, redis } from "goldenpath";

export const shop = application({
  name: "shop",
  owner: "team-shop",
  services: { orders: mysql({ database: "orders" }), cache: redis() },
  workloads: { web: http({ image: "registry.example.com/shop:v1", needs: ["orders", "cache"] }) },
  routes: [{ host: "main", path: "/", to: "web" }],
});
