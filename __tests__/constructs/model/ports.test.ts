import { draft, problemsOf } from "../../support/input";

/* What is refused of ports that a workload says by name, and of edges to them. */

const image = "registry.example.com/proxy:v1";

const given = (fields: object, workload = "api", edges: readonly unknown[] = []): string[] => {
  const { environment, workload: raw } = draft();
  Object.assign(raw(workload), fields);
  if (edges.length > 0) raw("nightly").needs = edges;
  return problemsOf(environment);
};

const OF_FORM = 'use a number above 1023, or { port: 9090, protocol: "UDP", appProtocol: "http" }';

test.each([
  [{ ports: { metrics: 80 } }, `ports.metrics: got 80; use at least 1024`],
  [{ ports: { metrics: {} } }, `ports.metrics: got {}; ${OF_FORM}`],
  [{ ports: { Metrics: 9090 } }, "ports.Metrics: use lower-case letters, digits and single hyphens, a letter first"],
  [{ ports: { "metrics-of-it-all": 9090 } }, "ports.metrics-of-it-all: use at most 15 characters"],
  [{ ports: { http: 9090 } }, "ports.http: the workload itself has a port of this name; rename it"],
  [{ ports: { "php-fpm": 9090 } }, "ports.php-fpm: the workload itself has a port of this name; rename it"],
  [{ ports: { metrics: 8080 } }, "ports.metrics: got 8080, the workload itself listens there; use another port"],
  [{ ports: { metrics: 9000 } }, "ports.metrics: got 9000, the workload itself listens there; use another port"],
  [
    { ports: { metrics: 9090, admin: { port: 9090, protocol: "UDP" } } },
    'ports.admin: got 9090, port "metrics" of the workload listens there; use another port',
  ],
  [
    { ports: { metrics: 9090 }, sidecars: { proxy: { image, ports: { metrics: 9090 } } } },
    'sidecars.proxy.ports.metrics: port "metrics" of the workload has a port of this name; rename it',
  ],
])("of %j is told: %s", (fields, problem) => {
  expect(given(fields).join("\n")).toContain(problem);
});

test("what ends has no ports", () => {
  expect(given({ ports: { metrics: 9090 } }, "nightly").join()).toContain("ports: unknown field; remove it");
});

const PORTS = { ports: { metrics: 9090, admin: { port: 8081, appProtocol: "http" } } };

test.each([
  [
    { to: "api", port: "metrix" },
    'got "metrix", workload "api" has no such port; use "metrics" or "admin" (did you mean "metrics"?)',
  ],
  [{ to: "web", port: "metrics" }, 'got "metrics", workload "web" has no such port; give it in its ports'],
  [{ to: "db", port: "metrics" }, 'got "metrics", only workloads have ports by name; remove it'],
])("an edge %j is told: %s", (edge, problem) => {
  expect(given(PORTS, "api", [edge]).join("\n")).toContain(`needs[0].port: ${problem}`);
});

test("an edge to a worker names a port of it", () => {
  const problem = 'needs[0]: got "queue", a worker answers no requests; need a workload that speaks HTTP';
  expect(given({}, "queue", ["queue"]).join("\n")).toContain(problem);
  const found = given({ ports: { metrics: 9090 } }, "queue", ["queue"]).join("\n");
  expect(found).toContain(`${problem}, or one of its ports: { to: "queue", port: "metrics" }`);
  expect(given({ ports: { metrics: 9090 } }, "queue", [{ to: "queue", port: "metrics" }])).toEqual([]);
});

test("an edge to a port and one to the workload have variables of their own; two to one port need a prefix", () => {
  expect(given(PORTS, "api", ["api", { to: "api", port: "metrics" }, { to: "api", port: "admin" }])).toEqual([]);
  const twice = [
    { to: "api", port: "admin" },
    { to: "api", port: "admin" },
  ];
  expect(given(PORTS, "api", twice).join()).toContain('need "api" and need "api" both set API_ADMIN_URL');
  expect(given({ ports: { admin: 8081 } }, "api", twice).join()).toContain("both set API_ADMIN_ADDRESS");
});

test("an edge to a port without a form is told of the port alone", () => {
  expect(given({ ports: { metrics: 80 } }, "api", [{ to: "api", port: "metrics" }])).toHaveLength(1);
  expect(given({ ports: 80 }, "api", [{ to: "api", port: "metrics" }])).toHaveLength(1);
});
