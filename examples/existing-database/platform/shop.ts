import { application, bucket, http, mysql } from "goldenpath";

export const shop = application({
  name: "shop",
  owner: "team-shop",
  // The database that is in the instances already, by its name there.
  services: { orders: mysql({ database: "shop_live" }), uploads: bucket() },
  workloads: {
    web: http({
      image: "registry.example.com/shop:v1",
      needs: ["orders", "uploads"],
      replicas: 2,
    }),
  },
  routes: [{ host: "main", path: "/", to: "web" }],
});
