import { application, http, mysql } from "goldenpath";

/** Owned by team orders. */
export const orders = application({
  name: "orders",
  owner: "team-orders",
  services: { db: mysql({ database: "orders" }) },
  workloads: { api: http({ image: "registry.example.com/orders:v1", needs: ["db"] }) },
  routes: [{ host: "main", path: "/", to: "api" }],
});
