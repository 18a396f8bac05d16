import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { local } from "../../../constructs/clouds/local";
import { environment } from "../../../constructs/environment";
import { application, type Route } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import type { RouteSettings } from "../../../constructs/model/route";
import type { Service } from "../../../constructs/model/service";
import { cron, http, release, type Workload } from "../../../constructs/model/workload";
import { ingress } from "../../../constructs/routing/ingress";
import type { Routing } from "../../../constructs/routing/routing";
import { mysql } from "../../../constructs/services/mysql";
import { withoutStackTraces } from "../../../constructs/terraform/without-stack-traces";
import type { Stack } from "../../../scripts/engine/stand-in";
import { AppStack } from "../../../stacks/app-stack";

/** What a story edits. */
export interface Release {
  readonly workloads: Readonly<Record<string, Workload>>;
  /** Workload that `www` leads to. */
  readonly to: string;
  /** Path that leads there. @default "/" */
  readonly path?: string;
  /** What else is said of that route. @default - nothing */
  readonly settings?: RouteSettings;
  /** Other routes of `www`. @default - none */
  readonly routes?: readonly Omit<Route, "host">[];
  /** Beside the database. @default - none */
  readonly services?: Readonly<Record<string, Service>>;
  readonly release?: "helm" | "terraform";
  readonly cloud?: Cloud;
  readonly routing?: Routing;
}

/** A shop of two programs, one of which calls the other, with what it does at night and a migration. */
export const shop = ({
  api = {},
  web = {},
  nightly = {},
  version = "v1",
}: {
  readonly api?: object;
  readonly web?: object;
  readonly nightly?: object;
  readonly version?: string;
} = {}): Release => ({
  to: "web",
  workloads: {
    api: http({ image: `registry.example.com/api:${version}`, needs: ["db"], ...api }),
    web: http({ image: `registry.example.com/web:${version}`, needs: ["api"], ...web }),
    nightly: cron({
      image: "registry.example.com/api:v1",
      command: ["nightly"],
      schedule: "0 3 * * *",
      needs: ["db"],
      config: { MODE: "a" },
      ...nightly,
    }),
    migrate: release({ image: `registry.example.com/api:${version}`, command: ["migrate"], needs: ["db"] }),
  },
});

/** The application's stack, as `npm run synth` writes it. */
export function stackOf({
  workloads,
  to,
  path = "/",
  settings = {},
  routes = [],
  services = {},
  release: by,
  cloud,
  routing,
}: Release): Stack {
  const host = cloud === undefined ? "www.localhost" : "www.shop.example.com";
  const spec = environment({
    name: "story",
    cloud: cloud ?? local(),
    routing: routing ?? ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    ...(by !== undefined && { release: by }),
    applications: [
      {
        application: application({
          name: "shop",
          owner: "shop",
          services: { db: mysql({ database: "shop" }), ...services },
          workloads,
          routes: [{ host: "www", path, to, ...settings }, ...routes.map((route) => ({ host: "www", ...route }))],
        }),
        hosts: { www: host },
      },
    ],
  });
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    return withoutStackTraces(() => {
      for (const loaded of loadEnvironments([spec])) {
        for (const one of loaded.applications) new AppStack(app, loaded, one);
      }
      app.synth();
      return JSON.parse(readFileSync(join(outdir, "stacks", "story", "cdk.tf.json"), "utf8")) as Stack;
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
