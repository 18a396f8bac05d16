import { application, mysql, phpFpm, redis, release } from "goldenpath";
import { owner } from "./teams/my-team";

/** What a pipeline builds takes its place, by the files in `environments/images`. */
const IMAGE = "registry.example.com/my-app/api:v1.0.0";

/** The application, once. What differs between environments is in their own files. */
export const app = application({
  name: "my-app",
  owner,
  services: { db: mysql({ database: "app" }), cache: redis() },
  // Its credentials have the plain keys in the application's Secret, as `database-url`.
  defaultWorkload: "api",
  workloads: {
    api: phpFpm({
      image: IMAGE,
      replicas: 2,
      resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
      autoscaling: { min: 2, max: 6, cpu: 70 },
      config: { APP_ENV: "production" },
      needs: ["db", "cache"],
      metrics: { path: "/metrics" },
      tracing: true,
      objectives: { availability: 99.9, latency: { percent: 95, withinSeconds: 1 } },
    }),
    // Before each release, until it ends well.
    migrate: release({
      image: IMAGE,
      command: ["php", "bin/console", "doctrine:migrations:migrate", "--no-interaction", "--allow-no-migration"],
      config: { APP_ENV: "production" },
      needs: ["db"],
    }),
  },
  mainHost: "main",
  routes: [{ host: "main", path: "/", to: "api" }],
});
