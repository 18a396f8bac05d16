import { draft, problemsOf, staging } from "../../support/input";

/* What looks unusual and is right. */

test.each<[string, (input: ReturnType<typeof draft>) => void]>([
  ["a top-level domain in punycode", ({ hosts }) => (hosts.api = "api.example.xn--p1ai")],
  ["an outside host by its address", ({ app }) => Object.assign(app.externals?.stripe ?? {}, { host: "198.51.100.7" })],
  ["an empty argument", ({ workload }) => (workload("web").args = ["--prefix", ""])],
  ["a variable in lower case", ({ workload }) => (workload("web").config = { http_proxy: "http://proxy:3128" })],
  ["a time zone without a region", ({ workload }) => Object.assign(workload("nightly"), { timeZone: "CET" })],
])("%s is accepted", (_what, change) => {
  const input = draft();
  change(input);
  expect(problemsOf(input.environment)).toEqual([]);
});

test('images by "digest" are asked of small environments, too', () => {
  const images = "digest" as const;
  const lines = problemsOf({ ...staging(), images });
  expect(lines).toContain(
    'environments.staging.applications.shop.workloads.web.image: got "registry.example.com/web:v1", ' +
      'the environment\'s images are "digest"; add @sha256:...',
  );
});

test("a thousand workloads with two mistakes each are told about in seconds", () => {
  const { environment, app, routes, hosts, ...input } = draft();
  const wrong = { ...input.workload("web"), image: "none", replicas: -1 };
  app.workloads = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`w${index}`, wrong])) as never;
  routes.length = 0;
  for (const host of Object.keys(hosts)) Reflect.deleteProperty(hosts, host);
  const started = process.cpuUsage().user;
  const lines = problemsOf(environment);
  // 45 s before: each problem was compared with each.
  expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(5);
  expect(lines.filter((line) => line.includes(".image: "))).toHaveLength(1000);
  expect(lines.filter((line) => line.includes(".replicas: "))).toHaveLength(1000);
});
