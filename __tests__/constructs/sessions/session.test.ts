import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../../constructs/model/load";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { RELAY_PORT, RELAY_SCRIPT } from "../../../constructs/sessions/relay";
import { type Session, sessionJob, sessionPolicies } from "../../../constructs/sessions/session";
import type { SessionTarget } from "../../../constructs/sessions/target";
import { applicationTargets, consoleTargets, isReached } from "../../../constructs/sessions/targets";
import { environments } from "../../../environments";
import { reaches } from "../../support/reachability";

/* Sessions of the shipped environments: where they lead, what they are made of, and what they open. */

const rendered = renderEnvironments(loadEnvironments(environments));

const of = (name: string) => {
  const found = rendered.find((one) => one.name === name);
  const [application] = found?.applications ?? [];
  if (found === undefined || application === undefined) throw new Error(`no ${name}`);
  const targets = [...applicationTargets(application), ...consoleTargets(found.environment)];
  return {
    ...{ application, targets, facts: found.environment.cloud.facts(found.environment) },
    target: (called: string): SessionTarget => {
      const one = targets.find((each) => each.name === called);
      if (one === undefined || !isReached(one)) throw new Error(`nobody is led to ${called}`);
      return one;
    },
  };
};

const session = (target: SessionTarget, more: Partial<Session> = {}): Session => ({
  ...{ name: "my-app-session-4f2a91c0", environment: "staging", target, who: "maja@example.com", seconds: 3600 },
  ...{ brokenGlass: false, from: "2026-11-30T23:30:00Z", until: "2026-12-01T00:30:00Z", ...more },
});

const NAMES = ["orders-db", "cache", "events", "backend", "frontend", "notifications"];

test.each(rendered.map(({ name }) => name))(
  "%s: what answers can be reached, and why the rest cannot is said",
  (name) => {
    const { targets } = of(name);
    const reached = targets.filter(isReached).map((one) => one.name);
    expect(reached).toEqual([...NAMES, ...(name === "local" ? [] : ["grafana", "prometheus", "alertmanager"])]);
    for (const one of targets)
      if (!isReached(one)) expect([one.name, one.why, one.fix].join(" ")).toMatch(/\S+ .{10,} .{10,}/);
  },
);

test("of a database the relay knows the workload's own variable, and no password is in what is made", () => {
  const { target, facts } = of("production");
  const { spec, metadata } = sessionJob(
    session(target("orders-db"), { brokenGlass: true, reason: "INC-1 is open" }),
    facts,
  );
  const [relay] = spec.template.spec.containers;
  expect(relay?.env?.[0]).toEqual({
    name: "DATABASE_URL",
    valueFrom: { secretKeyRef: { name: "my-app-secrets", key: "database-url" } },
  });
  expect(metadata.annotations).toEqual({
    "goldenpath/session-environment": "staging",
    "goldenpath/session-target": "orders-db",
    "goldenpath/session-who": "maja@example.com",
    "goldenpath/session-reason": "INC-1 is open",
    "goldenpath/session-from": "2026-11-30T23:30:00Z",
    "goldenpath/session-until": "2026-12-01T00:30:00Z",
  });
  expect(metadata.labels["goldenpath/break-glass"]).toBe("true");
  expect([spec.activeDeadlineSeconds, spec.backoffLimit, spec.ttlSecondsAfterFinished]).toEqual([3600, 0, 2_592_000]);
});

test.each(["orders of $(DATABASE_URL) are missing", "a price of $$(DATABASE_URL) or $5, and $$$ of it"])(
  "a reason is logged as it was said, and nothing of the pod with it: %s",
  (reason) => {
    const { target, facts } = of("production");
    const [relay] = sessionJob(session(target("orders-db"), { reason }), facts).spec.template.spec.containers;
    const given = relay?.env?.find(({ name }) => name === "GOLDENPATH_OPENED");
    if (given === undefined || !("value" in given)) throw new Error("no such variable");
    // As the kubelet reads a value: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
    const read = given.value.replace(/\$\$|\$\(DATABASE_URL\)/g, (found) => (found === "$$" ? "$" : "secret"));
    expect(JSON.parse(read)).toMatchObject({ context: { reason } });
  },
);

test("the relay listens within its pod, so that a cluster without policies has nobody reach it either", () => {
  expect(RELAY_SCRIPT).toContain(`\n    listen 127.0.0.1:${RELAY_PORT};\n`);
  expect(RELAY_SCRIPT.match(/listen /g)).toHaveLength(1);
});

test("a relay is what the strictest profile admits, and has no rights in the cluster", () => {
  const { target, facts } = of("gke-staging");
  const { spec } = sessionJob(session(target("cache")), facts).spec.template;
  expect(spec).toMatchObject({
    ...{ automountServiceAccountToken: false, restartPolicy: "Never" },
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  });
  expect(spec.containers[0]?.securityContext).toEqual({
    ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
  });
  // GKE makes nothing smaller than this of a pod.
  expect(sessionJob(session(target("cache")), facts).spec.template.spec.containers[0]?.resources.requests.cpu).toBe(
    facts.admission === undefined ? "10m" : facts.admission.undisturbedMinimum.cpu,
  );
});

/** Pods that a session could meet, and the ports at which they listen. */
const POD_PORTS = [
  ["my-app-backend", 8080],
  ["my-app-backend", 9000],
  ["my-app-frontend", 3000],
  ["my-app-notifications", 3000],
] as const;

test.each(["staging", "local"])(
  "%s: a session opens the way to its target and no other, and nobody reaches it",
  (name) => {
    const { application, target, facts } = of(name);
    const { namespace } = application.application;
    const before = [...application.prepared, ...application.released];
    const one = session(target("backend"));
    const objects: KubernetesObject[] = [...before, ...sessionPolicies(one, facts, "uid-1")];
    const relay = { namespace, labels: sessionJob(one, facts).spec.template.metadata.labels };
    const can = (from: typeof relay, app: string, port: number): boolean =>
      reaches(objects, { from, to: { namespace, labels: { app } }, port });
    expect(POD_PORTS.map(([app, port]) => `${app} ${port} ${String(can(relay, app, port))}`)).toEqual([
      "my-app-backend 8080 true",
      "my-app-backend 9000 false",
      "my-app-frontend 3000 false",
      "my-app-notifications 3000 false",
    ]);
    const other = { namespace: "other", labels: relay.labels };
    expect(can(other, "my-app-backend", 8080)).toBe(false);
    const backend = { namespace, labels: { app: "my-app-backend" } };
    expect(reaches(objects, { from: backend, to: relay, port: RELAY_PORT })).toBe(false);
    expect(reaches(objects, { from: relay, to: { address: "203.0.113.9" }, port: 443 })).toBe(false);
  },
);

test("the way into a server of the cluster is opened for the session alone", () => {
  const { application, target, facts } = of("local");
  const one = session(target("orders-db"));
  const [out, into, ...more] = sessionPolicies(one, facts, "uid-1");
  expect(more).toEqual([]);
  expect(out?.metadata.ownerReferences).toEqual([
    { apiVersion: "batch/v1", kind: "Job", name: one.name, uid: "uid-1" },
  ]);
  expect(into?.spec).toEqual({
    podSelector: { matchLabels: one.target.endpoints.flatMap((end) => ("pods" in end ? [end.pods.labels] : []))[0] },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": application.application.namespace } },
            podSelector: { matchLabels: { "goldenpath/session": one.name } },
          },
        ],
        ports: [{ port: 3306, protocol: "TCP" }],
      },
    ],
  });
});

test("a managed database is reached in its own network and nowhere else", () => {
  const { target, facts, application } = of("staging");
  const one = session(target("orders-db"));
  const objects: KubernetesObject[] = [
    ...application.prepared,
    ...application.released,
    ...sessionPolicies(one, facts, "uid-1"),
  ];
  const from = { namespace: one.target.namespace, labels: sessionJob(one, facts).spec.template.metadata.labels };
  const blocks = one.target.endpoints.flatMap((end) => ("cidrs" in end ? end.cidrs : []));
  expect(blocks.length).toBeGreaterThan(0);
  for (const cidr of blocks) {
    const address = cidr.replace(/\.0\/.*$/, ".7");
    expect([
      reaches(objects, { from, to: { address }, port: 3306 }),
      reaches(objects, { from, to: { address }, port: 22 }),
    ]).toEqual([true, false]);
  }
});
