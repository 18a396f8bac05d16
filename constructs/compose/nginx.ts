import { documentRoot, fastCgi, indent, LEVEL_MAP, limits, LOG_FORMAT, OWN_LOCATIONS } from "../kubernetes/nginx-parts";
import type { ResolvedHttp, ResolvedPhpFpm, ResolvedRoute } from "../model/resolved";

/** Where a container sees `docker/nginx/ssl`. */
const CERTIFICATES = "/etc/nginx/ssl";

const HEAD = `# Rendered from the model; what is written here by hand is overwritten. A file of conf.d, read by the image's own
# nginx.conf, which has some of these settings already: so they stand in each server.
`;

/** Limits of a server without PHP-FPM behind it: those of one with the model's defaults. */
const BODY_OF_HTTP = "client_max_body_size 16m;";

/**
 * nginx of local development: in front of every workload, as the route controller is in a cluster, and for PHP-FPM what
 * the nginx of its pod is there. Containers are found by the names of their workloads. One server for each host; the
 * first one that an HTTP workload is behind answers for names that no route has.
 */
export function composeNginx(routes: readonly ResolvedRoute[]): string {
  const hosts = [...new Set(routes.map(({ host }) => host))];
  const of = (host: string): ResolvedRoute[] => routes.filter((route) => route.host === host);
  const fallback = hosts.find((host) => of(host).some(({ workload }) => workload.kind === "http")) ?? hosts[0];
  const servers = hosts.map((host) => server(host, of(host), host === fallback ? " default_server" : ""));
  return [HEAD + LEVEL_MAP, LOG_FORMAT, ...servers].join("\n\n") + "\n";
}

function server(host: string, routes: readonly ResolvedRoute[], isDefault: string): string {
  const php = routes.map(({ workload }) => workload).find((workload) => workload.kind === "php-fpm");
  const settings = php === undefined ? BODY_OF_HTTP : limits(php);
  return `server {
  listen 80${isDefault};
  listen 443 ssl${isDefault};
  server_name ${host};
  server_tokens off;
  ssl_certificate ${CERTIFICATES}/tls.crt;
  ssl_certificate_key ${CERTIFICATES}/tls.key;
  access_log /dev/stdout json;
${indent(settings, 2)}

${indent(OWN_LOCATIONS, 2)}

${routes.map((route) => indent(locations(route), 2)).join("\n\n")}
}`;
}

/** A prefix matches whole elements of a path, as in the cluster. */
function locations({ path, pathType, workload }: ResolvedRoute): string {
  const content = answer(workload);
  const prefix = path.replace(/\/+$/, "");
  const matches = pathType === "Exact" ? [`= ${path}`] : prefix === "" ? ["/"] : [`= ${prefix}`, `${prefix}/`];
  return matches.map((match) => `location ${match} {\n${indent(content, 2)}\n}`).join("\n\n");
}

function answer(workload: ResolvedRoute["workload"]): string {
  if (workload.kind === "php-fpm") return toPhpFpm(workload);
  if (workload.kind === "http") return toHttp(workload);
  throw new Error(`a route to ${workload.name}, which speaks no HTTP`);
}

/** TLS ends here, so what a client says of it counts for nothing. */
function toPhpFpm(workload: ResolvedPhpFpm): string {
  const address = `${workload.name}:${workload.port}`;
  const root = documentRoot(workload);
  return `root "${root === "" ? "/" : root}";
${fastCgi({ workload, address, https: "$https" })}`;
}

const toHttp = ({ name, port }: ResolvedHttp): string => `proxy_pass http://${name}:${port};
proxy_http_version 1.1;
proxy_connect_timeout 5s;
proxy_set_header Host $host;
proxy_set_header Connection "";
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Forwarded-Proto $scheme;`;
