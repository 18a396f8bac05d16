import {
  bodyLimit,
  documentRoot,
  fastCgi,
  hiddenMetrics,
  indent,
  LEVEL_MAP,
  limits,
  LOG_FORMAT,
  OWN_LOCATIONS,
} from "../../kubernetes/nginx-parts";
import { proxySeconds } from "../../kubernetes/patience";
import { fpmMetricsPort } from "../../model/metrics";
import {
  type ResolvedApplication,
  type ResolvedHttp,
  type ResolvedPhpFpm,
  type ResolvedRoute,
  type ResolvedRouteSettings,
  type ResolvedWorkload,
  speaksGrpc,
} from "../../model/resolved";
import { corsDirectives, corsMaps } from "./nginx-cors";
import { headerDirectives } from "./nginx-headers";

/** Where the container of nginx sees its certificate. */
const CERTIFICATES = "/etc/nginx/ssl";

const HEAD = `# Rendered from the model; what is written here by hand is overwritten. A file of conf.d, read by the image's own
# nginx.conf, which has some of these settings already: so they stand in each server.
`;

/** What a route controller tells a workload of who asks. */
const FORWARDED = `proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Forwarded-Proto $scheme;`;

/** A WebSocket begins as a request to upgrade; other connections to a workload are kept open. */
const UPGRADE_MAP = `map $http_upgrade $connection_upgrade {
  default upgrade;
  "" "";
}`;

/** The port that a client asked for, with its colon, where it is not that of the scheme. */
const PORT_MAP = `map $http_host $asked_port {
  default "";
  "~(:\\d+)$" $1;
}`;

/** Directive for all servers of a port: which of them is meant, a client says later than what it speaks. */
const HTTP_2 = "http2 on;";

/** Limits of a server without PHP-FPM behind it: those of one with the model's defaults. */
const BODY_OF_HTTP = "client_max_body_size 16m;";

type Speaking = ResolvedHttp | ResolvedPhpFpm;

const speaksHttp = (workload: ResolvedWorkload): workload is Speaking =>
  workload.kind === "http" || workload.kind === "php-fpm";

const server = (settings: readonly string[], locations: readonly string[]): string =>
  `server {\n${indent([settings.join("\n"), OWN_LOCATIONS, ...locations].join("\n\n"), 2)}\n}`;

const toHttp = (
  workload: ResolvedHttp,
  seconds?: number,
): string => `proxy_pass http://${workload.name}:${workload.port};
proxy_http_version 1.1;
proxy_connect_timeout 5s;
proxy_send_timeout ${seconds ?? proxySeconds(workload)}s;
proxy_read_timeout ${seconds ?? proxySeconds(workload)}s;
proxy_set_header Host $host;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $connection_upgrade;`;

/** Calls of gRPC, which may be streams in both directions: nginx takes what a client says for one body, however long it goes on. */
const toGrpc = (
  workload: ResolvedHttp,
  seconds = proxySeconds(workload),
): string => `grpc_pass grpc://${workload.name}:${workload.port};
grpc_connect_timeout 5s;
grpc_send_timeout ${seconds}s;
grpc_read_timeout ${seconds}s;
client_body_timeout ${seconds}s;
client_max_body_size 0;
grpc_set_header Host $host;`;

/** `seconds` is what a route says of how long it may take. */
const answer = (workload: Speaking, seconds?: number): string =>
  workload.kind === "php-fpm"
    ? toPhpFpm(workload, seconds)
    : speaksGrpc(workload)
      ? toGrpc(workload, seconds)
      : toHttp(workload, seconds);

/** Server for other workloads: the address in their variable, `http://my-app-backend`, is the one that they have in a cluster. */
const service = (workload: Speaking): string =>
  server(
    [`listen 80;`, `server_name ${workload.objectName};`, common([workload])],
    [`location / {\n${indent(answer(workload), 2)}\n}`],
  );

/** Server for what measures: on the port that PHP-FPM's pod has for it, and under no host of a route. */
function measured(workload: ResolvedPhpFpm): string[] {
  if (workload.metrics === undefined) return [];
  const { name, port, metrics } = workload;
  const root = documentRoot(workload);
  const settings = [
    `listen ${fpmMetricsPort(workload)};`,
    `server_name ${workload.objectName};`,
    "server_tokens off;",
    "access_log off;",
    `root "${root === "" ? "/" : root}";`,
  ];
  const answers = fastCgi({ workload, address: `${name}:${port}`, https: "$https" });
  return [
    server(settings, [`location = ${metrics.path} {\n${indent(answers, 2)}\n}`, "location / {\n  return 404;\n}"]),
  ];
}

/**
 * nginx of local development. It is what the route controller is in a cluster, with one server for each host; what the
 * Service of each workload is, by the same name and port; and for PHP-FPM what the nginx of its pod is. Containers have
 * the names of their workloads. The first host that an HTTP workload is behind answers for names that nobody has.
 */
export function composeNginx({ routes, workloads }: Pick<ResolvedApplication, "routes" | "workloads">): string {
  const hosts = [...new Set(routes.map(({ host }) => host))];
  const of = (host: string): ResolvedRoute[] => routes.filter((route) => route.host === host);
  const fallback = hosts.find((host) => of(host).some(({ workload }) => workload.kind === "http")) ?? hosts[0];
  const servers = [
    ...workloads.filter(speaksHttp).map(service),
    ...workloads.flatMap((workload) => (workload.kind === "php-fpm" ? measured(workload) : [])),
    ...hosts.map((host) => route(host, of(host), routes, host === fallback ? " default_server" : "")),
  ];
  const others = routes.flatMap((one) => (one.settings?.otherHost === undefined ? [] : [otherName(one)]));
  const http2 = workloads.some(speaksGrpc) ? [HTTP_2] : [];
  return (
    [
      HEAD + LEVEL_MAP,
      ...http2,
      UPGRADE_MAP,
      ...(others.length > 0 ? [PORT_MAP] : []),
      ...corsMaps(routes),
      LOG_FORMAT,
      ...servers,
      ...others,
    ].join("\n\n") + "\n"
  );
}

const listens = (name: string, more = ""): string[] => [
  ...[`listen 80${more};`, `listen 443 ssl${more};`, `server_name ${name};`],
  ...[`ssl_certificate ${CERTIFICATES}/tls.crt;`, `ssl_certificate_key ${CERTIFICATES}/tls.key;`],
];

/** Sends clients from the other name of a host to the host, to the path and query that they asked for. */
function otherName({ host, settings }: ResolvedRoute): string {
  const to = `return 308 $scheme://${host}$asked_port$request_uri;`;
  return server([...listens(settings?.otherHost ?? ""), common([])], [`location / {\n${indent(to, 2)}\n}`]);
}

function route(
  host: string,
  routes: readonly ResolvedRoute[],
  all: readonly ResolvedRoute[],
  isDefault: string,
): string {
  const workloads = routes.map(({ workload }) => workload);
  return server(
    [...listens(host, isDefault), common(workloads)],
    routes.map((one) => locations(one, all)),
  );
}

function common(workloads: readonly ResolvedWorkload[]): string {
  const php = workloads.find((workload) => workload.kind === "php-fpm");
  return ["server_tokens off;", "access_log /dev/stdout json;", php === undefined ? BODY_OF_HTTP : limits(php)].join(
    "\n",
  );
}

/** Sends clients to a path, by the port that they asked for: another one than 80 and 443 where a machine has other things there. */
const sentTo = (path: string): string => `return 308 $scheme://$http_host${path};`;

/** A prefix matches whole elements of a path, as in the cluster. */
function locations({ path, pathType, workload, settings }: ResolvedRoute, all: readonly ResolvedRoute[]): string {
  if (!speaksHttp(workload)) throw new Error(`a route to ${workload.name}, which speaks no HTTP`);
  const { redirectTo } = settings ?? {};
  const content = redirectTo === undefined ? answered(workload, settings, all) : sentTo(redirectTo);
  const prefix = path.replace(/\/+$/, "");
  const matches = pathType === "Exact" ? [`= ${path}`] : prefix === "" ? ["/"] : [`= ${prefix}`, `${prefix}/`];
  return matches.map((match) => `location ${match} {\n${indent(content, 2)}\n}`).join("\n\n");
}

function answered(
  workload: Speaking,
  { timeoutSeconds, maxBodySize, cors, headers }: Partial<ResolvedRouteSettings> = {},
  all: readonly ResolvedRoute[],
): string {
  return [
    answer(workload, timeoutSeconds),
    ...(workload.kind === "http" ? [speaksGrpc(workload) ? FORWARDED.replaceAll("proxy_", "grpc_") : FORWARDED] : []),
    ...(maxBodySize === undefined ? [] : [bodyLimit(maxBodySize)]),
    ...(cors === undefined ? [] : [corsDirectives(cors, all, workload.kind === "http" ? "proxy" : "fastcgi")]),
    ...headerDirectives(headers, workload.kind === "php-fpm" ? "fastcgi" : speaksGrpc(workload) ? "grpc" : "proxy"),
  ].join("\n");
}

/** TLS ends here, so what a client says of it counts for nothing. */
function toPhpFpm(workload: ResolvedPhpFpm, seconds?: number): string {
  const address = `${workload.name}:${workload.port}`;
  const root = documentRoot(workload);
  return `root "${root === "" ? "/" : root}";
${hiddenMetrics(workload)}${fastCgi({ workload, address, https: "$https", seconds })}`;
}
