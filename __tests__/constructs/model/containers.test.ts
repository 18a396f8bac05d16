import { draft, problemsOf } from "../../support/input";

/* What is refused of containers beside a workload's own. */

const image = "registry.example.com/proxy:v1";
const given = (fields: object, workload = "api"): string[] => {
  const { environment, workload: raw } = draft();
  Object.assign(raw(workload), fields);
  return problemsOf(environment);
};
const overridden = (fields: object, workload = "api", base: object = {}): string[] => {
  const { environment, overlay, workload: raw } = draft();
  Object.assign(raw(workload), base);
  Object.assign(overlay, { workloads: { [workload]: fields } });
  return problemsOf(environment);
};

test.each([
  [{ sidecars: { proxy: {} } }, "sidecars.proxy.image: missing; give a string"],
  [
    { sidecars: { proxy: { image, imag: "" } } },
    'sidecars.proxy.imag: unknown field; remove it or correct its name (did you mean "image"?)',
  ],
  [
    { initContainers: { one: { image } }, sidecars: { one: { image } } },
    "sidecars.one: an init container has the same name; rename one of the two",
  ],
  [{ sidecars: { nginx: { image } } }, "sidecars.nginx: the pod has an nginx of its own; rename it"],
  [
    { sidecars: { proxy: { image, mounts: { upload: "/u" } } } },
    'sidecars.proxy.mounts.upload: the workload has no such volume; use "uploads" (did you mean "uploads"?)',
  ],
  [
    { sidecars: { proxy: { image, mounts: { uploads: "/tmp" } } } },
    'sidecars.proxy.mounts.uploads: got "/tmp", its own is mounted there; use another path',
  ],
  [
    { sidecars: { proxy: { image, secrets: ["stripe"] } } },
    'sidecars.proxy.secrets[0]: got "stripe", no such secret; declare it in the application\'s secrets',
  ],
  [
    { initContainers: { one: { image, config: { STRIPE_KEY: "x" }, secrets: ["stripe-key"] } } },
    'initContainers.one.secrets[0]: secret "stripe-key" and config both set STRIPE_KEY; rename one of the two',
  ],
  [
    { sidecars: { proxy: { image, ports: { metrics: 8080 } } } },
    "sidecars.proxy.ports.metrics: got 8080, the workload itself listens there; use another port",
  ],
  [
    { sidecars: { proxy: { image, ports: { a: 9100 } }, other: { image, ports: { b: 9100 } } } },
    'sidecars.other.ports.b: got 9100, sidecar "proxy" listens there; use another port',
  ],
  [
    { sidecars: { proxy: { image, liveness: {} } } },
    "sidecars.proxy.liveness: nothing to ask; give one of command and path",
  ],
  [
    { sidecars: { proxy: { image, readiness: { path: "/" } } } },
    "sidecars.proxy.readiness.port: missing; name a port of the sidecar: none",
  ],
  [
    { sidecars: { proxy: { image, ports: { a: 9100 }, startup: { path: "/", port: "b" } } } },
    'sidecars.proxy.startup.port: got "b", the sidecar has no such port; use "a"',
  ],
  [
    {
      sidecars: {
        proxy: { image, resources: { requests: { cpu: "2", memory: "64Mi" }, limits: { cpu: "1", memory: "64Mi" } } },
      },
    },
    'sidecars.proxy.resources.requests.cpu: got "2", above the limit "1"; lower the request or raise the limit',
  ],
  [
    { startup: { timeoutSeconds: 9 } },
    "startup.timeoutSeconds: got 9, above the period 5; answer before the next one is asked",
  ],
])("%j", (fields, problem) => {
  expect(given(fields)).toEqual([`applications.shop.workloads.api.${problem}`]);
  expect(overridden(fields)).toEqual([`environments.production.applications.shop.workloads.api.${problem}`]);
});

test("a worker that nobody asks has no start to wait for", () => {
  expect(given({ startup: {} }, "queue")).toEqual([
    "applications.shop.workloads.queue.startup: nothing to ask; give healthCommand, or remove it",
  ]);
});

test("what ends has no sidecar: the pod would not end", () => {
  expect(given({ sidecars: { proxy: { image } } }, "nightly")).toEqual([
    "applications.shop.workloads.nightly.sidecars: unknown field; remove it or correct its name",
  ]);
  expect(overridden({ sidecars: { proxy: { image } } }, "nightly")).toEqual([
    "environments.production.applications.shop.workloads.nightly.sidecars: got an object, a cron ends, and a sidecar would not; remove it",
  ]);
});

test("images of all containers are held to the environment's policy", () => {
  const { environment, workload } = draft();
  environment.images = "digest";
  const digest = `@sha256:${"0".repeat(64)}`;
  for (const name of ["api", "web", "queue", "nightly"]) workload(name).image = `registry.example.com/x:v1${digest}`;
  Object.assign(workload("web"), {
    initContainers: { one: { image } },
    sidecars: { two: { image: `${image}${digest}` } },
  });
  expect(problemsOf(environment)).toEqual([
    `environments.production.applications.shop.workloads.web.initContainers.one.image: got "${image}", the environment's images are "digest"; add @sha256:...`,
  ]);
});

test("what is not there cannot be taken away", () => {
  expect(overridden({ sidecars: { prox: false } }, "api", { sidecars: { proxy: { image } } })).toEqual([
    "environments.production.applications.shop.workloads.api.sidecars.prox: the application has no such container to take away; " +
      'use "proxy" (did you mean "proxy"?)',
  ]);
});

test("an environment takes one away that is there", () => {
  expect(overridden({ sidecars: { proxy: false } }, "api", { sidecars: { proxy: { image } } })).toEqual([]);
});
