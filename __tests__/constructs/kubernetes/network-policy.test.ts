import { peer } from "../../../constructs/model/application";
import { httpPort } from "../../../constructs/model/resolved";
import { type End, type Pod, reaches } from "../../support/reachability";
import { backend, cron, facts, find, provided, render, resolvedApplication, worker } from "../../support/resolved";

const application = resolvedApplication();
const objects = render({ application });

const pod = (objectName: string): Pod => ({ namespace: "my-app-prod", labels: { app: objectName } });
const SOLVER: Pod = { namespace: "my-app-prod", labels: { "acme.cert-manager.io/http01-solver": "true" } };
const STRANGER: Pod = { namespace: "other-app", labels: { app: "my-app-frontend" } };
const CONTROLLER: Pod = { namespace: "ingress", labels: { "app.kubernetes.io/name": "controller" } };
const BESIDE_CONTROLLER: Pod = { namespace: "ingress", labels: { "app.kubernetes.io/name": "other" } };
const DNS: Pod = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };

const ADDRESSES: Readonly<Record<string, string>> = {
  database: "10.0.128.7",
  nodes: "10.0.1.20",
  internet: "93.184.216.34",
  mail: "198.51.100.9",
  identity: "169.254.170.23",
  metadata: "169.254.169.254",
};
const PORTS = [22, 25, 53, 80, 443, 587, 3000, 3306, 5672, 6379, 8080, 8089, 9000, 9001];

/** `from → to:port` of everything that gets through, over every pair and port there is. */
function matrix(rendered = objects): string[] {
  const pods: Record<string, Pod> = {
    ...Object.fromEntries(application.workloads.map(({ name, objectName }) => [name, pod(objectName)])),
    solver: SOLVER,
    stranger: STRANGER,
    controller: CONTROLLER,
    "beside-controller": BESIDE_CONTROLLER,
  };
  const ends: Record<string, End> = {
    ...pods,
    ...Object.fromEntries(Object.entries(ADDRESSES).map(([name, address]) => [name, { address }])),
  };
  const inside = (end: End): boolean => "namespace" in end && end.namespace === "my-app-prod";
  return Object.entries(pods).flatMap(([fromName, from]) =>
    Object.entries(ends).flatMap(([toName, to]) =>
      fromName === toName || (!inside(from) && !inside(to))
        ? []
        : PORTS.filter((port) => reaches(rendered, { from, to, port })).map(
            (port) => `${fromName} → ${toName}:${port}`,
          ),
    ),
  );
}

describe("what can be reached", () => {
  test("is what the edges say and nothing else", () => {
    expect(matrix().sort()).toEqual(
      [
        "backend → database:3306",
        "backend → database:6379",
        "backend → internet:443",
        // Stripe gave no address blocks, so its port is open to every public address, the mail relay's too.
        "backend → mail:443",
        "backend → mail:587",
        "controller → backend:8080",
        "controller → solver:8089",
        "cron → database:3306",
        "frontend → backend:8080",
        "worker → database:6379",
      ].sort(),
    );
  });

  test("between workloads is what the model's edges say, both ways", () => {
    for (const from of application.workloads) {
      for (const to of application.workloads) {
        if (from === to) continue;
        const needed = from.edges.some((edge) => edge.to === "workload" && edge.workload === to.name);
        const open = PORTS.filter((port) =>
          reaches(objects, { from: pod(from.objectName), to: pod(to.objectName), port }),
        );
        expect([from.name, to.name, open]).toEqual([from.name, to.name, needed ? [httpPort(to)] : []]);
      }
    }
  });

  test("is DNS for every pod, of the cluster and of the node", () => {
    for (const from of [...application.workloads.map(({ objectName }) => pod(objectName)), SOLVER]) {
      for (const protocol of ["TCP", "UDP"] as const) {
        expect(reaches(objects, { from, to: DNS, port: 53, protocol })).toBe(true);
        expect(reaches(objects, { from, to: { address: facts.nodeLocalDns }, port: 53, protocol })).toBe(true);
      }
      expect(reaches(objects, { from, to: DNS, port: 443 })).toBe(false);
    }
  });

  test("is nothing for a pod that no workload owns", () => {
    const unknown: Pod = { namespace: "my-app-prod", labels: { app: "debug" } };
    expect(PORTS.filter((port) => reaches(objects, { from: unknown, to: pod("my-app-backend"), port }))).toEqual([]);
    expect(PORTS.filter((port) => reaches(objects, { from: CONTROLLER, to: unknown, port }))).toEqual([]);
  });
});

describe("the identity endpoint", () => {
  const open = (rendered: typeof objects) => matrix(rendered).filter((line) => line.includes("identity:"));

  const only = (workload: string) =>
    provided({ identity: (name) => (name === workload ? { annotations: {} } : undefined) });

  test("is open to the workloads that have an identity, and no further", () => {
    const named = render({ application, provided: only("worker") });
    expect(open(named)).toEqual(["worker → identity:80"]);
    expect(matrix(named).filter((line) => line.includes("metadata:"))).toEqual([]);
  });

  test("is each that the cloud has", () => {
    const identityEndpoints = [...facts.identityEndpoints, { cidrs: ["169.254.169.254/32"], port: 443 }];
    const two = render({ application, facts: { ...facts, identityEndpoints }, provided: only("cron") });
    expect(open(two)).toEqual(["cron → identity:80"]);
    expect(matrix(two).filter((line) => line.includes("metadata:"))).toEqual(["cron → metadata:443"]);
  });

  test("is closed on a cloud that has none", () => {
    const without = { ...facts, identityEndpoints: [] };
    expect(open(render({ application, facts: without, provided: only("worker") }))).toEqual([]);
  });
});

describe("the policies", () => {
  test("deny by default, in both directions, for every pod", () => {
    expect(find(objects, "NetworkPolicy", "default-deny").spec).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
  });

  test("know no solver where there are no routes", () => {
    const names = render({ application: resolvedApplication({ routes: [] }) }).map(({ metadata }) => metadata.name);
    expect(names).not.toContain("allow-acme-solver");
  });

  test("merge the blocks of one port", () => {
    const db = { cidrs: ["10.0.1.0/24", "10.0.2.0/24"], port: 6379 };
    const connection = {
      ...provided().connection("worker", "cache"),
      endpoints: [db, { ...db, cidrs: ["10.0.2.0/24"] }],
    };
    const merged = render({
      application: resolvedApplication({ workloads: [worker()], routes: [], secrets: [] }),
      provided: provided({ connection: () => connection }),
    });
    expect(find(merged, "NetworkPolicy", "my-app-worker").spec.egress).toEqual([
      {
        to: [{ ipBlock: { cidr: "10.0.1.0/24" } }, { ipBlock: { cidr: "10.0.2.0/24" } }],
        ports: [{ port: 6379, protocol: "TCP" }],
      },
    ]);
  });

  test("let a workload reach a service that runs as pods, and no other pods or addresses", () => {
    const pods = { namespace: "data", labels: { app: "valkey" } };
    const connection = { ...provided().connection("worker", "cache"), endpoints: [{ pods, port: 6379 }] };
    const inCluster = render({
      application: resolvedApplication({ workloads: [worker()], routes: [], secrets: [] }),
      provided: provided({ connection: () => connection }),
    });
    const to = (end: End, port = 6379) => reaches(inCluster, { from: pod("my-app-worker"), to: end, port });
    expect(to(pods)).toBe(true);
    expect(to(pods, 26379)).toBe(false);
    expect(to({ ...pods, namespace: "other" })).toBe(false);
    expect(to({ ...pods, labels: { app: "other" } })).toBe(false);
    expect(to({ address: "10.0.128.7" })).toBe(false);
  });

  test("let out to pods of another namespace, on the port that those listen on", () => {
    const external = peer({
      namespace: "monitoring",
      service: "pushgateway",
      labels: { app: "pushgateway" },
      port: 80,
      podPort: 9091,
    });
    const edges = [{ to: "external", name: "metrics", external, prefix: "METRICS_" } as const];
    const objects = render({
      application: resolvedApplication({ workloads: [cron({ edges })], routes: [], secrets: [] }),
    });
    const pods = { namespace: "monitoring", labels: { app: "pushgateway", "pod-template-hash": "1" } };
    const to = (end: End, port = 9091) => reaches(objects, { from: pod("my-app-cron"), to: end, port });
    expect(to(pods)).toBe(true);
    expect(to(pods, 80)).toBe(false);
    expect(to({ ...pods, namespace: "other" })).toBe(false);
    expect(to({ ...pods, labels: { app: "other" } })).toBe(false);
    expect(to({ address: "93.184.216.34" })).toBe(false);
  });

  test("keep the network itself out of an outside host's open port", () => {
    const edges = backend().edges.filter(({ to }) => to === "external");
    const outside = render({
      application: resolvedApplication({ workloads: [cron({ edges })], routes: [], secrets: [] }),
    });
    const from = pod("my-app-cron");
    expect(reaches(outside, { from, to: { address: "93.184.216.34" }, port: 443 })).toBe(true);
    expect(reaches(outside, { from, to: { address: "10.0.1.20" }, port: 443 })).toBe(false);
    expect(reaches(outside, { from, to: { address: "169.254.169.254" }, port: 443 })).toBe(false);
  });
});
