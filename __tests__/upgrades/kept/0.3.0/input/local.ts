import { local as localCluster } from "../../../../../constructs/clouds/local";
import { environment } from "../../../../../constructs/goldenpath";
import { ingress } from "../../../../../constructs/goldenpath";
import { myApp } from "./my-app";

/** A developer's machine. Browsers and curl know where names below `localhost` are. */
export const local = environment({
  name: "local",
  cloud: localCluster(),
  routing: ingress(),
  profile: "small",
  contact: "platform@example.com",
  costCenter: "local",
  defaultApplication: myApp.name,
  applications: [
    {
      application: myApp,
      hosts: { api: "api.localhost", web: "www.localhost" },
      // One of each, so that the whole fits beside an editor and a browser.
      workloads: {
        backend: { autoscaling: false, replicas: 1, config: { APP_ENV: "local" } },
        frontend: { autoscaling: false, replicas: 1 },
        notifications: { autoscaling: false, replicas: 1 },
        consumer: { replicas: 1, config: { APP_ENV: "local" } },
        migrate: { config: { APP_ENV: "local" } },
        cron: { config: { APP_ENV: "local" } },
      },
    },
  ],
});
