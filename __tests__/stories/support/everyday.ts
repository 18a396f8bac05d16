/*
 * What newcomers change in the shipped program on their first days: each as edits of its files, and what has to be of it in every
 * output. A text of a file stands there once.
 */

export interface Edit {
  /** Below `environments/`. */
  readonly file: string;
  /** @default - the file is new */
  readonly from?: string;
  readonly to: string;
}

/** What is in an output after the change and was not before; `same`: nothing, and why it is right so. */
type Outcome = RegExp | { readonly same: string };

export interface Change {
  readonly name: string;
  /** The environment whose stacks are looked at. */
  readonly environment: "production" | "staging";
  readonly edits: readonly Edit[];
  readonly terraform: Outcome;
  readonly chart: Outcome;
  readonly compose: Outcome;
}

const APP = "my-app.ts";
const STAGING = "staging-on.ts";

const ONE_MACHINE = { same: "a developer's machine has one of each" };
const OF_THE_CLOUD = { same: "it is the cloud's" };
const OF_NODES = { same: "one machine has no nodes to choose from" };

/** Lines into the workload `frontend`. */
const frontend = (...lines: readonly string[]): Edit => {
  const from = '      config: { NODE_ENV: "production" },\n      needs: ["backend"],\n';
  return { file: APP, from, to: from + lines.map((line) => `      ${line}\n`).join("") };
};

/** Workloads before `migrate`. */
const workload = (...lines: readonly string[]): Edit => {
  const from = "    migrate: release({\n";
  return { file: APP, from, to: lines.map((line) => `    ${line}\n`).join("") + from };
};

/** Lines into staging's part of the application. */
const inStaging = (...lines: readonly string[]): Edit => {
  const from = "        workloads: {\n";
  return { file: STAGING, from, to: lines.map((line) => `        ${line}\n`).join("") + from };
};

const route = (line: string): Edit => {
  const from = '    { host: "web", path: "/", to: "frontend" },\n';
  return { file: APP, from, to: `${from}    ${line}\n` };
};

export const CHANGES: readonly Change[] = [
  {
    name: "replicas",
    environment: "production",
    edits: [
      {
        file: APP,
        from: '      replicas: 2,\n      config: { APP_ENV: "production", LOG_FORMAT: "json" },\n',
        to: '      replicas: 5,\n      config: { APP_ENV: "production", LOG_FORMAT: "json" },\n',
      },
    ],
    terraform: /"replicas": "5"/,
    chart: /replicas: 5/,
    compose: ONE_MACHINE,
  },
  {
    name: "a worker with a queue",
    environment: "production",
    edits: [
      workload('mailer: worker({ image: BACKEND, command: ["php", "bin/console", "mails"], needs: ["events"] }),'),
    ],
    terraform: /"name": "my-app-mailer"/,
    chart: /name: my-app-mailer/,
    compose: /^ {2}mailer:/m,
  },
  {
    name: "a second application",
    environment: "staging",
    edits: [
      {
        file: "billing.ts",
        to: [
          'import { application } from "../constructs/model/application";',
          'import { http } from "../constructs/model/workload";',
          'import { mysql } from "../constructs/services/mysql";',
          "",
          "export const billing = application({",
          '  name: "billing",',
          '  owner: "team-billing",',
          '  services: { ledger: mysql({ database: "ledger" }) },',
          '  workloads: { api: http({ image: "registry.example.com/billing:v1", needs: ["ledger"] }) },',
          "});",
          "",
        ].join("\n"),
      },
      {
        file: STAGING,
        from: 'import { myApp } from "./my-app";',
        to: 'import { billing } from "./billing";\nimport { myApp } from "./my-app";',
      },
      { file: STAGING, from: "    applications: [\n", to: "    applications: [\n      { application: billing },\n" },
      {
        file: "outputs.ts",
        from: "  target(modelSchema,",
        to: '  target(helmChart, { options: { application: "billing" }, folder: "helm/billing" }),\n  target(modelSchema,',
      },
    ],
    terraform: /"namespace": "billing-staging"/,
    chart: /name: billing-api/,
    compose: { same: "a Compose file is of one application" },
  },
  {
    name: "another region",
    environment: "staging",
    edits: [{ file: "staging.ts", from: 'region: "eu-central-1"', to: 'region: "eu-west-1"' }],
    terraform: /"region": "eu-west-1"/,
    chart: OF_THE_CLOUD,
    compose: OF_THE_CLOUD,
  },
  {
    name: "a cron",
    environment: "production",
    edits: [
      workload('report: cron({ image: BACKEND, command: ["php", "bin/console", "report"], schedule: "0 6 * * 1" }),'),
    ],
    terraform: /"schedule": "0 6 \* \* 1"/,
    chart: /schedule: 0 6 \* \* 1|0 6 \* \* 1/,
    compose: /^ {2}report:/m,
  },
  {
    name: "a domain",
    environment: "production",
    edits: [{ file: "production.ts", from: 'web: "example.com"', to: 'web: "shop.example.com"' }],
    terraform: /"host": "shop\.example\.com"/,
    chart: /web: shop\.example\.com/,
    compose: { same: "its hosts are those of the local environment" },
  },
  {
    name: "MySQL in the cluster",
    environment: "staging",
    edits: [inStaging('services: { "orders-db": { placement: "in-cluster" } },')],
    terraform: /"kubernetes_stateful_set_v1"/,
    chart: /path: orders-db\.pem/,
    compose: { same: "it has a container of its own there anyway" },
  },
  {
    name: "two databases",
    environment: "production",
    edits: [
      {
        file: APP,
        from: '    "orders-db": mysql({ database: "app_db" }),\n',
        to: '    "orders-db": mysql({ database: "app_db" }),\n    "reports-db": mysql({ database: "reports" }),\n',
      },
      {
        file: APP,
        from: '  defaultWorkload: "backend",\n',
        to: '  defaultWorkload: "backend",\n  defaultServices: ["orders-db"],\n',
      },
      {
        file: APP,
        from: '      needs: ["orders-db", "events", "uploads"],\n',
        to: '      needs: ["orders-db", { to: "reports-db", prefix: "REPORTS_" }, "events", "uploads"],\n',
      },
    ],
    terraform: /REPORTS_DATABASE_URL/,
    chart: /REPORTS_DATABASE_URL/,
    compose: /REPORTS_DATABASE_URL/,
  },
  {
    name: "Node only",
    environment: "staging",
    edits: [
      {
        file: "web.ts",
        to: [
          'import { application } from "../constructs/model/application";',
          'import { http } from "../constructs/model/workload";',
          "",
          "export const web = application({",
          '  name: "web",',
          '  owner: "team-web",',
          '  workloads: { site: http({ image: "registry.example.com/site:v1" }) },',
          '  routes: [{ host: "site", to: "site" }],',
          "});",
          "",
        ].join("\n"),
      },
      {
        file: STAGING,
        from: 'import { myApp } from "./my-app";',
        to: 'import { myApp } from "./my-app";\nimport { web } from "./web";',
      },
      {
        file: STAGING,
        from: "    applications: [\n",
        to: "    applications: [\n      { application: web, hosts: { site: `site.${domain}` } },\n",
      },
      {
        file: "outputs.ts",
        from: "  target(modelSchema,",
        to: '  target(helmChart, { options: { application: "web" }, folder: "helm/web" }),\n  target(modelSchema,',
      },
    ],
    terraform: /"host": "site\.staging\.example\.com"/,
    chart: /name: web-site/,
    compose: { same: "a Compose file is of one application" },
  },
  {
    name: "WebSockets that are silent for five minutes",
    environment: "production",
    edits: [frontend("requestSeconds: 300,", "terminationGraceSeconds: 300,")],
    terraform: /"nginx\.ingress\.kubernetes\.io\/proxy-read-timeout": "310"/,
    chart: /proxy-read-timeout: "310"/,
    compose: /proxy_read_timeout 310s/,
  },
  {
    name: "a sidecar",
    environment: "production",
    edits: [frontend('sidecars: { cache: { image: "registry.example.com/cache:v1", ports: { cache: 6000 } } },')],
    terraform: /"image": "registry\.example\.com\/cache:v1"/,
    chart: /registry\.example\.com\/cache/,
    compose: /registry\.example\.com\/cache:v1/,
  },
  {
    name: "gRPC",
    environment: "production",
    edits: [
      {
        file: APP,
        from: '      image: "registry.example.com/notifications:v1.2.3",\n',
        to: '      image: "registry.example.com/notifications:v1.2.3",\n      protocol: "grpc",\n',
      },
    ],
    terraform: /NOTIFICATIONS_ADDRESS/,
    chart: /appProtocol: kubernetes\.io\/h2c/,
    compose: /NOTIFICATIONS_ADDRESS/,
  },
  {
    name: "static files by nginx",
    environment: "production",
    edits: [
      workload(
        "files: http({",
        '  image: "docker.io/nginxinc/nginx-unprivileged:1.29.3-alpine",',
        "  port: 8080,",
        '  livenessPath: "/",',
        '  readinessPath: "/",',
        '  volumes: { site: { mountPath: "/usr/share/nginx/html", files: { "index.html": "<h1>Hello</h1>" } } },',
        "}),",
      ),
      route('{ host: "web", path: "/static", to: "files" },'),
    ],
    terraform: /<h1>Hello<\/h1>/,
    chart: /<h1>Hello<\/h1>/,
    compose: /\/usr\/share\/nginx\/html/,
  },
  {
    name: "an external database",
    environment: "staging",
    edits: [
      inStaging(
        "services: {",
        '  "orders-db": {',
        '    placement: "external",',
        "    external: {",
        '      host: "db.partner.example",',
        '      parts: { username: "shop", database: "orders" },',
        '      secrets: { password: "orders-db-password" },',
        "    },",
        "  },",
        "},",
      ),
    ],
    terraform: /db\.partner\.example/,
    chart: /if \$workload\.secrets\.DATABASE_URL /,
    compose: { same: "it has a container of its own" },
  },
  {
    name: "configuration of one environment",
    environment: "staging",
    edits: [
      {
        file: STAGING,
        from: 'backend: { config: { APP_ENV: "staging" } }',
        to: 'backend: { config: { APP_ENV: "staging", FEATURE_X: "on" } }',
      },
    ],
    terraform: /"FEATURE_X": "on"/,
    chart: /FEATURE_X: "?on/,
    compose: { same: "another environment's" },
  },
  {
    name: "an annotation",
    environment: "production",
    edits: [frontend('annotations: { "example.com/team": "shop" },')],
    terraform: /"example\.com\/team": "shop"/,
    chart: /example\.com\/team: shop/,
    compose: { same: "annotations are for controllers of a cluster" },
  },
  {
    name: "a node selector",
    environment: "production",
    edits: [frontend('scheduling: { nodeSelector: { "example.com/disk": "ssd" } },')],
    terraform: /"example\.com\/disk": "ssd"/,
    chart: /example\.com\/disk: ssd/,
    compose: OF_NODES,
  },
  {
    name: "a toleration",
    environment: "production",
    edits: [
      frontend('scheduling: { tolerations: [{ key: "example.com/gpu", operator: "Exists", effect: "NoSchedule" }] },'),
    ],
    terraform: /"key": "example\.com\/gpu"/,
    chart: /key: example\.com\/gpu/,
    compose: OF_NODES,
  },
  {
    name: "an init container",
    environment: "production",
    edits: [frontend('initContainers: { warm: { image: "registry.example.com/warm:v1", command: ["warm"] } },')],
    terraform: /"init_container"/,
    chart: /registry\.example\.com\/warm/,
    compose: /registry\.example\.com\/warm:v1/,
  },
  {
    name: "a volume more",
    environment: "production",
    edits: [frontend('volumes: { cache: { mountPath: "/app/.next/cache", ephemeral: "disk", size: "1Gi" } },')],
    terraform: /"mount_path": "\/app\/\.next\/cache"/,
    chart: /mountPath: \/app\/\.next\/cache/,
    compose: /\/app\/\.next\/cache/,
  },
  {
    name: "a parameter of RDS",
    environment: "production",
    edits: [
      {
        file: "production.ts",
        from: 'storage: "200Gi", backupDays: 30 }',
        to: 'storage: "200Gi", backupDays: 30, parameters: { innodb_lock_wait_timeout: "20" } }',
      },
    ],
    terraform: /"innodb_lock_wait_timeout"/,
    chart: OF_THE_CLOUD,
    compose: { same: "another environment's" },
  },
  {
    name: "a timeout of a route",
    environment: "production",
    edits: [route('{ host: "web", path: "/search", to: "frontend", timeoutSeconds: 5 },')],
    terraform: /"nginx\.ingress\.kubernetes\.io\/proxy-read-timeout": "5"/,
    chart: /proxy-read-timeout: "5"/,
    compose: /proxy_read_timeout 5s/,
  },
  {
    name: "a field that the model does not have",
    environment: "production",
    edits: [
      {
        file: "production.ts",
        from: 'import { environment } from "../constructs/environment";',
        to: 'import { environment } from "../constructs/environment";\nimport { objectPatch } from "../constructs/model/patch";',
      },
      {
        file: "production.ts",
        from: "      application: myApp,\n",
        to: [
          "      application: myApp,",
          "      patches: {",
          "        resolver: objectPatch({",
          '          reason: "names of the data centre are answered by its own resolver",',
          '          of: "backend",',
          '          kind: "Deployment",',
          '          add: { "spec.template.spec.dnsConfig": { nameservers: ["10.0.0.10"] } },',
          "        }),",
          "      },",
          "",
        ].join("\n"),
      },
    ],
    terraform: /"dns_config"/,
    chart: /dnsConfig/,
    compose: { same: "a patch is of objects, and npm run parity names it" },
  },
];
