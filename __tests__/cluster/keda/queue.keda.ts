import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../../constructs/environment";
import type { Deployment, KubernetesObject } from "../../../constructs/kubernetes/objects";
import type { Autoscaling } from "../../../constructs/model/autoscaling";
import { type Certificates, makeCertificates } from "../../real/support/certificates";
import { sleep, waitUntil } from "../../real/support/program";
import { type Rabbitmq, startRabbitmq } from "../../real/support/servers/rabbitmq";
import { api, apply, kubectl, must } from "../support/cluster";
import { ofKind, rendered } from "../support/rendered";
import { AvailableReplicas } from "../support/watch";
import { runKeda, type RunningKeda } from "./run-keda";

/*
 * A worker as it is rendered, KEDA as its module builds it, and Debian's RabbitMQ behind TLS with an authority of its own: the
 * queue grows and the worker does, it is drained and the worker shrinks; what becomes of it when nobody can read the queue, and
 * on the way from one autoscaler to the other. The tests are one story, in order.
 */

const NAME = "my-app-consumer";
const QUEUE = "events";
const VHOST = "%2F";

/** Down at once, so that a test can see it. */
const BEHAVIOR = {
  scaleUp: { policies: [{ type: "Pods", value: 10, periodSeconds: 1 }] },
  scaleDown: { stabilizationWindowSeconds: 0, policies: [{ type: "Pods", value: 10, periodSeconds: 1 }] },
} as const;

const BY_QUEUE: Autoscaling = { min: 2, max: 6, queue: QUEUE, messagesPerPod: 50, behavior: BEHAVIOR };
/** Its pods idle here, so it would go down to its minimum. */
const BY_CPU: Autoscaling = { min: 2, max: 6, cpu: 70, behavior: BEHAVIOR };

const scaledBy =
  (autoscaling: Autoscaling) =>
  (environment: EnvironmentSpec): EnvironmentSpec => ({
    ...environment,
    eventScaling: "keda",
    applications: environment.applications.map((overlay) => ({
      ...overlay,
      workloads: { ...overlay.workloads, consumer: { autoscaling } },
    })),
  });

/** A broker in the cluster, whose authority is the application's own. */
const local = (autoscaling: Autoscaling) => {
  const found = rendered("keda", scaledBy(autoscaling)).find(({ environment }) => environment === "local");
  if (found === undefined) throw new Error("there is no environment local");
  return found;
};
const { namespace, objects } = local(BY_QUEUE);

const only = <K extends KubernetesObject["kind"]>(all: readonly KubernetesObject[], kind: K, name: string) => {
  const found = ofKind(all, kind).find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};

const authentication = only(objects, "TriggerAuthentication", NAME);
const scaled = only(objects, "ScaledObject", NAME);
const plain = only(local(BY_CPU).objects, "HorizontalPodAutoscaler", `${NAME}-hpa`);
const deployment: Deployment = only(objects, "Deployment", NAME);
const autoscaler = scaled.spec.advanced.horizontalPodAutoscalerConfig.name;

const folder = mkdtempSync(join(tmpdir(), "goldenpath-keda-"));
let certificates: Certificates;
let broker: Rabbitmq;
let keda: RunningKeda;
/** Whatever was started, though what came after it failed. */
const started: { readonly stop: () => Promise<void> }[] = [];

/** This machine's own network, in which everything else here is. */
const network = { holder: process.pid, stop: () => Promise.resolve() };
async function startBroker(): Promise<Rabbitmq> {
  const one = await startRabbitmq(join(folder, "rabbitmq"), { network, certificates });
  started.push(one);
  return one;
}

const WORKER = { username: "gp.consumer", password: "a:b@c/d" };

const replicas = async (): Promise<number> =>
  Number((await api.get(`/apis/apps/v1/namespaces/${namespace}/deployments/${NAME}`)).spec.replicas);

const untilReplicas = (count: number): Promise<void> =>
  waitUntil(`the worker has ${count} replicas`, async () => (await replicas()) === count, {
    seconds: 90,
    details: keda.log,
  });

const pathOf = (name: string): string =>
  `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers/${name}`;

/** Why it scales, or does not; nothing where it is not there. */
const reasonOf = async (name: string): Promise<string | undefined> => {
  const { status, body } = await api.ask("GET", pathOf(name));
  if (status === 404) return undefined;
  const conditions = (body.status?.conditions ?? []) as { type: string; status: string; reason: string }[];
  return conditions.find(({ type }) => type === "ScalingActive")?.reason;
};

const untilReason = (name: string, reason: string | undefined): Promise<void> =>
  waitUntil(`${name} says ${reason ?? "nothing"}`, async () => (await reasonOf(name)) === reason, {
    seconds: 90,
    details: keda.log,
  });

async function publish(count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 20) {
    await Promise.all(
      Array.from({ length: Math.min(20, count - sent) }, () =>
        broker.api(broker.admin, "POST", `exchanges/${VHOST}/amq.default/publish`, {
          ...{ properties: { delivery_mode: 2 }, routing_key: QUEUE, payload: "one", payload_encoding: "string" },
        }),
      ),
    );
  }
}

/** The least available that there were while something was done and for a moment after it. */
async function leastDuring(act: () => Promise<void>): Promise<number> {
  must(await kubectl(["rollout", "status", `deployment/${NAME}`, "-n", namespace, "--timeout=60s"]));
  const watched = new AvailableReplicas(namespace);
  await act();
  await sleep(3);
  return watched.stop()[NAME] ?? 0;
}

const secret = (name: string, data: Readonly<Record<string, string>>) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace },
  stringData: data,
});

/** What External Secrets and cert-manager would have made: the address with the worker's sign-in, and the authority. */
function secrets(): object[] {
  const address = `amqps://${WORKER.username}:${encodeURIComponent(WORKER.password)}@localhost:${broker.port}/${VHOST}`;
  const data = new Map<string, Record<string, string>>();
  for (const { parameter, name, key } of authentication.spec.secretTargetRef ?? []) {
    data.set(name, { ...data.get(name), [key]: parameter === "host" ? address : certificates.bundle });
  }
  return [...data].map(([name, keys]) => secret(name, keys));
}

beforeAll(async () => {
  // The broker is another user.
  chmodSync(folder, 0o755);
  certificates = makeCertificates(join(folder, "certificates"), ["localhost"]);
  mkdirSync(join(folder, "keda"));
  broker = await startBroker();
  keda = await runKeda(join(folder, "keda"));
  started.push(keda);
  await broker.control("add_user", WORKER.username, WORKER.password);
  // As whoever may only read has them: none to declare, none to publish.
  await broker.control("set_permissions", WORKER.username, "^$", "^$", ".*");
  await broker.api(broker.admin, "PUT", `queues/${VHOST}/${QUEUE}`, { durable: true });
  const around = ["Namespace", "LimitRange", "ServiceAccount", "ConfigMap", "NetworkPolicy"];
  must(
    await apply(objects.filter(({ kind, metadata }) => around.includes(kind) && !metadata.name.endsWith(".dashboard"))),
  );
  must(await apply([...secrets(), deployment, plain]));
}, 240_000);

afterAll(async () => {
  await Promise.all(started.map((one) => one.stop()));
  rmSync(folder, { recursive: true, force: true });
});

test("before, its own autoscaler holds it", async () => {
  await untilReason(plain.metadata.name, "ValidMetricFound");
  await untilReplicas(2);
});

test("from CPU to its queue no pod is lost, though both are there for a moment", async () => {
  await publish(200);
  const least = await leastDuring(async () => {
    must(await apply([authentication, scaled], "--force-conflicts"));
    // Whoever releases makes the new one first.
    await waitUntil("KEDA has made its own", async () => (await reasonOf(autoscaler)) !== undefined, {
      seconds: 90,
      details: keda.log,
    });
    await sleep(2);
    must(await kubectl(["delete", `hpa/${plain.metadata.name}`, "-n", namespace]));
    await untilReplicas(4);
  });
  expect(least).toBeGreaterThanOrEqual(2);
  await untilReason(autoscaler, "ValidMetricFound");
});

test("it grows with the queue as far as it may, and no further", async () => {
  await publish(400);
  await untilReplicas(6);
  const { spec } = await api.get(pathOf(autoscaler));
  expect(spec).toMatchObject({ minReplicas: 2, maxReplicas: 6, scaleTargetRef: { kind: "Deployment", name: NAME } });
});

test("while nobody can read the queue it keeps its pods, and says so; afterwards it goes on by itself", async () => {
  await broker.stop();
  await untilReason(autoscaler, "FailedGetExternalMetric");
  await sleep(5);
  expect(await replicas()).toBe(6);
  broker = await startBroker();
  await untilReason(autoscaler, "ValidMetricFound");
});

test("drained, it goes down to its minimum", async () => {
  await broker.control("purge_queue", QUEUE);
  await untilReplicas(2);
});

test("pods that somebody stops by hand come again, unless KEDA is told as the runbooks say", async () => {
  must(await kubectl(["scale", `deployment/${NAME}`, "--replicas=0", "-n", namespace]));
  await untilReplicas(2);
  const pause = "autoscaling.keda.sh/paused-replicas";
  must(await kubectl(["annotate", `scaledobject/${NAME}`, "--overwrite", `${pause}=0`, "-n", namespace]));
  await untilReplicas(0);
  await publish(200);
  await sleep(5);
  expect(await replicas()).toBe(0);
  must(await kubectl(["annotate", `scaledobject/${NAME}`, `${pause}-`, "-n", namespace]));
  await untilReplicas(4);
});

test("back to CPU no pod is lost either, and nothing of KEDA's stays", async () => {
  const least = await leastDuring(async () => {
    must(await apply([plain]));
    await sleep(2);
    must(
      await kubectl([
        "delete",
        `scaledobject/${NAME}`,
        `triggerauthentication/${NAME}`,
        "-n",
        namespace,
        "--timeout=60s",
      ]),
    );
    await untilReason(autoscaler, undefined);
  });
  expect(least).toBeGreaterThanOrEqual(2);
  await untilReason(plain.metadata.name, "ValidMetricFound");
  await untilReplicas(2);
});

test("with a name that no queue has it keeps its pods, and the autoscaler says why", async () => {
  const [trigger] = scaled.spec.triggers;
  if (trigger === undefined) throw new Error("no trigger");
  const other = {
    ...scaled,
    spec: { ...scaled.spec, triggers: [{ ...trigger, metadata: { ...trigger.metadata, queueName: "none" } }] },
  };
  must(await kubectl(["delete", `hpa/${plain.metadata.name}`, "-n", namespace]));
  must(await apply([authentication, other]));
  await waitUntil(
    "it is not active",
    async () =>
      [undefined, "FailedGetExternalMetric"].includes(await reasonOf(autoscaler)) && keda.log().includes("NOT_FOUND"),
    { seconds: 60, details: keda.log },
  );
  expect(await replicas()).toBe(2);
});
