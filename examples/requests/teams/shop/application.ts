import { application, http, mysql, worker } from "goldenpath";

/** What is here from the beginning. What came later is in `requests/`, and the synthesis is the same. */
export const shop = application({
  name: "shop",
  owner: "team-shop",
  services: { orders: mysql({ database: "orders" }) },
  workloads: {
    web: http({ image: "registry.example.com/shop:v1.0.0", replicas: 2, needs: ["orders"] }),
    mailer: worker({ image: "registry.example.com/mailer:v1.0.0", replicas: 2 }),
  },
  routes: [{ host: "main", path: "/", to: "web" }],
});
