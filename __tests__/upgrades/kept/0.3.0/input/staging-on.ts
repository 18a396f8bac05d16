import type { Cloud } from "../../../../../constructs/goldenpath";
import { environment, type EnvironmentSpec } from "../../../../../constructs/goldenpath";
import { prometheus } from "../../../../../constructs/goldenpath";
import { ingress } from "../../../../../constructs/goldenpath";
import { ALERTS } from "./alerts";
import { myApp } from "./my-app";

/** The staging environment on a cloud, under a domain: all that its environments do not share. */
export const stagingOn = (name: string, cloud: Cloud, domain: string): EnvironmentSpec =>
  environment({
    name,
    namespaceSuffix: "staging",
    cloud,
    routing: ingress(),
    observability: prometheus(ALERTS),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "orders-staging",
    defaultApplication: myApp.name,
    applications: [
      {
        application: myApp,
        hosts: { api: domain, web: `www.${domain}` },
        workloads: {
          backend: { config: { APP_ENV: "staging" } },
          consumer: { replicas: 1, config: { APP_ENV: "staging" } },
          migrate: { config: { APP_ENV: "staging" } },
          cron: { config: { APP_ENV: "staging" } },
        },
      },
    ],
  });
