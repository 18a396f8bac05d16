import { application, http } from "goldenpath";
import { owner } from "./teams/my-team";

/** The application, once. What differs between environments is in their own files. */
export const app = application({
  name: "my-app",
  owner,
  // Its dashboard is called after it.
  defaultWorkload: "api",
  workloads: {
    api: http({
      // What a pipeline builds takes its place, by the files in `environments/images`.
      image: "registry.example.com/my-app/api:v1.0.0",
      replicas: 2,
      autoscaling: { min: 2, max: 6, cpu: 70 },
      config: { NODE_ENV: "production" },
      // Apart from the port that routes lead to.
      ports: { metrics: 9464 },
      metrics: { port: "metrics" },
      tracing: true,
      objectives: { availability: 99.9, latency: { percent: 95, withinSeconds: 0.5 } },
    }),
  },
  mainHost: "main",
  routes: [{ host: "main", path: "/", to: "api" }],
});
