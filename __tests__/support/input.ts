import { application, external, smtp } from "../../constructs/model/application";
import type { EnvironmentInput, EnvironmentOption } from "../../constructs/model/environment";
import { loadEnvironments } from "../../constructs/model/load";
import type { Patch } from "../../constructs/model/patch";
import { InvalidInput } from "../../constructs/model/problem";
import type { Team } from "../../constructs/model/team";
import { cron, http, phpFpm, worker } from "../../constructs/model/workload";
import { bucket } from "../../constructs/services/bucket";
import { mysql } from "../../constructs/services/mysql";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { redis } from "../../constructs/services/redis";

/** An option of an environment without an opinion, for tests of what the model itself checks. */
export const environmentOption = (networkCidrs?: readonly string[]): EnvironmentOption => ({
  title: "test",
  problems: () => [],
  networkCidrs,
});

/** Writable all the way down, so that a test can break one field of a valid input. */
type Writable<T> = T extends ((...args: never[]) => unknown) | Patch | Team
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Writable<T[K]> }
    : T;

export function shop() {
  return application({
    name: "shop",
    owner: "team-shop",
    services: { db: mysql(), cache: redis(), events: rabbitmq(), files: bucket() },
    externals: { stripe: external({ host: "api.stripe.com" }), mail: smtp({ host: "smtp.example.com" }) },
    secrets: { "stripe-key": { variable: "STRIPE_KEY", description: "API key" } },
    workloads: {
      api: phpFpm({
        image: "registry.example.com/api:v1",
        autoscaling: { min: 3, max: 10, cpu: 70 },
        resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
        secrets: ["stripe-key"],
        needs: ["db", "cache", "events", "files", "stripe", "mail"],
        volumes: { uploads: { mountPath: "/app/uploads", size: "20Gi" } },
      }),
      web: http({ image: "registry.example.com/web:v1", needs: ["api"] }),
      queue: worker({ image: "registry.example.com/api:v1", needs: ["db", "events"] }),
      nightly: cron({ image: "registry.example.com/api:v1", schedule: "0 3 * * *", needs: ["db"] }),
    },
    routes: [
      { host: "api", path: "/", to: "api" },
      { host: "web", path: "/", to: "web" },
    ],
  });
}

/** One application that several environments run. */
const SHOP = shop();

export function staging(app = SHOP): EnvironmentInput {
  return {
    name: "staging",
    cloud: environmentOption(["10.10.0.0/16"]),
    routing: environmentOption(),
    profile: "small",
    contact: "ops@example.com",
    costCenter: "shop",
    applications: [{ application: app, hosts: { api: "api.staging.example.com", web: "staging.example.com" } }],
  };
}

export function production(app = SHOP): EnvironmentInput {
  return {
    ...staging(),
    name: "production",
    profile: "production",
    images: "immutable-tags",
    cloud: environmentOption(["10.20.0.0/16"]),
    applications: [{ application: app, hosts: { api: "api.example.com", web: "example.com" } }],
  };
}

export type Draft = ReturnType<typeof draft>;

/** A valid environment and the application in it, both open to be broken. */
export function draft(valid: EnvironmentInput = production(shop())) {
  const environment = valid as Writable<EnvironmentInput>;
  const overlay = environment.applications[0];
  if (overlay === undefined) throw new Error("the draft has no application");
  const app = overlay.application;
  const services = (app.services ??= {});
  const routes = (app.routes ??= []);
  const hosts = (overlay.hosts ??= {});
  /** A workload by name, as loosely typed as a mistake needs. */
  const workload = (name: string): Record<string, unknown> => app.workloads[name] as unknown as Record<string, unknown>;
  return { environment, overlay, app, services, routes, hosts, workload };
}

/** The lines of the report for this input; none if it is valid. */
export function problemsOf(...inputs: readonly unknown[]): string[] {
  try {
    loadEnvironments(inputs as EnvironmentInput[]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
}
