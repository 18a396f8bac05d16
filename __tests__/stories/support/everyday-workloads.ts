import { APP, type Change, type Edit, route } from "./everyday";

const ONE_MACHINE = { same: "a developer's machine has one of each" };
const OF_NODES = { same: "one machine has no nodes to choose from" };

/** Lines into the workload `frontend`. */
const frontend = (...lines: readonly string[]): Edit => {
  const from = '      config: { NODE_ENV: "production" },\n      needs: ["backend"],\n';
  return { file: APP, from, to: from + lines.map((line) => `      ${line}\n`).join("") };
};

const inProduction = (from: string, to: string): Edit => ({ file: "production.ts", from, to });

/** Workloads before `migrate`. */
const workload = (...lines: readonly string[]): Edit => {
  const from = "    migrate: release({\n";
  return { file: APP, from, to: lines.map((line) => `    ${line}\n`).join("") + from };
};

/** What is changed of workloads. */
export const WORKLOADS: readonly Change[] = [
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
    name: "a port for metrics, and who reads it",
    environment: "production",
    edits: [
      frontend("ports: { metrics: 9464 },"),
      {
        file: APP,
        from: '      needs: ["cache", "mail"],\n',
        to: '      needs: ["cache", "mail", { to: "frontend", port: "metrics" }],\n',
      },
    ],
    terraform: /"value": "my-app-frontend:9464"/,
    chart: /value: my-app-frontend:9464/,
    compose: /FRONTEND_METRICS_ADDRESS: frontend:9464/,
  },
  {
    name: "an HPA metric",
    environment: "production",
    edits: [
      inProduction("contact: ", 'metricsApis: ["external"],\n  contact: '),
      inProduction(
        "      services: {\n",
        [
          "      workloads: {",
          "        consumer: {",
          "          autoscaling: {",
          "            min: 2,",
          "            max: 9,",
          '            metrics: { queue: { type: "External", metric: "messages", averageValue: 30 } },',
          "          },",
          "        },",
          "      },",
          "      services: {\n",
        ].join("\n"),
      ),
    ],
    terraform: /"average_value": "30"/,
    chart: /averageValue: "30"/,
    compose: ONE_MACHINE,
  },
  {
    name: "a permission in the cloud",
    environment: "production",
    edits: [
      inProduction(
        "      services: {\n",
        [
          "      workloads: {",
          "        consumer: {",
          "          permissions: {",
          "            aws: {",
          '              send: { actions: ["ses:SendEmail"], resources: ["arn:aws:ses:eu-central-1:222222222222:identity/example.com"] },',
          "            },",
          "          },",
          "        },",
          "      },",
          "      services: {\n",
        ].join("\n"),
      ),
    ],
    terraform: /ses:SendEmail/,
    chart: { same: "an identity is Terraform's, whoever releases" },
    compose: { same: "a machine has no identity in a cloud" },
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
];
