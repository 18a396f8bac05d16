import type { Deployment, HorizontalPodAutoscaler } from "../../constructs/kubernetes/objects";
import { sleep, waitUntil } from "../real/support/program";
import type { Found } from "./support/api";
import { api, apply, kubectl, must } from "./support/cluster";
import { refusals } from "./support/refusals";
import { ofKind, rendered, withTag } from "./support/rendered";
import { NEVER_READY } from "./support/stages";
import { AvailableReplicas } from "./support/watch";
import { giveWork, hurry, reasons } from "./support/work";

/*
 * Production under load on a real control plane: it grows by the steps of its autoscalers as far as they may, within its
 * quota, is released at its largest without losing a replica, and shrinks again. The tests are one story, in order.
 */

const production = rendered("load").find(({ environment }) => environment === "production");
if (production === undefined) throw new Error("there is no environment production");
const { namespace, objects } = production;

interface Scaled {
  readonly deployment: Deployment;
  readonly autoscaler: HorizontalPodAutoscaler;
}

const scaled: readonly Scaled[] = ofKind(objects, "Deployment").flatMap((deployment) =>
  ofKind(objects, "HorizontalPodAutoscaler")
    .filter(({ spec }) => spec.scaleTargetRef.name === deployment.metadata.name)
    .map((autoscaler) => ({ deployment, autoscaler })),
);

const statusOf = async ({ metadata }: Deployment): Promise<Found> =>
  await api.get(`/apis/apps/v1/namespaces/${namespace}/deployments/${metadata.name}`);

const replicas = async (deployment: Deployment): Promise<number> => Number((await statusOf(deployment)).spec.replicas);

const available = async (deployment: Deployment): Promise<number> =>
  Number((await statusOf(deployment)).status.availableReplicas ?? 0);

const rolledOut = (): Promise<string[]> =>
  Promise.all(
    ofKind(objects, "Deployment").map(async ({ metadata: { name } }) =>
      must(await kubectl(["rollout", "status", `deployment/${name}`, "-n", namespace, "--timeout=150s"])),
    ),
  );

/** The next release. Whoever releases leaves the number of replicas to the autoscaler. */
const release = async (tag: string): Promise<void> => {
  const next = ofKind(objects, "Deployment").map((deployment) => {
    const { replicas: given, ...spec } = withTag(deployment, tag).spec;
    const managed = scaled.some(({ deployment: { metadata } }) => metadata.name === deployment.metadata.name);
    return { ...withTag(deployment, tag), spec: managed ? spec : { ...spec, replicas: given } };
  });
  expect(await apply(next)).toMatchObject({ code: 0, stderr: "" });
};

/** Waits: the autoscaler says what limits it only after it has scaled. */
const limited = async (autoscaler: HorizontalPodAutoscaler, reason: string): Promise<void> => {
  await waitUntil(`the autoscaler ${autoscaler.metadata.name} is limited by ${reason}`, async () => {
    const { ScalingActive, ScalingLimited } = await reasons(autoscaler);
    return ScalingActive === "ValidMetricFound" && ScalingLimited === reason;
  });
};

const refused = (): Promise<string[]> => refusals(namespace);

const each = <T>(act: (scaled: Scaled) => Promise<T>): Promise<T[]> => Promise.all(scaled.map(act));

beforeAll(async () => {
  must(await apply(objects));
  await rolledOut();
});

test("there is something to scale", () => {
  expect(scaled.length).toBeGreaterThan(1);
});

test("under load it grows at once, by the step that the autoscaler may take", async () => {
  await each(async ({ deployment, autoscaler }) => {
    await giveWork(namespace, deployment.metadata.name, "50");
    const { minReplicas, maxReplicas, behavior } = autoscaler.spec;
    const steps = behavior.scaleUp.policies.map(({ type, value }) =>
      type === "Pods" ? minReplicas + value : Math.ceil(minReplicas * (1 + value / 100)),
    );
    const step = Math.min(maxReplicas, Math.max(...steps));
    await waitUntil(
      `${deployment.metadata.name} has ${step} replicas`,
      async () => (await replicas(deployment)) === step,
      {
        seconds: 15,
      },
    );
    await limited(autoscaler, step === maxReplicas ? "TooManyReplicas" : "ScaleUpLimit");
  });
});

test("it grows as far as it may, within the namespace's quota", async () => {
  await each(async ({ deployment, autoscaler }) => {
    const { maxReplicas } = autoscaler.spec;
    await hurry(autoscaler);
    await waitUntil(
      `${deployment.metadata.name} has ${maxReplicas} available`,
      async () => (await available(deployment)) === maxReplicas,
      { seconds: 40 },
    );
    await limited(autoscaler, "TooManyReplicas");
  });
  expect(await refused()).toEqual([]);
});

test("a release at that size loses no replica, and fits into the quota", async () => {
  const watched = new AvailableReplicas(namespace);
  await release("v1.2.4");
  await rolledOut();
  const least = watched.stop();
  for (const { deployment, autoscaler } of scaled) {
    expect(least[deployment.metadata.name]).toBe(autoscaler.spec.maxReplicas);
    const pods = await api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=app=${deployment.metadata.name}`);
    const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const versions = new Set(staying.map(({ metadata }) => String(metadata.labels.version)));
    expect([...versions]).toEqual(["v1.2.4"]);
  }
  expect(await refused()).toEqual([]);
});

test("a release that never becomes ready takes nothing away", async () => {
  const watched = new AvailableReplicas(namespace);
  await release(NEVER_READY);
  await waitUntil("its pods are there", async () => {
    const pods = await api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=version=${NEVER_READY}`);
    return pods.filter(({ status }) => status.phase === "Running").length >= scaled.length;
  });
  await sleep(3);
  await release("v1.2.4");
  await rolledOut();
  const least = watched.stop();
  for (const { deployment, autoscaler } of scaled)
    expect(least[deployment.metadata.name]).toBe(autoscaler.spec.maxReplicas);
});

test("when the load is gone it waits, then shrinks to its minimum and no further", async () => {
  const watched = new AvailableReplicas(namespace);
  await each(async ({ deployment, autoscaler }) => {
    // As it was rendered again, patience and all.
    must(await apply([autoscaler], "--force-conflicts"));
    // The controller reads it from a copy that follows the API server, and says nowhere how far it has come.
    await sleep(5);
    await giveWork(namespace, deployment.metadata.name, undefined);
    await waitUntil(
      `${deployment.metadata.name} would shrink`,
      async () => (await reasons(autoscaler))["AbleToScale"] === "ScaleDownStabilized",
    );
    expect(await replicas(deployment)).toBe(autoscaler.spec.maxReplicas);
    await hurry(autoscaler);
    await waitUntil(
      `${deployment.metadata.name} is at its minimum`,
      async () => (await replicas(deployment)) === autoscaler.spec.minReplicas,
      { seconds: 30 },
    );
  });
  await sleep(2);
  const least = watched.stop();
  for (const { deployment, autoscaler } of scaled)
    expect(least[deployment.metadata.name]).toBe(autoscaler.spec.minReplicas);
});
