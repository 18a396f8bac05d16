import { fpmMetricsPort } from "../model/metrics";
import type { ResolvedPhpFpm } from "../model/resolved";
import { STATUS_PATH, statusAddress } from "./fpm-pool";
import {
  documentRoot,
  drainSeconds,
  fastCgi,
  FPM_METRICS_PATH,
  hiddenMetrics,
  indent,
  LEVEL_MAP,
  limits,
  LOG_FORMAT,
  OWN_LOCATIONS,
} from "./nginx-parts";

/** Key in the ConfigMap. */
export const NGINX_FILE = "nginx.conf";

/** nginx removes it when the last request is done: PHP-FPM in the same pod waits for that. */
export const PID_FILE = "/run/nginx/nginx.pid";

/**
 * A runtime sends the stop signal of the image, SIGTERM where it has none, and on that one nginx cuts its requests off.
 * The shell makes the graceful one of either, and ends when nginx does.
 */
export const NGINX_COMMAND: readonly string[] = [
  "sh",
  "-c",
  "nginx & trap 'kill -QUIT $!' QUIT TERM; until wait $!; do kill -0 $! 2>/dev/null || exit 1; done",
];

/** Server for Prometheus alone: the pool as PHP-FPM measures it, and what the program does. */
export function metricsServer(workload: ResolvedPhpFpm, root: string): string {
  const { metrics, port } = workload;
  const program =
    metrics === undefined
      ? ""
      : `

  location = ${metrics.path} {
${indent(fastCgi({ workload, address: `127.0.0.1:${port}`, https: "$https" }), 4)}
  }`;
  return `server {
  listen ${fpmMetricsPort(workload)};
  server_name _;
  root "${root === "" ? "/" : root}";
  access_log off;

  location = ${FPM_METRICS_PATH} {
    fastcgi_pass ${statusAddress(workload)};
    fastcgi_param SCRIPT_FILENAME ${STATUS_PATH};
    fastcgi_param SCRIPT_NAME ${STATUS_PATH};
    fastcgi_param REQUEST_METHOD GET;
    fastcgi_param QUERY_STRING openmetrics;
  }${program}

  location / {
    return 404;
  }
}`;
}

/**
 * HTTP in front of FastCGI, for any user id on a read-only root: what is written goes to `/tmp` and to the directory
 * of the pid file. Every path goes to the front controller: static files are in the PHP image, nginx has none.
 */
export function nginxConfig(workload: ResolvedPhpFpm): string {
  const root = documentRoot(workload);
  const address = `127.0.0.1:${workload.port}`;
  return `daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
pid ${PID_FILE};
error_log stderr error;
worker_shutdown_timeout ${drainSeconds(workload)}s;

events {
  # Two for each request: what waits for PHP must leave room for the probes.
  worker_connections 4096;
}

http {
  default_type application/octet-stream;
  server_tokens off;

  client_body_temp_path /tmp/client-body;
  fastcgi_temp_path /tmp/fastcgi;
  proxy_temp_path /tmp/proxy;
  scgi_temp_path /tmp/scgi;
  uwsgi_temp_path /tmp/uwsgi;

${indent(LEVEL_MAP, 2)}
  # TLS ends at the route controller.
  map $http_x_forwarded_proto $forwarded_https {
    default "";
    https on;
  }

${indent(LOG_FORMAT, 2)}
  access_log /dev/stdout json;

${indent(limits(workload), 2)}

  server {
    listen ${workload.httpPort};
    server_name _;
    root "${root === "" ? "/" : root}";

${indent(OWN_LOCATIONS, 4)}

    location / {
${indent(`${hiddenMetrics(workload)}${fastCgi({ workload, address, https: "$forwarded_https" })}`, 6)}
    }
  }

${indent(metricsServer(workload, root), 2)}
}
`;
}
