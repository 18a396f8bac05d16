import { application, external, smtp } from "../../../../../constructs/goldenpath";
import { cron, http, phpFpm, release, worker } from "../../../../../constructs/goldenpath";
import { bucket } from "../../../../../constructs/goldenpath";
import { mysql } from "../../../../../constructs/goldenpath";
import { rabbitmq } from "../../../../../constructs/goldenpath";
import { redis } from "../../../../../constructs/goldenpath";

const BACKEND = "registry.example.com/backend:v1.2.3";

/** The reference application, once. What differs between environments is in their own files. */
export const myApp = application({
  name: "my-app",
  owner: "team-my-app",
  services: {
    "orders-db": mysql({ database: "app_db" }),
    cache: redis(),
    events: rabbitmq(),
    uploads: bucket(),
  },
  externals: {
    stripe: external({ host: "api.stripe.com" }),
    mail: smtp({ host: "smtp.example.com" }),
  },
  secrets: {
    "stripe-key": { variable: "STRIPE_KEY", description: "Secret API key of the Stripe account, from its dashboard" },
  },
  // Its credentials have the plain keys in the application's Secret, as `database-url`.
  defaultWorkload: "backend",
  workloads: {
    backend: phpFpm({
      image: BACKEND,
      replicas: 3,
      resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
      autoscaling: { min: 3, max: 10, cpu: 70, memory: 80 },
      liveness: { initialDelaySeconds: 30, periodSeconds: 10 },
      readiness: { initialDelaySeconds: 5, periodSeconds: 5 },
      config: { APP_ENV: "production", LOG_FORMAT: "json" },
      secrets: ["stripe-key"],
      needs: ["orders-db", "cache", "events", "uploads", "stripe", "mail", "notifications"],
      volumes: { uploads: { mountPath: "/app/var/uploads", size: "20Gi" } },
      metrics: { path: "/metrics" },
      tracing: true,
      objectives: { availability: 99.9, latency: { percent: 95, withinSeconds: 1 } },
    }),
    frontend: http({
      image: "registry.example.com/frontend:v1.2.3",
      replicas: 2,
      autoscaling: { min: 2, max: 6, cpu: 70 },
      config: { NODE_ENV: "production" },
      needs: ["backend"],
      // Apart from the port that routes lead to.
      ports: { metrics: 9464 },
      metrics: { port: "metrics" },
      tracing: true,
    }),
    // Has no route: other workloads call it by the edge that they need.
    notifications: http({
      image: "registry.example.com/notifications:v1.2.3",
      replicas: 2,
      autoscaling: { min: 2, max: 4, cpu: 70 },
      config: { NODE_ENV: "production" },
      needs: ["cache", "mail"],
      ports: { metrics: 9464 },
      metrics: { port: "metrics" },
      tracing: true,
    }),
    consumer: worker({
      image: BACKEND,
      command: ["php", "bin/console", "messenger:consume", "events", "--time-limit=3600"],
      replicas: 2,
      config: { APP_ENV: "production", LOG_FORMAT: "json" },
      needs: ["orders-db", "events", "uploads"],
      tracing: true,
    }),
    migrate: release({
      image: BACKEND,
      command: ["php", "bin/console", "doctrine:migrations:migrate", "--no-interaction", "--allow-no-migration"],
      config: { APP_ENV: "production", LOG_FORMAT: "json" },
      needs: ["orders-db"],
    }),
    cron: cron({
      image: BACKEND,
      command: ["php", "bin/console", "app:scheduled"],
      schedule: "*/5 * * * *",
      concurrency: "Forbid",
      startingDeadlineSeconds: 120,
      activeDeadlineSeconds: 600,
      config: { APP_ENV: "production", LOG_FORMAT: "json" },
      needs: ["orders-db", "cache", "mail"],
      tracing: true,
    }),
  },
  mainHost: "api",
  routes: [
    { host: "api", path: "/", to: "backend" },
    { host: "web", path: "/", to: "frontend" },
  ],
});
