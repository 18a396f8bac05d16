import {
  catalog,
  compose,
  dashboards,
  helmChart,
  type OutputTarget,
  runbooks,
  type Source,
  target,
  workflows,
} from "goldenpath/outputs";
import { ALERTS } from "./alerts";
import { local } from "./local";
import { app } from "./my-app";

/** The code, as it is built for a developer's machine. */
const CODE: Source = {
  folder: "services/my-app",
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
};

/** The same for a cluster, and how a pipeline tries it. */
const IMAGE = {
  folder: CODE.folder,
  dockerfile: CODE.dockerfile,
  target: "runtime",
  contexts: CODE.contexts,
  args: { PHP_VERSION: "8.4" },
  language: {
    name: "php",
    version: "8.4",
    extensions: ["pcntl", "pdo_mysql", "redis", "sockets"],
    phpstan: "2.1",
    integration: "integration",
  },
} as const;

/** What is rendered from the model and kept in this repository: `npm run render`. */
export const outputs: readonly OutputTarget[] = [
  target(compose, {
    environments: [local.name],
    options: {
      application: app.name,
      configuration: "docker",
      sources: { api: CODE },
      pools: { api: "docker/php/pool.conf" },
      observability: { runbooks: { url: ALERTS.runbooks, folder: "docs/runbooks" } },
    },
    owned: ["docker/nginx/conf.d"],
  }),
  target(helmChart, { options: { application: app.name }, folder: `helm/${app.name}`, owned: ["helm"] }),
  target(runbooks, { options: {}, folder: "docs/runbooks", owned: ["docs/runbooks"] }),
  target(dashboards, { options: {}, folder: "docs/dashboards", owned: ["docs/dashboards"] }),
  target(workflows, {
    options: {
      application: app.name,
      images: { api: IMAGE },
      imagesFolder: "environments/images",
      // A GitHub App of yours, which commits the images that were built.
      committer: "my-team-releases",
      checks: ["npm run typecheck", "npm test"],
      deploys: [
        {
          environment: "staging",
          branch: "develop",
          url: "https://my-app.staging.example.com",
          // Machines whose addresses the Kubernetes API lets in.
          runners: { plan: ["self-hosted", "staging-plan"], apply: ["self-hosted", "staging-apply"] },
        },
        {
          environment: "production",
          branch: "main",
          url: "https://my-app.example.com",
          approval: true,
          runners: { plan: ["self-hosted", "production-plan"], apply: ["self-hosted", "production-apply"] },
        },
      ],
    },
  }),
  target(catalog, {
    options: {
      // With `repository: { slug }`, its place on GitHub, entities lead to code; with `codeowners: {}` and those of a team, GitHub asks who reviews.
      code: { [app.name]: { api: IMAGE } },
      written: { [app.name]: [`environments/${app.name}.ts`] },
    },
  }),
];
