import { environment, ingress } from "goldenpath";
import { aws } from "goldenpath/aws";
import { google } from "goldenpath/google";
import { local } from "goldenpath/local";
import { sharedVpc, vpc } from "./networks";
import { shop } from "./shop";

const common = { profile: "small", contact: "shop@example.com", costCenter: "shop", routing: ingress() } as const;

export const environments = [
  environment({
    ...common,
    name: "staging",
    cloud: aws({
      accountId: "111111111111",
      region: "eu-central-1",
      network: { existing: vpc },
      endpoint: { access: "private", cidrs: ["10.0.0.0/16"] },
      access: {
        deployers: ["arn:aws:iam::111111111111:role/deployer"],
        administrators: ["arn:aws:iam::111111111111:role/admin"],
      },
    }),
    applications: [{ application: shop, hosts: { main: "staging.shop.example.com" } }],
  }),
  environment({
    ...common,
    name: "gke-staging",
    cloud: google({
      project: "acme-shop-staging",
      region: "europe-west3",
      network: { existing: sharedVpc },
      endpoint: { access: "private", cidrs: ["10.0.0.0/16"] },
      access: {
        deployers: ["serviceAccount:deployer@acme-shop-staging.iam.gserviceaccount.com"],
        administrators: ["group:platform@example.com"],
      },
    }),
    applications: [{ application: shop, hosts: { main: "gke.shop.example.com" } }],
  }),
  environment({
    ...common,
    name: "local",
    cloud: local({ context: "kind-shop" }),
    applications: [{ application: shop, hosts: { main: "shop.localhost" } }],
  }),
];
