import type { ResolvedPhpFpm } from "../model/resolved";
import { requestSeconds, shorthand } from "./fpm-pool";

/** Key in the ConfigMap. */
export const NGINX_FILE = "nginx.conf";

/** nginx removes it when the last request is done: PHP-FPM in the same pod waits for that. */
export const PID_FILE = "/run/nginx/nginx.pid";

/** Answered by nginx itself, whatever PHP does. No path of an application. */
export const NGINX_HEALTH_PATH = "/-/nginx";

/** PHP-FPM ends a request that takes too long; nginx gives it this many seconds more, then answers itself. */
const VERDICT_SECONDS = 5;

/**
 * A runtime sends the stop signal of the image, SIGTERM where it has none, and on that one nginx cuts its requests off.
 * The shell makes the graceful one of either, and ends when nginx does.
 */
export const NGINX_COMMAND: readonly string[] = [
  "sh",
  "-c",
  "nginx & trap 'kill -QUIT $!' QUIT TERM; until wait $!; do kill -0 $! 2>/dev/null || exit 1; done",
];

/** Longest life of a connection after nginx was told to stop, in seconds. */
export const drainSeconds = (workload: ResolvedPhpFpm): number => requestSeconds(workload) + VERDICT_SECONDS;

/**
 * HTTP in front of FastCGI, for any user id on a read-only root: what is written goes to `/tmp` and to the directory
 * of the pid file. Every path goes to the front controller: static files are in the PHP image, nginx has none.
 */
export function nginxConfig(workload: ResolvedPhpFpm): string {
  const root = workload.documentRoot.replace(/\/+$/, "");
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

  map $status $level {
    default info;
    ~^4 warning;
    ~^5 error;
  }
  # TLS ends at the route controller.
  map $http_x_forwarded_proto $forwarded_https {
    default "";
    https on;
  }

  # The path without its query, which may hold what no log should.
  log_format json escape=json '{"time":"$time_iso8601","level":"$level","message":"$request_method $uri $status",'
    '"context":{"method":"$request_method","path":"$uri","status":$status,"bytes":$body_bytes_sent,'
    '"seconds":$request_time,"upstreamSeconds":"$upstream_response_time","host":"$host",'
    '"client":"$http_x_forwarded_for","userAgent":"$http_user_agent","requestId":"$http_x_request_id",'
    '"traceparent":"$http_traceparent"}}';
  access_log /dev/stdout json;

  client_header_timeout 15s;
  client_body_timeout 30s;
  send_timeout 30s;
  # Longer than the route controllers keep an idle connection, so that they close it and never find it closed.
  keepalive_timeout 95s;
  client_max_body_size ${shorthand(workload.maxBodySize, { mebi: "m", kibi: "k" })};

  server {
    listen ${workload.httpPort};
    server_name _;
    root "${root === "" ? "/" : root}";

    location = ${NGINX_HEALTH_PATH} {
      access_log off;
      return 204;
    }

    location ~ /\\.(?!well-known/) {
      return 404;
    }

    location / {
      fastcgi_pass 127.0.0.1:${workload.port};
      fastcgi_connect_timeout 5s;
      fastcgi_send_timeout 30s;
      fastcgi_read_timeout ${drainSeconds(workload)}s;
      fastcgi_buffer_size 32k;
      fastcgi_buffers 16 16k;
      fastcgi_max_temp_file_size 64m;
      fastcgi_hide_header X-Powered-By;

      fastcgi_param SCRIPT_FILENAME "${root}/index.php";
      fastcgi_param SCRIPT_NAME /index.php;
      fastcgi_param DOCUMENT_URI /index.php;
      fastcgi_param DOCUMENT_ROOT $document_root;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param REQUEST_SCHEME $scheme;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param SERVER_PROTOCOL $server_protocol;
      fastcgi_param SERVER_NAME $host;
      fastcgi_param SERVER_ADDR $server_addr;
      fastcgi_param SERVER_PORT $server_port;
      fastcgi_param REMOTE_ADDR $remote_addr;
      fastcgi_param REMOTE_PORT $remote_port;
      fastcgi_param GATEWAY_INTERFACE CGI/1.1;
      fastcgi_param REDIRECT_STATUS 200;
      fastcgi_param HTTPS $forwarded_https if_not_empty;
      # A request header named Proxy must not become the variable that HTTP clients obey.
      fastcgi_param HTTP_PROXY "";
    }
  }
}
`;
}
