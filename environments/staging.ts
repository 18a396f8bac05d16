import { aws } from "../constructs/clouds/aws";
import { ingress } from "../constructs/kubernetes/routing/ingress";
import { environment } from "../constructs/environment";
import { myApp } from "./my-app";

export const staging = environment({
  name: "staging",
  cloud: aws({
    accountId: "111111111111",
    region: "eu-central-1",
    network: { cidr: "10.10.0.0/16" },
    // The block the pipeline's runners come from (documentation range of RFC 5737: put yours here).
    endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
    access: {
      deployers: ["arn:aws:iam::111111111111:role/goldenpath-deployer"],
      administrators: ["arn:aws:iam::111111111111:role/platform-administrator"],
    },
    dns: { zones: [{ name: "staging.example.com", id: "Z0EXAMPLESTAGING" }] },
  }),
  routing: ingress(),
  profile: "small",
  contact: "platform@example.com",
  costCenter: "orders-staging",
  applications: [
    {
      application: myApp,
      hosts: { api: "staging.example.com", web: "www.staging.example.com" },
      workloads: {
        backend: { config: { APP_ENV: "staging" } },
        consumer: { replicas: 1, config: { APP_ENV: "staging" } },
        migrate: { config: { APP_ENV: "staging" } },
        cron: { config: { APP_ENV: "staging" } },
      },
    },
  ],
});
