import {
  ansible,
  type AnsibleOptions,
  catalog,
  compose,
  dashboards,
  helmChart,
  type ImageCode,
  modelSchema,
  type OutputTarget,
  requestSchema,
  runbooks,
  runnersOf,
  type Source,
  target,
  workflows,
  type WorkflowsOptions,
} from "../constructs/outputs/outputs";
import { ALERTS } from "./alerts";
import { local } from "./local";
import { myApp } from "./my-app";

/** Builds OpenTelemetry into images for whoever says `OTEL_SDK_DISABLED=false`, which switches it on. */
const TRACED = { OTEL_SDK_DISABLED: { fromEnvironment: "OTEL_SDK_DISABLED" } } as const;

/** The code of the reference application's workloads: the samples, until somebody has more. */
const SOURCES: Readonly<Record<string, Source>> = {
  backend: {
    folder: "docker/samples/backend",
    dockerfile: "docker/php/Dockerfile",
    target: "development",
    contexts: { "docker-php": "docker/php" },
    args: {
      PHP_VERSION: "8.4",
      // An address and a sum of each developer's, as OpenTelemetry's package is of one processor.
      TRACING_PACKAGE: { fromEnvironment: "TRACING_PACKAGE" },
      TRACING_PACKAGE_SHA256: { fromEnvironment: "TRACING_PACKAGE_SHA256" },
    },
    mountPath: "/app",
    packages: { path: "/app/vendor", volume: "php-vendor" },
  },
  frontend: {
    folder: "docker/samples/frontend",
    dockerfile: "docker/node/Dockerfile",
    target: "development",
    contexts: { "docker-node": "docker/node" },
    args: { NODE_VERSION: "24", ...TRACED },
    mountPath: "/app",
    packages: { path: "/app/node_modules", volume: "node-modules" },
  },
  notifications: {
    folder: "docker/samples/notifications",
    dockerfile: "docker/node/Dockerfile",
    target: "development",
    contexts: { "docker-node": "docker/node" },
    args: { NODE_VERSION: "24", ...TRACED },
    mountPath: "/app",
    packages: { path: "/app/node_modules", volume: "notifications-modules" },
  },
};

/** Options of the reference application in Compose. */
export const LOCAL_COMPOSE = {
  application: myApp.name,
  configuration: "docker",
  sources: SOURCES,
  pools: { backend: "docker/php/pool.conf" },
  observability: { runbooks: { url: ALERTS.runbooks, folder: "docs/runbooks" } },
};

/** The code of a workload by Node, as it runs in a cluster: with what `tracing` of its workload switches on. */
const nodeImage = (name: string): ImageCode => ({
  folder: `docker/samples/${name}`,
  dockerfile: "docker/node/Dockerfile",
  target: "runtime",
  contexts: { "docker-node": "docker/node" },
  args: { NODE_VERSION: "24", TRACING: "1" },
  language: { name: "node", version: "24" },
});

/** The workflows of this repository. */
export const WORKFLOWS: WorkflowsOptions = {
  application: myApp.name,
  images: {
    backend: {
      folder: "docker/samples/backend",
      dockerfile: "docker/php/Dockerfile",
      target: "runtime",
      contexts: { "docker-php": "docker/php" },
      args: { PHP_VERSION: "8.4" },
      language: {
        name: "php",
        version: "8.4",
        extensions: ["pcntl", "pdo_mysql", "redis", "sockets"],
        phpstan: "2.1",
        integration: "integration",
      },
    },
    frontend: nodeImage("frontend"),
    notifications: nodeImage("notifications"),
  },
  imagesFolder: "environments/images",
  committer: "acme-releases",
  // This repository's own tests are of its environments as they are, without images of yours.
  checks: ["npx --no-install tsc -p . --noEmit"],
  deploys: [
    {
      environment: "staging",
      branch: "develop",
      url: "https://staging.example.com",
      smoke: ["https://staging.example.com/lifts", "https://www.staging.example.com/"],
      // It answers addresses on its list alone.
      runners: { plan: ["self-hosted", "staging-plan"], apply: ["self-hosted", "staging-apply"] },
    },
    {
      environment: "production",
      branch: "main",
      url: "https://example.com",
      smoke: ["https://api.example.com/lifts", "https://example.com/"],
      approval: true,
      // The Kubernetes API answers in the network alone.
      runners: { plan: ["self-hosted", "production-plan"], apply: ["self-hosted", "production-apply"] },
    },
  ],
};

/** Folder of the reference application's chart. */
export const CHART = `helm/${myApp.name}`;

/** Playbooks of the reference application, with the addresses and the machines that its workflows ask. */
export const PLAYBOOKS: AnsibleOptions = {
  application: myApp.name,
  chart: CHART,
  smoke: Object.fromEntries(WORKFLOWS.deploys.map(({ environment, url, smoke = [url] }) => [environment, smoke])),
  runners: runnersOf(WORKFLOWS),
};

/** What is rendered from the model and kept in this repository: `npm run render`. */
export const outputs: readonly OutputTarget[] = [
  target(compose, { environments: [local.name], options: LOCAL_COMPOSE, owned: ["docker/nginx/conf.d"] }),
  target(helmChart, { options: { application: myApp.name }, folder: CHART, owned: ["helm"] }),
  target(runbooks, { options: {}, folder: "docs/runbooks", owned: ["docs/runbooks"] }),
  target(dashboards, { options: {}, folder: "docs/dashboards", owned: ["docs/dashboards"] }),
  target(workflows, { options: WORKFLOWS }),
  target(ansible, {
    environments: ["aks-staging", "gke-staging", "production", "staging"],
    options: PLAYBOOKS,
  }),
  target(catalog, {
    options: {
      repository: { slug: "acme/my-app" },
      code: { [myApp.name]: WORKFLOWS.images },
      written: { [myApp.name]: ["environments/my-app.ts"] },
      types: { [`${myApp.name}/frontend`]: "website" },
      documents: { [myApp.name]: "." },
      apis: { [`${myApp.name}/backend`]: { type: "openapi", file: "docker/samples/backend/openapi.yaml" } },
      codeowners: { first: [{ pattern: "*", owners: ["@acme/platform"] }] },
    },
  }),
  target(modelSchema, { options: {}, folder: "docs/generated" }),
  target(requestSchema, { options: {}, folder: "docs/generated" }),
];
