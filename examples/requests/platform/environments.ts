import { environment, ingress } from "goldenpath";
import { existingAws } from "goldenpath/aws";
import { readRequests, withRequests } from "goldenpath/requests";
import { shop } from "../teams/shop/application";
import { requestPolicy } from "./policy";

const cloud = (accountId: string) =>
  existingAws({
    accountId,
    region: "eu-central-1",
    dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
    stateBucket: `shop-tfstate-${accountId}`,
  });

const common = { routing: ingress(), contact: "platform@example.com", costCenter: "shop" } as const;

export const environments = withRequests(
  [
    environment({
      ...common,
      name: "staging",
      profile: "small",
      cloud: cloud("111111111111"),
      applications: [{ application: shop, hosts: { main: "staging.shop.example.com" } }],
    }),
    environment({
      ...common,
      name: "production",
      images: "immutable-tags",
      cloud: cloud("222222222222"),
      applications: [{ application: shop, hosts: { main: "shop.example.com" } }],
    }),
  ],
  readRequests("requests"),
  requestPolicy,
);
