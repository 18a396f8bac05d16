import { application, http, mysql, release } from "goldenpath";
import { owner } from "./teams/my-team";

/** What a pipeline builds takes its place, by the files in `environments/images`. */
const IMAGE = "registry.example.com/my-app/api:v1.0.0";

/** The application, once. What differs between environments is in their own files. */
export const app = application({
  name: "my-app",
  owner,
  services: { db: mysql({ database: "app" }) },
  // Its credentials have the plain keys in the application's Secret, as `database-url`.
  defaultWorkload: "api",
  workloads: {
    api: http({
      image: IMAGE,
      replicas: 2,
      autoscaling: { min: 2, max: 6, cpu: 70 },
      config: { NODE_ENV: "production" },
      needs: ["db"],
      // Apart from the port that routes lead to.
      ports: { metrics: 9464 },
      metrics: { port: "metrics" },
      tracing: true,
      objectives: { availability: 99.9, latency: { percent: 95, withinSeconds: 0.5 } },
    }),
    // Before each release, until it ends well.
    migrate: release({
      image: IMAGE,
      command: ["node", "migrate.mjs"],
      config: { NODE_ENV: "production" },
      needs: ["db"],
    }),
  },
  mainHost: "main",
  routes: [{ host: "main", path: "/", to: "api" }],
});
