import { APP, type Change, type Edit, route } from "./everyday";

const STAGING = "staging-on.ts";
const OF_THE_CLOUD = { same: "it is the cloud's" };

/** Lines into staging's part of the application. */
const inStaging = (...lines: readonly string[]): Edit => {
  const from = "        workloads: {\n";
  return { file: STAGING, from, to: lines.map((line) => `        ${line}\n`).join("") + from };
};

/** What is changed of environments, services, routes and applications. */
export const ENVIRONMENTS: readonly Change[] = [
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
    chart: /values-staging\.yaml[^]*path: orders-db\.pem/,
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
    name: "a redirect from www",
    environment: "production",
    edits: [
      {
        file: "production.ts",
        from: '      hosts: { api: "api.example.com", web: "example.com" },\n',
        to:
          '      hosts: { api: "api.example.com", web: "example.com" },\n' +
          '      routes: { "web/": { redirects: ["www"] } },\n',
      },
    ],
    terraform: /"nginx\.ingress\.kubernetes\.io\/from-to-www-redirect": "true"/,
    chart: /web: www\.example\.com/,
    compose: { same: "its hosts are those of the local environment" },
  },
  {
    name: "a redirect from an old path",
    environment: "production",
    edits: [
      {
        file: APP,
        from: '{ host: "web", path: "/", to: "frontend" }',
        to: '{ host: "web", path: "/", to: "frontend", redirects: ["/start"] }',
      },
    ],
    terraform: /"nginx\.ingress\.kubernetes\.io\/permanent-redirect": "https:\/\/example\.com\/"/,
    chart: /permanent-redirect: https:\/\/example\.com\//,
    compose: /location = \/start \{\n +return 308 \$scheme:\/\/\$http_host\/;/,
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
