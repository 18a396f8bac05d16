import { application, external, http } from "goldenpath";
import { owner } from "./teams/my-team";

/** The application, once. What differs between environments is in their own files. */
export const app = application({
  name: "my-app",
  owner,
  // The API that pages are made of: replace its host. One that runs beside this application is `peer({ … })`.
  externals: { api: external({ host: "api.example.com" }) },
  // Its dashboard is called after it.
  defaultWorkload: "web",
  workloads: {
    web: http({
      // What a pipeline builds takes its place, by the files in `environments/images`.
      image: "registry.example.com/my-app/web:v1.0.0",
      replicas: 2,
      autoscaling: { min: 2, max: 6, cpu: 70 },
      config: { NODE_ENV: "production" },
      needs: ["api"],
      // Apart from the port that routes lead to.
      ports: { metrics: 9464 },
      metrics: { port: "metrics" },
      tracing: true,
      objectives: { availability: 99.9, latency: { percent: 95, withinSeconds: 1 } },
    }),
  },
  mainHost: "main",
  routes: [{ host: "main", path: "/", to: "web" }],
});
