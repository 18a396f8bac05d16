import type { Bytes } from "../model/quantity";
import type { ResolvedPhpFpm } from "../model/resolved";
import { shorthand } from "./fpm-pool";
import { answerSeconds } from "./patience";

/*
 * What every nginx in front of PHP-FPM says, wherever it runs: in the pod, and beside it in local development. What
 * differs between the two is in `nginx.ts` and `outputs/compose/nginx.ts`.
 */

/** Answered by nginx itself, whatever PHP does. No path of an application. */
export const NGINX_HEALTH_PATH = "/-/nginx";

/** Beyond the time that requests in hand are given: for the answer to a request that PHP-FPM ended. */
const VERDICT_SECONDS = 5;

/** Longest life of a connection after nginx was told to stop, in seconds. */
export const drainSeconds = (workload: ResolvedPhpFpm): number => workload.terminationGraceSeconds + VERDICT_SECONDS;

/** Directory of the front controller, without a slash at its end: empty for the root. */
export const documentRoot = (workload: ResolvedPhpFpm): string => workload.documentRoot.replace(/\/+$/, "");

/** Moves a block to the right; empty lines stay empty. */
export const indent = (text: string, spaces: number): string => text.replace(/^(?=.)/gm, " ".repeat(spaces));

/** Map for `http`: the level that an access log's lines have. */
export const LEVEL_MAP = `map $status $level {
  default info;
  ~^4 warning;
  ~^5 error;
}`;

/** Format for `http`: the access log as JSON lines. */
export const LOG_FORMAT = `# The path without its query, which may hold what no log should.
log_format json escape=json '{"time":"$time_iso8601","level":"$level","message":"$request_method $uri $status",'
  '"context":{"method":"$request_method","path":"$uri","status":$status,"bytes":$body_bytes_sent,'
  '"seconds":$request_time,"upstreamSeconds":"$upstream_response_time","host":"$host",'
  '"client":"$http_x_forwarded_for","userAgent":"$http_user_agent","requestId":"$http_x_request_id",'
  '"traceparent":"$http_traceparent"}}';`;

/** Limit for `http`, `server` or `location`. */
export const bodyLimit = (size: Bytes): string => `client_max_body_size ${shorthand(size, { mebi: "m", kibi: "k" })};`;

/** Limits for `http` or `server`. */
export const limits = (workload: ResolvedPhpFpm): string => `client_header_timeout 15s;
client_body_timeout 30s;
send_timeout 30s;
# Longer than the route controllers keep an idle connection, so that they close it and never find it closed.
keepalive_timeout 95s;
${bodyLimit(workload.maxBodySize)}`;

/** Locations for `server`: what no application answers. */
export const OWN_LOCATIONS = `location = ${NGINX_HEALTH_PATH} {
  access_log off;
  return 204;
}

location ~ /\\.(?!well-known/) {
  return 404;
}`;

/** Path at which nginx tells of PHP-FPM's pool, on the port for Prometheus. */
export const FPM_METRICS_PATH = "/php-fpm";

/**
 * Directive for `location` that keeps what is measured from those who come by a route: the path, also in the ways in which front
 * controllers read it. None where the workload tells nothing.
 */
export function hiddenMetrics({ metrics }: Pick<ResolvedPhpFpm, "metrics">): string {
  if (metrics === undefined) return "";
  const path = metrics.path.replace(/\/+$/, "").replace(/[.]/g, "\\.");
  return `if ($uri ~* "^(/index\\.php)?${path}/?$") {
  return 404;
}
`;
}

export interface FastCgi {
  readonly workload: ResolvedPhpFpm;
  /** `host:port` of PHP-FPM. */
  readonly address: string;
  /** Variable of nginx that is `on` for a request that came by TLS. */
  readonly https: string;
  /** How long it may take, where that is not the workload's own time. @default - a step longer than the workload takes */
  readonly seconds?: number | undefined;
}

/** Directives for `location`: every path goes to the front controller. */
export function fastCgi({ workload, address, https, seconds }: FastCgi): string {
  return `fastcgi_pass ${address};
fastcgi_connect_timeout 5s;
fastcgi_send_timeout 30s;
fastcgi_read_timeout ${seconds ?? answerSeconds(workload)}s;
fastcgi_buffer_size 32k;
fastcgi_buffers 16 16k;
fastcgi_max_temp_file_size 64m;
fastcgi_hide_header X-Powered-By;

fastcgi_param SCRIPT_FILENAME "${documentRoot(workload)}/index.php";
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
fastcgi_param HTTPS ${https} if_not_empty;
# A request header named Proxy must not become the variable that HTTP clients obey.
fastcgi_param HTTP_PROXY "";`;
}
