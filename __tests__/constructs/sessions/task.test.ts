import type { KubernetesObject, NetworkPolicy } from "../../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../../constructs/model/load";
import { SESSION_LABEL } from "../../../constructs/model/session-names";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { type LivePolicy, policiesLikeWorkload } from "../../../constructs/sessions/like-workload";
import { type LivePodTemplate, type Task, taskJob, taskLabels } from "../../../constructs/sessions/task";
import { environments } from "../../../environments";
import { type End, reaches } from "../../support/reachability";

/* Commands that are run once: of what their pods are made, and what they reach, beside the workloads of the shipped environments. */

const rendered = renderEnvironments(loadEnvironments(environments));

const of = (name: string) => {
  const found = rendered.find((one) => one.name === name);
  const [one] = found?.applications ?? [];
  if (one === undefined) throw new Error(`no ${name}`);
  return { ...one, objects: [...one.prepared, ...one.released], namespace: one.application.namespace };
};

const isPolicy = (object: KubernetesObject): boolean => /NetworkPolicy$/.test(object.kind);

const task = (name: string, more: Partial<Task> = {}): Task => ({
  ...{ name: "my-app-task-x4f2a91c0", environment: "staging", who: "maja@example.com", seconds: 3600 },
  ...{ brokenGlass: false, from: "2026-11-30T23:30:00Z", until: "2026-12-01T00:30:00Z" },
  target: { name, namespace: "my-app-stage", labels: { owner: "team-my-app" } },
  ...{ command: ["php", "bin/console", "cache:clear"], container: name, sidecars: [] },
  ...{ selector: { app: `my-app-${name}` }, ...more },
});

function templateOf(environment: string, workload: string): LivePodTemplate {
  const found = of(environment).objects.find(
    (object) => object.kind === "Deployment" && object.metadata.name === `my-app-${workload}`,
  );
  if (found?.kind !== "Deployment") throw new Error(`no ${workload}`);
  return JSON.parse(JSON.stringify(found.spec.template)) as LivePodTemplate;
}

/** A container, as any other field by name. */
type Fields = Readonly<Record<string, unknown>>;

const mainOf = (template: LivePodTemplate, name: string): Fields => {
  const found = template.spec.containers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

describe("of a workload of PHP", () => {
  const template = templateOf("staging", "backend");
  const job = taskJob(task("backend"), template);
  const [main, ...others] = job.spec.template.spec.containers;

  test("its pod is the image with variables, files, user and limits as they run, and the command in place of the server", () => {
    const running = mainOf(template, "backend");
    expect(others).toEqual([]);
    expect(main).toEqual({
      ...Object.fromEntries(
        ["name", "image", "imagePullPolicy", "envFrom", "env", "resources", "securityContext", "volumeMounts"].map(
          (field) => [field, running[field]],
        ),
      ),
      command: ["php", "bin/console", "cache:clear"],
    });
    expect(job.spec.template.spec).toMatchObject({
      ...{ serviceAccountName: "my-app-backend", automountServiceAccountToken: false, restartPolicy: "Never" },
      ...{ securityContext: template.spec["securityContext"], volumes: template.spec["volumes"] },
    });
    expect(job.spec.template.spec).not.toHaveProperty("topologySpreadConstraints");
  });

  test("it is tried once, ends in time, waits for its ways, and stays on record", () => {
    expect(job.spec).toMatchObject({
      ...{ suspend: true, backoffLimit: 0, activeDeadlineSeconds: 3600, ttlSecondsAfterFinished: 604_800 },
    });
    expect(job.metadata.annotations).toMatchObject({
      "goldenpath/session-command": '["php","bin/console","cache:clear"]',
      "goldenpath/session-target": "backend",
      "goldenpath/session-who": "maja@example.com",
    });
    const broken = taskJob(task("backend", { brokenGlass: true, reason: "INC-1 is open" }), template);
    expect(broken.spec.ttlSecondsAfterFinished).toBe(2_592_000);
    expect(broken.spec.template.metadata?.labels).toMatchObject({ "goldenpath/break-glass": "true" });
  });

  test("nothing that counts, scales or serves the workload's pods takes it for one of them", () => {
    const { labels = {} } = job.spec.template.metadata ?? {};
    const selectors = of("staging").objects.flatMap((object): Fields[] => {
      const { selector } = ("spec" in object ? object.spec : {}) as { selector?: Fields };
      if (selector === undefined) return [];
      return [(selector["matchLabels"] ?? selector) as Fields];
    });
    expect(selectors.length).toBeGreaterThan(5);
    for (const selector of selectors) {
      expect(Object.entries(selector).every(([key, value]) => labels[key] === value)).toBe(false);
    }
  });

  test("its words are what was given, whatever Kubernetes would make of them", () => {
    const words = ["sh", "-c", "echo $(DATABASE_URL) $$HOME", "", "--flag=ü", "$(NOTHING)"];
    const { command } = mainOf(taskJob(task("backend", { command: words }), template).spec.template, "backend");
    // As the kubelet reads it: of two dollars one, and a reference is its variable.
    const read = (command as readonly string[]).map((word) =>
      word.replace(/\$\$|\$\(\w+\)/g, (found) => (found === "$$" ? "$" : "secret")),
    );
    expect(read).toEqual(words);
  });
});

test("what a cloud needs of a pod to know who it is stays", () => {
  const { spec } = templateOf("aks-staging", "backend");
  const labels = { app: "my-app-backend", "azure.workload.identity/use": "true", tier: "web" };
  const job = taskJob(task("backend"), { metadata: { labels, annotations: { note: "1" } }, spec }, { stay: "true" });
  expect(job.spec.template.metadata).toEqual({
    labels: {
      ...{ "azure.workload.identity/use": "true", tier: "web", "app.kubernetes.io/component": "task" },
      ...{ owner: "team-my-app", "goldenpath/session": "my-app-task-x4f2a91c0" },
    },
    annotations: { note: "1", stay: "true" },
  });
});

test("a sidecar ends with the command, and replicas are not kept apart from it", () => {
  const template: LivePodTemplate = {
    metadata: { labels: { app: "my-app-web" } },
    spec: {
      initContainers: [{ name: "first" }],
      containers: [{ name: "web", ports: [1] }, { name: "proxy", startupProbe: {} }, { name: "nginx" }],
      affinity: { nodeAffinity: { n: 1 }, podAntiAffinity: { away: 1 } },
    },
  };
  const { spec } = taskJob(task("web", { sidecars: ["proxy"], onSameNode: true }), template).spec.template;
  expect(spec.containers.map(({ name }) => name)).toEqual(["web"]);
  expect(spec.initContainers).toEqual([
    { name: "first" },
    { name: "proxy", startupProbe: {}, restartPolicy: "Always" },
  ]);
  expect(spec.affinity).toEqual({
    nodeAffinity: { n: 1 },
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { app: "my-app-web" } }, topologyKey: "kubernetes.io/hostname" },
      ],
    },
  });
});

/** Where pods of the shipped application may go at all, and the ports there. */
const ENDS: readonly (readonly [string, End | string, number])[] = [
  ["backend", "my-app-backend", 8080],
  ["FastCGI", "my-app-backend", 9000],
  ["frontend", "my-app-frontend", 3000],
  ["notifications", "my-app-notifications", 3000],
  ["database", "my-app-orders-db", 3306],
  ["cache", "my-app-cache", 6379],
  ["broker", "my-app-events", 5671],
  ["outside", { address: "203.0.113.9" }, 443],
  ["metadata", { address: "169.254.169.254" }, 80],
];

describe.each(["local", "staging", "gke-staging", "aks-staging"])("%s", (name) => {
  const { objects, namespace } = of(name);
  const policies = objects.filter(isPolicy) as unknown as LivePolicy[];

  test.each(["backend", "frontend", "notifications"])(
    "a task reaches what %s reaches, and nobody reaches it",
    (workload) => {
      const template = templateOf(name, workload);
      const one = { ...task(workload), target: { name: workload, namespace, labels: {} } };
      const labels = { workload: template.metadata?.labels ?? {}, task: taskLabels(one, template) };
      const own = { [SESSION_LABEL]: one.name };
      const made = policiesLikeWorkload(one, policies, { ...labels, own }, "uid-1");
      expect(new Set(made.map(({ metadata }) => metadata.name)).size).toBe(made.length);
      const all = [
        ...objects,
        ...made.map(
          (policy) => ({ ...policy, metadata: { ...policy.metadata, namespace } }) as unknown as NetworkPolicy,
        ),
      ];
      const end = (to: End | string): End => (typeof to === "string" ? { namespace, labels: { app: to } } : to);
      const reached = (from: Readonly<Record<string, string>>) =>
        ENDS.filter(([, to, port]) => reaches(all, { from: { namespace, labels: from }, to: end(to), port })).map(
          ([what]) => what,
        );
      expect(reached(labels.task)).toEqual(reached(labels.workload));
      if (workload === "backend" && name === "local") expect(reached(labels.task)).toContain("database");
      const inward = ["my-app-backend", "my-app-frontend"].map((app) =>
        reaches(all, { from: { namespace, labels: { app } }, to: { namespace, labels: labels.task }, port: 8080 }),
      );
      expect(inward).toEqual([false, false]);
      // Other pods reach no more than before.
      const other = { app: "other", "app.kubernetes.io/part-of": "my-app" };
      expect(reached(other)).toEqual([]);
    },
  );
});

test("a policy by names of hosts is the task's too, and one by the labels of all pods is not made again", () => {
  const pods = { workload: { app: "a", tier: "x" }, task: { tier: "x", one: "1" }, own: { one: "1" } };
  const at = { apiVersion: "v1", metadata: { name: "p", namespace: "n" } };
  const made = policiesLikeWorkload(
    task("a"),
    [
      {
        ...at,
        kind: "CiliumNetworkPolicy",
        spec: { endpointSelector: { matchLabels: { app: "a" } }, egress: [{ e: 1 }] },
      },
      { ...at, kind: "NetworkPolicy", spec: { podSelector: { matchLabels: { tier: "x" } }, policyTypes: ["Egress"] } },
      {
        ...{ ...at, kind: "NetworkPolicy" },
        spec: {
          podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["a", "b"] }] },
          policyTypes: ["Egress", "Ingress"],
          ingress: [{ from: [{ podSelector: {} }] }],
        },
      },
      {
        ...{ ...at, kind: "NetworkPolicy" },
        spec: {
          podSelector: { matchLabels: { app: "db" } },
          ingress: [
            {
              from: [{ podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } }],
              ports: [{ port: 1 }],
            },
            { from: [{ podSelector: { matchLabels: { app: "b" } } }], ports: [{ port: 2 }] },
            {
              from: [
                {
                  podSelector: { matchLabels: { app: "a" } },
                  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "elsewhere" } },
                },
              ],
              ports: [{ port: 3 }],
            },
          ],
        },
      },
    ],
    pods,
    "uid",
  );
  const own = { matchLabels: { one: "1" } };
  expect(made.map(({ kind, spec }) => [kind, spec])).toEqual([
    ["CiliumNetworkPolicy", { endpointSelector: own, egress: [{ e: 1 }] }],
    ["NetworkPolicy", { podSelector: own, policyTypes: ["Egress", "Ingress"] }],
    [
      "NetworkPolicy",
      {
        podSelector: { matchLabels: { app: "db" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: own }], ports: [{ port: 1 }] }],
      },
    ],
  ]);
  expect(made[0]?.metadata.ownerReferences[0]).toMatchObject({ kind: "Job", uid: "uid" });
});
