import { metricsServer } from "../../../kubernetes/nginx";
import { documentRoot, FPM_METRICS_PATH, indent } from "../../../kubernetes/nginx-parts";
import { NGINX_IMAGE } from "../../../kubernetes/php-fpm";
import { fpmMetricsPort } from "../../../model/metrics";
import type { ResolvedApplication, ResolvedPhpFpm } from "../../../model/resolved";
import type { Files } from "../../output";
import type { ConfigurationFolder } from "../configuration";
import type { ComposeService } from "../document";
import { getting } from "../health";
import { CONFINED } from "../parts";
import { poolMetrics, PROFILE } from "./names";

/*
 * PHP-FPM tells of its pool to its own network alone, by a listener that answers while all processes are busy. In a cluster the nginx
 * of the pod asks there; here one beside the container does, with the same server.
 */

const FILE = "nginx.conf";

const folderOf = (workload: ResolvedPhpFpm, { observability }: ConfigurationFolder): string =>
  `${observability}/${poolMetrics(workload)}`;

const poolsOf = ({ workloads }: Pick<ResolvedApplication, "workloads">): ResolvedPhpFpm[] =>
  workloads.filter((workload): workload is ResolvedPhpFpm => workload.kind === "php-fpm");

const config = (
  workload: ResolvedPhpFpm,
): string => `# Rendered from the model; what is written here by hand is overwritten.
daemon off;
worker_processes 1;
pid /tmp/nginx.pid;
error_log stderr error;

events {
}

http {
  server_tokens off;

  client_body_temp_path /tmp/client-body;
  fastcgi_temp_path /tmp/fastcgi;
  proxy_temp_path /tmp/proxy;
  scgi_temp_path /tmp/scgi;
  uwsgi_temp_path /tmp/uwsgi;

${indent(metricsServer(workload, documentRoot(workload)), 2)}
}
`;

export const poolFiles = (application: ResolvedApplication, folder: ConfigurationFolder): Files =>
  Object.fromEntries(
    poolsOf(application).map((workload) => [`${folderOf(workload, folder)}/${FILE}`, config(workload)]),
  );

export const poolServices = (
  application: ResolvedApplication,
  folder: ConfigurationFolder,
): [name: string, service: ComposeService][] =>
  poolsOf(application).map((workload) => [
    poolMetrics(workload),
    {
      image: workload.nginxImage ?? NGINX_IMAGE,
      profiles: [PROFILE],
      user: `${workload.security.user}:${workload.security.user}`,
      mem_limit: "128m",
      restart: "unless-stopped",
      entrypoint: ["nginx", "-c", `/etc/goldenpath/nginx/${FILE}`],
      volumes: [`./${folderOf(workload, folder)}:/etc/goldenpath/nginx:ro`],
      tmpfs: ["/tmp"],
      network_mode: `service:${workload.name}`,
      // A network goes with its container.
      depends_on: { [workload.name]: { condition: "service_started", restart: true } },
      healthcheck: {
        test: getting(`http://127.0.0.1:${fpmMetricsPort(workload)}${FPM_METRICS_PATH}`),
        interval: "15s",
        timeout: "3s",
        retries: 3,
        start_period: "40s",
        start_interval: "1s",
      },
      read_only: true,
      ...CONFINED,
    },
  ]);
