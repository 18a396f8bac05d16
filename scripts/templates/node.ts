import { CLOUD } from "./clouds";
import { programFiles } from "./program";
import { type Layer, layered, type TemplateSource } from "./source";

const CODE = "services/my-app";

const sample = (service: string, file: string): Layer => ({
  from: `docker/samples/${service}/src/${file}`,
  to: `${CODE}/src/${file}`,
});

/** What every service on Node has: the image, and code that the samples of this repository run, too. */
const NODE: readonly Layer[] = [
  { from: "docker/node", to: "docker/node" },
  { from: "templates/parts/node" },
  sample("frontend", "log.mjs"),
  sample("frontend", "metrics-server.mjs"),
];

/** What those have beside it that answer requests. */
const HTTP: readonly Layer[] = [
  { from: "templates/parts/node-http" },
  sample("notifications", "body.mjs"),
  sample("frontend", "metrics.mjs"),
];

const own = (template: string, folder: string): Layer => ({ from: `templates/${template}/${folder}` });

export const nodeApi = (root: string): TemplateSource => ({
  name: "node-api",
  version: 1,
  title: "HTTP API on Node",
  description: "a service on Node 24 that answers requests, with MySQL or without",
  options: {
    database: { description: "what it keeps data in", choices: ["mysql", "none"], default: "mysql" },
    cloud: CLOUD,
  },
  files: ({ cloud = "", database = "" }) => [
    ...programFiles(root, { cloud, isRouted: true }),
    ...layered(root, [...NODE, ...HTTP, own("node-api", "all"), own("node-api", `database=${database}`)]),
  ],
});

export const nodeWeb = (root: string): TemplateSource => ({
  name: "node-web",
  version: 1,
  title: "Web site on Node",
  description: "pages that Node 24 makes of what an API says",
  options: { cloud: CLOUD },
  files: ({ cloud = "" }) => [
    ...programFiles(root, { cloud, isRouted: true }),
    ...layered(root, [...NODE, ...HTTP, own("node-web", "all")]),
  ],
});

export const worker = (root: string): TemplateSource => ({
  name: "worker",
  version: 1,
  title: "Worker on Node",
  description: "a program on Node 24 that handles messages of RabbitMQ",
  options: { cloud: CLOUD },
  files: ({ cloud = "" }) => [
    ...programFiles(root, { cloud, isRouted: false }),
    ...layered(root, [...NODE, own("worker", "all")]),
  ],
});
