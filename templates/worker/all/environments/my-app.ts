import { application, rabbitmq, worker } from "goldenpath";
import { owner } from "./teams/my-team";

/** The application, once. What differs between environments is in their own files. */
export const app = application({
  name: "my-app",
  owner,
  services: { events: rabbitmq() },
  // Its credentials have the plain keys in the application's Secret, as `rabbitmq-url`.
  defaultWorkload: "worker",
  workloads: {
    worker: worker({
      // What a pipeline builds takes its place, by the files in `environments/images`.
      image: "registry.example.com/my-app/worker:v1.0.0",
      replicas: 2,
      autoscaling: { min: 2, max: 6, cpu: 70 },
      config: { NODE_ENV: "production", QUEUE: "my-app" },
      needs: ["events"],
      ports: { metrics: 9464 },
      metrics: { port: "metrics" },
      tracing: true,
      // Longer than the longest message takes: those in hand are handled to their end.
      terminationGraceSeconds: 60,
    }),
  },
});
