import { application, http, team, worker } from "goldenpath";
import { queue } from "../queue";

const owner = team({ name: "team-shop" });

export const shop = application({
  name: "shop",
  owner,
  services: { jobs: queue({ attempts: 3 }) },
  workloads: {
    api: http({ image: "registry.example.com/shop:v1", needs: ["jobs"] }),
    mailer: worker({ image: "registry.example.com/shop:v1", needs: ["jobs"] }),
    web: http({ image: "registry.example.com/shop:v1", needs: ["api"] }),
  },
  routes: [{ host: "main", path: "/", to: "web" }],
});

export const pages = application({
  name: "pages",
  owner,
  workloads: { site: http({ image: "registry.example.com/pages:v1" }) },
  routes: [{ host: "main", path: "/", to: "site" }],
});
