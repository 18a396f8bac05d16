import { environment, ingress, prometheus } from "goldenpath";
import { existingAws } from "goldenpath/aws";
import { existingGoogle } from "goldenpath/google";
import { pages, shop } from "./applications";

const common = { routing: ingress(), profile: "small", contact: "shop@example.com", costCenter: "shop" } as const;

export const environments = [
  environment({
    ...common,
    name: "staging",
    protect: true,
    // Whom the alarm of the queue calls, and where its runbook is.
    observability: prometheus({
      runbooks: "https://git.example.com/shop/docs/runbooks/",
      slack: { channel: "#shop" },
    }),
    cloud: existingAws({
      accountId: "111111111111",
      region: "eu-central-1",
      dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
      stateBucket: "shop-tfstate-111111111111",
    }),
    applications: [{ application: shop, hosts: { main: "staging.shop.example.com" } }],
  }),
  environment({
    ...common,
    name: "pages",
    cloud: existingGoogle({
      project: "shop-pages",
      region: "europe-west3",
      dataCidrs: ["10.30.240.0/20"],
      stateBucket: "shop-tfstate-pages",
    }),
    applications: [{ application: pages, hosts: { main: "pages.shop.example.com" } }],
  }),
];
