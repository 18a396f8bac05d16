import { aws } from "../../../../../constructs/clouds/aws";
import { environment } from "../../../../../constructs/goldenpath";
import { prometheus } from "../../../../../constructs/goldenpath";
import { ingress } from "../../../../../constructs/goldenpath";
import { ALERTS } from "./alerts";
import { myApp } from "./my-app";

export const production = environment({
  name: "production",
  // The reference application calls its production namespace `my-app-prod`.
  namespaceSuffix: "prod",
  cloud: aws({
    accountId: "222222222222",
    region: "eu-central-1",
    network: { cidr: "10.20.0.0/16" },
    endpoint: { access: "private" },
    access: {
      deployers: ["arn:aws:iam::222222222222:role/goldenpath-deployer"],
      administrators: ["arn:aws:iam::222222222222:role/platform-administrator"],
    },
    dns: { zones: [{ name: "example.com", id: "Z0EXAMPLEPROD" }] },
  }),
  routing: ingress(),
  observability: prometheus({ ...ALERTS, pagerDuty: {}, deadMansSwitch: true }),
  contact: "platform@example.com",
  costCenter: "orders-production",
  // The registry refuses to overwrite a tag.
  images: "immutable-tags",
  defaultApplication: myApp.name,
  applications: [
    {
      application: myApp,
      hosts: { api: "api.example.com", web: "example.com" },
      services: {
        "orders-db": { size: "large", storage: "200Gi", backupDays: 30 },
      },
    },
  ],
});
