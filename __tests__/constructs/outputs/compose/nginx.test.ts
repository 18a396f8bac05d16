import { nginxConfig } from "../../../../constructs/kubernetes/nginx";
import type { ResolvedRoute } from "../../../../constructs/model/resolved";
import { composeNginx } from "../../../../constructs/outputs/compose/nginx";
import { backend, frontend, settled, worker } from "../../../support/resolved";

const route = (changes: Partial<ResolvedRoute>): ResolvedRoute => ({
  host: "api.localhost",
  hostName: "api",
  path: "/",
  pathType: "Prefix",
  workload: backend(),
  ...changes,
});

const render = (...routes: readonly ResolvedRoute[]): string =>
  composeNginx({ routes, workloads: [backend(), frontend(), worker()] });

/** The server of a name, its lines without indentation. */
function server(text: string, name: string): string[] {
  const servers = text.split(/^server \{$/m).slice(1);
  const found = servers.filter((one) => new RegExp(`^  server_name ${name};$`, "m").test(one));
  expect(found).toHaveLength(1);
  return (found[0] ?? "").split("\n").map((line) => line.trim());
}

const both = render(route({}), route({ host: "www.localhost", workload: frontend() }));
const about = (lines: readonly string[], what: RegExp): string[] => lines.filter((line) => what.test(line)).sort();

test("tells PHP-FPM all that the nginx of its pod does, and has the same limits, but that TLS ends here", () => {
  // Without the server of its own that what measures has.
  const [requests = ""] = nginxConfig(backend()).split(/^ {2}server \{\n {4}listen 9253;/m);
  const pod = requests.split("\n").map((line) => line.trim());
  for (const name of ["api.localhost", "my-app-backend"]) {
    const local = server(both, name);
    const same =
      /^(fastcgi_(?!pass|temp)|client_(?!body_temp)|keepalive|send_timeout|server_tokens|root|return|location)/;
    expect(about(local, same)).toEqual(about(pod, same).map((line) => line.replace("$forwarded_https", "$https")));
    expect(about(local, /^fastcgi_pass/)).toEqual(["fastcgi_pass backend:9000;"]);
  }
  const format = /log_format json[^;]*;/;
  expect(format.exec(both)?.[0].replace(/\s+/g, " ")).toBe(
    format.exec(nginxConfig(backend()))?.[0].replace(/\s+/g, " "),
  );
});

test("is every workload's Service too, by its name and port in a cluster, and forwards nothing there", () => {
  const lines = server(both, "my-app-frontend");
  expect(about(lines, /^(listen|proxy_pass)/)).toEqual(["listen 80;", "proxy_pass http://frontend:3000;"]);
  expect(about(lines, /X-Forwarded/)).toEqual([]);
  expect(about(server(both, "www.localhost"), /X-Forwarded/)).toHaveLength(2);
  expect(both).not.toContain("worker");
});

test("a route says how long, how large and for which origins, at its own location", () => {
  const cors = {
    origins: ["https://www.localhost"],
    methods: ["GET"],
    headers: ["Authorization"],
    exposedHeaders: [],
    credentials: false,
    maxAgeSeconds: 60,
  } as const;
  const headers = { request: { "X-Tenant": "a" }, response: { Link: "</a>" } };
  const settings = settled({ timeoutSeconds: 20, maxBodySize: "1Mi", cors, allowFrom: ["203.0.113.0/24"], headers });
  for (const [workload, module, tenant] of [
    [backend(), "fastcgi", 'fastcgi_param HTTP_X_TENANT "a";'],
    [frontend(), "proxy", 'proxy_set_header X-Tenant "a";'],
  ] as const) {
    const text = render(route({ host: "www.localhost", workload }), route({ path: "/in", workload, settings }));
    const [before = "", own = ""] = server(text, "api.localhost").join("\n").split("location /in/ {");
    expect(own).toContain(`${module}_read_timeout 20s;`);
    expect(own).toContain("client_max_body_size 1m;");
    expect(own).toContain(tenant);
    expect(own).toContain(`${module}_hide_header Link;\nadd_header Link "</a>" always;`);
    expect(own).toContain(`${module}_hide_header Access-Control-Allow-Origin;`);
    expect(own).toContain('add_header Access-Control-Allow-Methods "GET" always;');
    expect(before).toContain("location = /in {");
    // Containers see one address for all clients.
    expect(text).not.toMatch(/\b(allow|deny) /);
    expect(server(text, "www.localhost").join()).not.toMatch(/20s|Access-Control/);
  }
});

test("a WebSocket goes through to an HTTP workload, and other connections to it are kept open", () => {
  expect(both).toContain('map $http_upgrade $connection_upgrade {\n  default upgrade;\n  "" "";\n}');
  for (const name of ["www.localhost", "my-app-frontend"]) {
    expect(about(server(both, name), /Upgrade|Connection/)).toEqual([
      "proxy_set_header Connection $connection_upgrade;",
      "proxy_set_header Upgrade $http_upgrade;",
    ]);
  }
});

test("the first host that an HTTP workload is behind answers for names that nobody has", () => {
  expect(server(both, "www.localhost")).toContain("listen 443 ssl default_server;");
  expect(server(both, "api.localhost")).toContain("listen 443 ssl;");
  expect(server(render(route({})), "api.localhost")).toContain("listen 80 default_server;");
});

test("a prefix takes whole elements of a path, an exact path itself alone", () => {
  const lines = server(
    render(route({}), route({ path: "/shop/", workload: frontend() }), route({ path: "/one", pathType: "Exact" })),
    "api.localhost",
  );
  expect(about(lines, /^location (= )?\/(?!-)/)).toEqual([
    "location / {",
    "location /shop/ {",
    "location = /one {",
    "location = /shop {",
  ]);
});

test("a route to what speaks no HTTP is refused", () => {
  expect(() => render(route({ workload: worker() }))).toThrow("worker, which speaks no HTTP");
});
