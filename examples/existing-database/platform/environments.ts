import { environment, ingress } from "goldenpath";
import { aws } from "goldenpath/aws";
import { azure } from "goldenpath/azure";
import { google } from "goldenpath/google";
import { local } from "goldenpath/local";
import { live, network, virtualNetwork, vpc } from "./networks";
import { shop } from "./shop";

const common = { contact: "shop@example.com", costCenter: "shop", routing: ingress() } as const;

export const environments = [
  environment({
    ...common,
    name: "production",
    profile: "production",
    images: "immutable-tags",
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
    applications: [
      {
        application: shop,
        hosts: { main: "shop.example.com" },
        services: {
          orders: {
            // As the instance is: the import changes neither.
            version: "8.4.6",
            machine: "db.r6g.xlarge",
            storage: "400Gi",
            imported: {
              id: "shop-live",
              with: ["logs/error"],
              // The old servers' way in, until they are gone.
              keeps: ["sg-0f1e2d3c4b5a69788"],
            },
          },
          uploads: { imported: { id: "shop-live-uploads", with: ["policy", "lifecycle"] } },
        },
      },
    ],
  }),
  environment({
    ...common,
    name: "gke-production",
    profile: "production",
    images: "immutable-tags",
    cloud: google({
      project: "acme-shop",
      region: "europe-west3",
      network: { existing: network },
      endpoint: { access: "private", cidrs: ["10.0.0.0/16"] },
      access: {
        deployers: ["serviceAccount:deployer@acme-shop.iam.gserviceaccount.com"],
        administrators: ["group:platform@example.com"],
      },
    }),
    applications: [
      {
        application: shop,
        hosts: { main: "gke.shop.example.com" },
        services: {
          orders: { machine: "db-custom-4-26624", storage: "400Gi", imported: { id: "shop-live" } },
          uploads: { imported: { id: "acme-shop-live-uploads" } },
        },
      },
    ],
  }),
  environment({
    ...common,
    name: "aks-production",
    profile: "production",
    images: "immutable-tags",
    cloud: azure({
      subscriptionId: "11111111-1111-4111-8111-111111111111",
      tenantId: "22222222-2222-4222-8222-222222222222",
      location: "germanywestcentral",
      network: { existing: virtualNetwork },
      endpoint: { access: "private" },
      access: {
        deployers: ["33333333-3333-4333-8333-333333333333"],
        administrators: ["44444444-4444-4444-8444-444444444444"],
      },
    }),
    applications: [
      {
        application: shop,
        hosts: { main: "aks.shop.example.com" },
        services: {
          orders: {
            machine: "GP_Standard_D4ads_v5",
            storage: "400Gi",
            imported: { id: live.server, keeps: [live.serverSubnet, live.serverZone] },
          },
          uploads: { imported: { id: live.uploads } },
        },
      },
    ],
  }),
  environment({
    ...common,
    name: "local",
    profile: "small",
    cloud: local({ context: "kind-shop" }),
    applications: [{ application: shop, hosts: { main: "shop.localhost" } }],
  }),
];
