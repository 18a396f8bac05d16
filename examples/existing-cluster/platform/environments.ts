import { environment, ingress } from "goldenpath";
import { existingAws } from "goldenpath/aws";
import { existingGoogle } from "goldenpath/google";
import { local } from "goldenpath/local";
import { shop } from "./shop";

const common = { profile: "small", contact: "shop@example.com", costCenter: "shop", routing: ingress() } as const;

export const environments = [
  environment({
    ...common,
    name: "staging",
    cloud: existingAws({
      accountId: "111111111111",
      region: "eu-central-1",
      clusterName: "shared-tools",
      // Subnets of data services in the cluster's VPC, which no tags of this program tell.
      dataCidrs: ["10.40.128.0/24", "10.40.129.0/24", "10.40.130.0/24"],
      dataSubnetIds: ["subnet-0a1b2c3d4e5f60702", "subnet-0a1b2c3d4e5f60705", "subnet-0a1b2c3d4e5f60708"],
      stateBucket: "shop-tfstate-111111111111",
      // Its owner has installed what applications rest on: there is no stack "staging-platform".
      installed: "all",
    }),
    applications: [{ application: shop, hosts: { main: "staging.shop.example.com" } }],
  }),
  environment({
    ...common,
    name: "gke-staging",
    cloud: existingGoogle({
      project: "acme-shop-staging",
      region: "europe-west3",
      clusterName: "shared-tools",
      dataCidrs: ["10.53.0.0/20"],
      network: { project: "acme-networks", name: "spoke", dataRange: "private-services" },
      stateBucket: "shop-tfstate-acme-staging",
      // Its owner has these alone: "gke-staging-platform" installs the rest.
      installed: ["cert-manager", "reloader"],
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
