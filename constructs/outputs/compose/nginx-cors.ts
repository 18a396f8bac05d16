import type { ResolvedCors, ResolvedRoute } from "../../model/resolved";

/*
 * Cross-Origin Resource Sharing by nginx, as the controllers of a cluster have it: what a browser asks before is answered here,
 * and what the workload says of it counts for nothing.
 */

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** Hosts of the application answer by HTTP too here, and on other ports where a machine has others. */
function pattern(origin: string, hosts: readonly string[]): string {
  const host = hosts.find((one) => origin === `https://${one}`);
  return host === undefined ? quoted(origin) : `https?:\\/\\/${quoted(host)}(:\\d+)?`;
}

/** Maps for `http`: the origin that a request may be told it has, and whether the request only asks. */
export function corsMaps(routes: readonly ResolvedRoute[]): string[] {
  const hosts = [...new Set(routes.map(({ host }) => host))];
  const all = routes.flatMap(({ settings }) => settings?.cors ?? []);
  if (all.length === 0) return [];
  const maps = all.flatMap(({ origins }, index) => {
    const lines = origins.includes("*")
      ? ['default "*";', '"" "";']
      : ['default "";', ...origins.map((origin) => `"~^${pattern(origin, hosts)}$" $http_origin;`)];
    return [
      `map $http_origin $cors_origin_${index} {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`,
      `map $cors_origin_${index} $cors_asks_${index} {\n  default $cors_asks;\n  "" "";\n}`,
    ];
  });
  const asks = `map "$request_method $http_access_control_request_method" $cors_asks {
  default "";
  "~^OPTIONS ." 1;
}`;
  return [asks, ...maps];
}

const header = (name: string, value: string): string => `add_header Access-Control-${name} ${value} always;`;
const list = (names: readonly string[]): string => `"${names.join(", ")}"`;

/** Directives for the `location` of a route. `by` is the module that passes requests on. */
export function corsDirectives(
  cors: ResolvedCors,
  routes: readonly ResolvedRoute[],
  by: "proxy" | "fastcgi" | "grpc",
): string {
  const index = routes.flatMap(({ settings }) => settings?.cors ?? []).indexOf(cors);
  const both = [
    header("Allow-Origin", `$cors_origin_${index}`),
    "add_header Vary Origin always;",
    ...(cors.credentials ? [header("Allow-Credentials", "true")] : []),
  ];
  const asked = [
    ...both,
    header("Allow-Methods", list(cors.methods)),
    header("Allow-Headers", list(cors.headers)),
    header("Max-Age", String(cors.maxAgeSeconds)),
    "return 204;",
  ];
  return [
    `if ($cors_asks_${index}) {\n${asked.map((line) => `  ${line}`).join("\n")}\n}`,
    ...both,
    ...(cors.exposedHeaders.length > 0 ? [header("Expose-Headers", list(cors.exposedHeaders))] : []),
    ...["Origin", "Credentials"].map((name) => `${by}_hide_header Access-Control-Allow-${name};`),
    `${by}_hide_header Access-Control-Expose-Headers;`,
  ].join("\n");
}
