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
  dockerfile: "docker/node/Dockerfile",
  target: "development",
  contexts: { "docker-node": "docker/node" },
  args: { NODE_VERSION: "24", OTEL_SDK_DISABLED: { fromEnvironment: "OTEL_SDK_DISABLED" } },
  mountPath: "/app",
  packages: { path: "/app/node_modules", volume: "node-modules" },
};

/** The same for a cluster, with what `tracing` of its workload switches on. */
const IMAGE = {
  folder: CODE.folder,
  dockerfile: CODE.dockerfile,
  target: "runtime",
  contexts: CODE.contexts,
  args: { NODE_VERSION: "24", TRACING: "1" },
  language: { name: "node", version: "24" },
} as const;

/** What is rendered from the model and kept in this repository: `npm run render`. */
export const outputs: readonly OutputTarget[] = [
  target(compose, {
    environments: [local.name],
    options: {
      application: app.name,
      configuration: "docker",
      sources: { worker: CODE },
      observability: { runbooks: { url: ALERTS.runbooks, folder: "docs/runbooks" } },
    },
  }),
  target(helmChart, { options: { application: app.name }, folder: `helm/${app.name}`, owned: ["helm"] }),
  target(runbooks, { options: {}, folder: "docs/runbooks", owned: ["docs/runbooks"] }),
  target(dashboards, { options: {}, folder: "docs/dashboards", owned: ["docs/dashboards"] }),
  target(workflows, {
    options: {
      application: app.name,
      images: { worker: IMAGE },
      imagesFolder: "environments/images",
      // A GitHub App of yours, which commits the images that were built.
      committer: "my-team-releases",
      checks: ["npm run typecheck", "npm test"],
      // A worker has no address: its dashboard is what people look at, and nothing is asked.
      deploys: [
        {
          environment: "staging",
          branch: "develop",
          url: "https://grafana.staging.example.com/d/staging_my-app",
          smoke: [],
          // Machines whose addresses the Kubernetes API lets in.
          runners: { plan: ["self-hosted", "staging-plan"], apply: ["self-hosted", "staging-apply"] },
        },
        {
          environment: "production",
          branch: "main",
          url: "https://grafana.example.com/d/production_my-app",
          smoke: [],
          approval: true,
          runners: { plan: ["self-hosted", "production-plan"], apply: ["self-hosted", "production-apply"] },
        },
      ],
    },
  }),
  target(catalog, {
    options: {
      // With `repository: { slug }`, its place on GitHub, entities lead to code; with `codeowners: {}` and those of a team, GitHub asks who reviews.
      code: { [app.name]: { worker: IMAGE } },
      written: { [app.name]: [`environments/${app.name}.ts`] },
    },
  }),
];
