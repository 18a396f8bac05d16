import type { ResolvedRelease } from "../../../constructs/model/resolved";
import {
  backend,
  cron,
  facts,
  find,
  findJob,
  migrate,
  provided,
  render,
  type Rendering,
  resolvedApplication,
  stripeKey,
  withBundle,
  withUsers,
} from "../../support/resolved";

const rendering = (workload: ResolvedRelease, changes: Rendering = {}) =>
  render({ application: resolvedApplication({ workloads: [workload], routes: [], secrets: [] }), ...changes });
const jobOf = (workload = migrate(), changes: Rendering = {}) =>
  findJob(rendering(workload, changes), "my-app-migrate");

test("ends, or fails by its own deadline after the retries it was given", () => {
  const { spec } = jobOf(migrate({ retries: 3, activeDeadlineSeconds: 120 }));
  expect(spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 120 });
  expect(Object.keys(spec)).toEqual(["backoffLimit", "activeDeadlineSeconds", "template"]);
  expect(jobOf(migrate({ retries: 0 })).spec.backoffLimit).toBe(0);
});

test("leaves a failed pod and its log, each retry being a pod of its own", () => {
  expect(jobOf().spec.template.spec.restartPolicy).toBe("Never");
});

test("is stopped with the grace that was asked for, and waits for no load balancer", () => {
  const { spec } = jobOf(migrate({ terminationGraceSeconds: 25 })).spec.template;
  expect(spec.terminationGracePeriodSeconds).toBe(25);
  expect(spec.containers[0]).not.toHaveProperty("lifecycle");
});

test("has labels, command and variables of a workload", () => {
  const workload = migrate({ command: ["bin/migrate"], args: ["--all"], secrets: [stripeKey], config: { A: "1" } });
  const { metadata, spec } = jobOf(workload);
  expect(metadata).toMatchObject({
    namespace: "my-app-prod",
    labels: { app: "my-app-migrate", version: "v1.2.3", "app.kubernetes.io/component": "release", owner: "team-shop" },
  });
  const secret = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: "my-app-secrets", key } },
  });
  expect(spec.template.spec.containers).toMatchObject([
    {
      name: "migrate",
      image: "registry.example.com/migrate:v1.2.3",
      command: ["bin/migrate"],
      args: ["--all"],
      envFrom: [{ configMapRef: { name: "my-app-migrate" } }, { configMapRef: { name: "my-app-migrate.connections" } }],
      env: [secret("DATABASE_URL", "database-url"), secret("STRIPE_KEY", "stripe-key")],
    },
  ]);
});

describe("its pods are those of a scheduled run", () => {
  /** Two workloads that differ in their kind alone. */
  const same = {
    name: "work",
    objectName: "my-app-work",
    image: "registry.example.com/b:v1.2.3",
    secrets: [stripeKey],
  };
  const security = { user: 33, readOnlyRootFilesystem: false, profile: "baseline", reason: "an old image" } as const;
  const identity = { annotations: {}, podLabels: { "example.com/identity": "yes" } };

  test.each<[string, Pick<ResolvedRelease, "security"> | object, Rendering]>([
    ["as they come", {}, {}],
    ["with a bundle of certificates", {}, { provided: withBundle() }],
    ["with an identity", {}, { provided: provided({ identity: () => identity }) }],
    ["with weaker security", { security }, {}],
  ])("%s: account, security, variables, volumes", (_what, fields, changes) => {
    const release = findJob(rendering(migrate({ ...same, ...fields }), changes), "my-app-work").spec.template;
    const application = resolvedApplication({ workloads: [cron({ ...same, ...fields })], routes: [], secrets: [] });
    const run = find(render({ application, ...changes }), "CronJob", "my-app-work").spec.jobTemplate.spec.template;
    const { annotations, labels } = release.metadata;
    expect(release.spec).toEqual(run.spec);
    expect({ ...labels, "app.kubernetes.io/component": "cron" }).toEqual(run.metadata.labels);
    expect(Object.keys(annotations ?? {})).toEqual(["checksum/config"]);
  });

  test("left alone by node autoscalers, by the annotations that the cloud's have", () => {
    const undisturbed = { ...facts, undisturbedPodAnnotations: { "example.com/do-not-disturb": "yes" } };
    expect(jobOf(migrate(), { facts: undisturbed }).spec.template.metadata.annotations).toEqual({
      ...jobOf().spec.template.metadata.annotations,
      "example.com/do-not-disturb": "yes",
    });
  });

  test("signed in as itself, without a token of the cluster", () => {
    const objects = rendering(migrate());
    expect(find(objects, "ServiceAccount", "my-app-migrate").automountServiceAccountToken).toBe(false);
    expect(jobOf().spec.template.spec).toMatchObject({
      serviceAccountName: "my-app-migrate",
      automountServiceAccountToken: false,
    });
  });
});

describe("it runs again, as a Job of another name,", () => {
  const config = { A: "1", B: "1" };
  const name = (changes: Partial<ResolvedRelease>, rendered: Rendering = {}) =>
    jobOf(migrate({ config, ...changes }), rendered).metadata.name;

  test.each<[string, Partial<ResolvedRelease>]>([
    ["another image", { image: "registry.example.com/migrate:v2", version: "v2" }],
    ["another image that calls itself the same version", { image: "registry.example.com/other:v1.2.3" }],
    ["another command", { command: ["bin/other"] }],
    ["other arguments", { args: ["--all"] }],
    ["other configuration", { config: { A: "2", B: "1" } }],
    ["another secret", { secrets: [stripeKey] }],
    ["another size", { resources: { ...migrate().resources, requests: { cpu: "300m", memory: "256Mi" } } }],
    ["another time to stop in", { terminationGraceSeconds: 61 }],
  ])("for %s", (_what, changes) => {
    expect(name(changes)).not.toBe(name({}));
  });

  test.each<[string, Partial<ResolvedRelease>, Rendering]>([
    ["nothing", {}, {}],
    ["more retries", { retries: 5 }, {}],
    ["more time", { activeDeadlineSeconds: 1800 }, {}],
    ["the order of its configuration", { config: { B: "1", A: "1" } }, {}],
    ["what its policy opens", {}, { facts: { ...facts, nodeLocalDns: "169.254.20.11" } }],
    ["the users of services", {}, { provided: withUsers({ users: [] }) }],
  ])("not for %s", (_what, changes, rendered) => {
    expect(name(changes, rendered)).toBe(name({}));
  });

  test("which its label says, and its pods do not: their policy knows them by what stays", () => {
    const { metadata, spec } = jobOf();
    expect(metadata.labels["goldenpath/revision"]).toMatch(/^[0-9a-f]{8}$/);
    expect(metadata.name).toBe(`my-app-migrate-${metadata.labels["goldenpath/revision"] ?? ""}`);
    expect(spec.template.metadata.labels).not.toHaveProperty("goldenpath/revision");
    expect(spec.template.metadata.labels.app).toBe("my-app-migrate");
  });
});

describe("around it", () => {
  const objects = rendering(migrate());

  test("are its account, its configuration and its policy, and nothing of a server's", () => {
    const own = objects.filter(({ metadata }) => metadata.name.startsWith("my-app-migrate"));
    expect(own.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "ServiceAccount my-app-migrate",
      "ConfigMap my-app-migrate.connections",
      "NetworkPolicy my-app-migrate",
      "ConfigMap my-app-migrate",
      expect.stringMatching(/^Job my-app-migrate-[0-9a-f]{8}$/),
    ]);
  });

  test("is the policy of its edges, over its pods, that lets nobody in", () => {
    const { podSelector, ingress, egress } = find(objects, "NetworkPolicy", "my-app-migrate").spec;
    expect(podSelector.matchLabels).toEqual({ app: "my-app-migrate" });
    expect(ingress).toEqual([]);
    expect(egress?.map(({ ports }) => ports)).toEqual([[{ port: 3306, protocol: "TCP" }]]);
  });

  test("is room for one pod in the quota", () => {
    const { hard } = find(objects, "ResourceQuota", "quota").spec;
    expect(hard).toMatchObject({ pods: "1", "requests.cpu": "250m", "limits.memory": "512Mi" });
    const application = resolvedApplication({ workloads: [backend(), migrate()], routes: [] });
    // All that are wanted, a quarter more, and as many still stopping: a pod takes longer to stop than its successor to come.
    expect(find(render({ application }), "ResourceQuota", "quota").spec.hard.pods).toBe(String(10 + 3 + 10 + 1));
  });
});
