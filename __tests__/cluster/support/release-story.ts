import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { environments } from "../../../environments";
import { waitUntil } from "../../real/support/program";
import type { Found } from "./api";
import { api, apply, kubectl, must, type Output } from "./cluster";
import { type Chart, chartOf, helm, type Major } from "./helm";
import { refusals } from "./refusals";
import { ofKind } from "./rendered";
import { NEVER_READY } from "./stages";
import { AvailableReplicas } from "./watch";
import { giveWork } from "./work";

/*
 * Releases by the chart on a real control plane, in namespaces that Terraform has prepared.
 */

const ENVIRONMENTS = ["staging", "production"];

/** Kinds of what a release brings. */
const RELEASED = ["deployments", "cronjobs", "jobs", "services", "hpa", "pdb", "ingresses", "configmaps"];

/** Those of workloads, which a release brings: what measures data services is Terraform's. */
const deploymentsIn = async (namespace: string): Promise<Found[]> =>
  (await api.list(`/apis/apps/v1/namespaces/${namespace}/deployments`)).filter(
    ({ metadata }) => !String(metadata.name).endsWith("-exporter"),
  );

const isOfCronJob = (owners: unknown): boolean =>
  Array.isArray(owners) && owners.some((owner: { readonly kind?: unknown }) => owner.kind === "CronJob");

/** What is there and how often it was changed, without what the cluster says of it. */
async function state(namespace: string): Promise<Readonly<Record<string, unknown>>> {
  const found: Found = JSON.parse(must(await kubectl(["get", RELEASED.join(","), "-n", namespace, "-o", "json"])));
  // A CronJob may fire at any time.
  const released = (found.items as Found[]).filter(({ metadata }) => !isOfCronJob(metadata.ownerReferences));
  return Object.fromEntries(
    released.map(({ kind, metadata, spec, data }) => [
      `${kind} ${metadata.name}`,
      { generation: metadata.generation, labels: metadata.labels, spec, data },
    ]),
  );
}

export const imagesIn = async (namespace: string): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    (await deploymentsIn(namespace)).map(({ metadata, spec }) => [
      String(metadata.name),
      String(spec.template.spec.containers[0].image).replace(/^.*:/, ""),
    ]),
  );

export const rolledOut = async (namespace: string): Promise<void> => {
  for (const { metadata } of await deploymentsIn(namespace)) {
    must(await kubectl(["rollout", "status", `deployment/${metadata.name}`, "-n", namespace, "--timeout=150s"]));
  }
};

const replicasIn = async (namespace: string): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    (await deploymentsIn(namespace)).map(({ metadata, spec }) => [String(metadata.name), Number(spec.replicas)]),
  );

/** Without what an autoscaler changes at any time. */
const unscaled = (found: Readonly<Record<string, unknown>>): object =>
  JSON.parse(
    JSON.stringify(found, (key, value: unknown) => (key === "replicas" || key === "generation" ? undefined : value)),
  ) as object;

export const all = (tag: string) => ({
  "my-app-backend": tag,
  "my-app-frontend": tag,
  "my-app-notifications": tag,
  "my-app-consumer": tag,
});

/** What one Helm does with it, in an order in which each test goes on from the one before. */
export const releaseStory = (major: Major): void => {
  describe(`Helm ${major}`, () => {
    tell(major);
  });
};

function tell(major: Major): void {
  let chart: Chart;
  beforeAll(() => {
    chart = chartOf(`helm${major}`);
  });
  afterAll(() => {
    chart.remove();
  });

  const release = (environment: string, values: readonly string[], ...flags: readonly string[]): Promise<Output> =>
    helm(major, [
      ...["upgrade", "--install", "my-app", chart.folder, "-n", chart.namespace(environment)],
      ...[`environment=${environment}`, ...values].flatMap((value) => ["--set", value]),
      ...["--wait", ...flags],
    ]);
  const on = (environment: string, verb: string, ...args: readonly string[]): Promise<Output> =>
    helm(major, [verb, "my-app", "-n", chart.namespace(environment), ...args]);
  const undone = major === 3 ? "--atomic" : "--rollback-on-failure";

  test.each(environments.map(({ name }) => name))(
    "the API server takes all of it before it is there: %s",
    async (one) => {
      must(await apply(ofKind(chart.prepared(one), "Namespace")));
      const args = ["template", "my-app", chart.folder, "--set", `environment=${one}`, "--kube-version", "1.36.3"];
      const text = must(await helm(major, args));
      const { code, stderr, stdout } = await kubectl(
        ["apply", "--dry-run=server", "--validate=strict", "-f", "-"],
        text,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.match(/ created \(server dry run\)/g)?.length).toBeGreaterThan(10);
    },
  );

  describe.each(ENVIRONMENTS)("%s", (environment) => {
    test("it installs and waits until everything runs", async () => {
      must(await apply(chart.prepared(environment)));
      must(await release(environment, ["image.tag=v1"], "--timeout", "120s"));
      expect(await imagesIn(chart.namespace(environment))).toEqual(all("v1"));
      // Helm 3 counts what is ready, and an autoscaler starts from one.
      await rolledOut(chart.namespace(environment));
      await waitUntil(
        "autoscalers have their minimum",
        async () => (await replicasIn(chart.namespace(environment)))["my-app-backend"] === 3,
      );
      const events = await api.list(`/api/v1/namespaces/${chart.namespace(environment)}/events`);
      const made = events.filter(({ reason }) => reason === "SuccessfulCreate");
      expect(await refusals(chart.namespace(environment))).toEqual([]);
      // The release's Job has run, and is gone with what it read.
      expect(made.map(({ involvedObject }) => String(involvedObject.name))).toContain("my-app-migrate");
      expect(Object.keys(await state(chart.namespace(environment))).filter((name) => name.includes("migrate"))).toEqual(
        ["ConfigMap my-app-migrate.connections"],
      );
    });

    test("a second time changes nothing", async () => {
      const before = await state(chart.namespace(environment));
      must(await release(environment, ["image.tag=v1"], "--timeout", "120s"));
      expect(await state(chart.namespace(environment))).toEqual(before);
    });
  });

  const environment = "production";
  const namespace = (): string => chart.namespace(environment);

  test("after a scaling by hand, as in the runbook, another tag rolls over without losing a pod", async () => {
    must(await kubectl(["scale", "deployment/my-app-backend", "-n", namespace(), "--replicas=5"]));
    await rolledOut(namespace());
    const watch = new AvailableReplicas(namespace());
    must(await release(environment, ["image.tag=v2"], "--timeout", "150s"));
    await rolledOut(namespace());
    const { "my-app-backend": backend, ...others } = watch.stop();
    // Without work the autoscaler takes what is above its minimum back, whoever asked for it, at its own pace.
    expect(backend).toBeGreaterThanOrEqual(3);
    expect(others).toEqual({
      ...{ "my-app-frontend": 2, "my-app-consumer": 2, "my-app-notifications": 2 },
      "my-app-orders-db-exporter": 1,
    });
    expect(await imagesIn(namespace())).toEqual(all("v2"));
  });

  test("after a scaling by the autoscaler too, which keeps its number", async () => {
    await giveWork(namespace(), "my-app-backend", "50");
    await waitUntil("it has grown", async () => ((await replicasIn(namespace()))["my-app-backend"] ?? 0) >= 6);
    await rolledOut(namespace());
    const grown = (await replicasIn(namespace()))["my-app-backend"] ?? 0;
    const watch = new AvailableReplicas(namespace());
    must(await release(environment, ["image.tag=v4"], "--timeout", "150s"));
    await rolledOut(namespace());
    expect(watch.stop()["my-app-backend"]).toBeGreaterThanOrEqual(grown);
    expect(await imagesIn(namespace())).toEqual(all("v4"));
    await giveWork(namespace(), "my-app-backend", undefined);
  });

  test("one that never becomes ready is undone by itself", async () => {
    const broken = ["image.tag=null", `workloads.frontend.image.tag=${NEVER_READY}`];
    const watch = new AvailableReplicas(namespace());
    const { code, stderr } = await release(environment, broken, undone, "--timeout", "75s");
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/rolled back/);
    const least = watch.stop();
    expect(least["my-app-backend"]).toBeGreaterThanOrEqual(3);
    expect(least["my-app-frontend"]).toBe(2);
    expect(await imagesIn(namespace())).toEqual(all("v4"));
  });

  test("a Job that fails stops the release before anything has changed, and stays", async () => {
    const before = await state(namespace());
    const { code } = await release(environment, [`image.tag=${NEVER_READY}`], "--timeout", "10s");
    expect(code).not.toBe(0);
    const { "Job my-app-migrate": job, ...after } = await state(namespace());
    expect(job).toBeDefined();
    expect(unscaled(after)).toEqual(unscaled(before));
  });

  test("history tells of all of it, and rollback goes back to the first", async () => {
    must(await on(environment, "rollback", "1", "--wait", "--timeout", "120s"));
    expect(await imagesIn(namespace())).toEqual(all("v1"));
    const history: Found[] = JSON.parse(must(await on(environment, "history", "-o", "json")));
    expect(history.map(({ status }) => String(status)).at(-1)).toBe("deployed");
    expect(history.at(-1)?.description).toBe("Rollback to 1");
    expect(history.length).toBeGreaterThanOrEqual(6);
  });

  test("a release after that removes the Job that had failed", async () => {
    must(await release(environment, ["image.tag=v3"], "--timeout", "120s"));
    expect(await state(namespace())).not.toHaveProperty(["Job my-app-migrate"]);
  });

  test("uninstalled, only what Terraform prepared is left", async () => {
    must(await on(environment, "uninstall", "--wait"));
    const prepared = chart.prepared(environment);
    const left = Object.keys(await state(namespace())).filter((name) => name !== "ConfigMap kube-root-ca.crt");
    expect(left.sort()).toEqual(titles(prepared, ["ConfigMap", "Deployment", "Job", "Service"]));
    const missing = await kubectl(
      ["get", "-f", "-", "-o", "name"],
      prepared.map((one) => JSON.stringify(one)).join("\n---\n"),
    );
    expect(missing).toMatchObject({ code: 0, stderr: "" });
  });

  test("as typed, without a namespace, it installs where its environment is", async () => {
    const command = ["upgrade", "--install", "my-app", chart.folder, "--set", "image.tag=v1"];
    must(await on("staging", "uninstall", "--wait"));
    must(await helm(major, [...command, "--set", "environment=staging", "--wait"]));
    expect(await imagesIn(chart.namespace("staging"))).toEqual(all("v1"));
    must(await helm(major, ["uninstall", "my-app", "--wait"]));
  });
}

const titles = (objects: readonly KubernetesObject[], kinds: readonly KubernetesObject["kind"][]): string[] =>
  kinds
    .flatMap((kind) => ofKind(objects, kind))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();
