import { type Rollout, rolloutOf } from "../../constructs/report/rollout";
import { sleep } from "../real/support/program";
import type { Found } from "./support/api";
import { api, apply, kubectl, must } from "./support/cluster";
import { AvailableReplicas } from "./support/watch";

/*
 * What a report says of a rollout before it happens, against what a real control plane does: pods that stay ready, how many are made at a time, and the
 * shortest time that it can take. kwok plays the kubelets: a pod is ready 0.8 s after it is scheduled, whatever its probes say, and gone after 0.3 s.
 */

const NAMESPACE = "rollout-bounds";

interface Shape {
  readonly kind: "Deployment" | "StatefulSet";
  readonly replicas: number;
  readonly minReadySeconds: number;
  readonly surge?: number | string;
  readonly unavailable?: number | string;
  readonly recreate?: true;
}

/** One word after the other: which, and what of it is looked at. */
const SHAPES: Readonly<Record<string, Shape>> = {
  "one-more": { kind: "Deployment", replicas: 4, minReadySeconds: 3, surge: 1, unavailable: 0 },
  "one-less": { kind: "Deployment", replicas: 3, minReadySeconds: 3, surge: 0, unavailable: 1 },
  "by-default": { kind: "Deployment", replicas: 10, minReadySeconds: 4, surge: "25%", unavailable: "25%" },
  "as-shipped": { kind: "Deployment", replicas: 3, minReadySeconds: 4, surge: "25%", unavailable: 0 },
  "both-round-to-none": { kind: "Deployment", replicas: 3, minReadySeconds: 3, surge: "0%", unavailable: "10%" },
  "half-and-half": { kind: "Deployment", replicas: 4, minReadySeconds: 5, surge: "50%", unavailable: "50%" },
  single: { kind: "Deployment", replicas: 1, minReadySeconds: 4, surge: "25%", unavailable: 0 },
  away: { kind: "Deployment", replicas: 3, minReadySeconds: 3, recreate: true },
  "in-order": { kind: "StatefulSet", replicas: 3, minReadySeconds: 3 },
  "alone-in-order": { kind: "StatefulSet", replicas: 1, minReadySeconds: 2 },
};

const NAMES = Object.keys(SHAPES);

function objectOf(name: string, shape: Shape, version: string): object {
  const { kind, replicas, minReadySeconds, surge: maxSurge, unavailable: maxUnavailable, recreate } = shape;
  const labels = { app: name };
  return {
    ...{ apiVersion: "apps/v1", kind, metadata: { name, namespace: NAMESPACE } },
    spec: {
      ...{ replicas, minReadySeconds, selector: { matchLabels: labels } },
      ...(kind === "StatefulSet" && { serviceName: name }),
      ...(kind === "Deployment" && {
        strategy:
          recreate === true
            ? { type: "Recreate" }
            : { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } },
      }),
      template: {
        metadata: { labels: { ...labels, version } },
        spec: { containers: [{ name: "app", image: `registry.example.com/app:${version}` }] },
      },
    },
  };
}

/** The same as the provider is told. */
function toldOf({ replicas, minReadySeconds, surge, unavailable, recreate }: Shape): object {
  const rolling = { max_surge: String(surge), max_unavailable: String(unavailable) };
  return {
    spec: [
      {
        ...{ replicas: String(replicas), min_ready_seconds: minReadySeconds },
        strategy: [recreate === true ? { type: "Recreate" } : { type: "RollingUpdate", rolling_update: [rolling] }],
        template: [{ spec: [{ container: [{ name: "app" }] }] }],
      },
    ],
  };
}

const predicted = (name: string): Rollout => {
  const shape = SHAPES[name];
  const found =
    shape &&
    rolloutOf(shape.kind === "Deployment" ? "kubernetes_deployment_v1" : "kubernetes_stateful_set_v1", toldOf(shape));
  if (found === undefined) throw new Error(`nothing is said of ${name}`);
  return found;
};

const release = async (version: string): Promise<void> => {
  must(await apply(Object.entries(SHAPES).map(([name, shape]) => objectOf(name, shape, version))));
};

const rolledOut = (): Promise<string[]> =>
  Promise.all(
    Object.entries(SHAPES).map(async ([name, { kind }]) =>
      must(await kubectl(["rollout", "status", `${kind.toLowerCase()}/${name}`, "-n", NAMESPACE, "--timeout=180s"])),
    ),
  );

interface Measured {
  /** Seconds from the first new pod to when all are new and available, by the API server's clock. */
  seconds: number;
  fewestReady: number;
  mostUnready: number;
}

const podsOf = (name: string): Promise<readonly Found[]> =>
  api.list(`/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app=${name}`);

const conditionAt = ({ status }: Found, type: string): number =>
  Date.parse(
    String(
      ((status.conditions ?? []) as Found[]).find((one) => one.type === type && one.status === "True")
        ?.lastTransitionTime,
    ),
  );

let measured: Readonly<Record<string, Measured>> = {};

beforeAll(async () => {
  must(await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } }]));
  await release("v1");
  await rolledOut();
  const watched = new AvailableReplicas(NAMESPACE);
  const seen = Object.fromEntries(NAMES.map((name) => [name, { fewestReady: Infinity, mostUnready: 0 }]));
  const looks = { until: Infinity };
  const looking = (async () => {
    while (Date.now() < looks.until) {
      const pods = await api.list(`/api/v1/namespaces/${NAMESPACE}/pods`);
      for (const [name, least] of Object.entries(seen)) {
        const own = pods.filter(({ metadata }) => metadata.labels.app === name);
        const ready = own.filter((pod) => Number.isFinite(conditionAt(pod, "Ready")));
        const fresh = own.filter(
          ({ metadata }) => metadata.labels.version === "v2" && metadata.deletionTimestamp === undefined,
        );
        const waiting = fresh.filter((pod) => !(Date.now() - conditionAt(pod, "Ready") >= minReady(name)));
        least.fewestReady = Math.min(least.fewestReady, ready.length);
        least.mostUnready = Math.max(least.mostUnready, waiting.length);
      }
      await sleep(0.15);
    }
  })();
  await release("v2");
  await rolledOut();
  looks.until = 0;
  await looking;
  const available = watched.stop();
  measured = Object.fromEntries(
    await Promise.all(
      Object.entries(seen).map(async ([name, { fewestReady, mostUnready }]) => {
        const pods = await podsOf(name);
        const made = pods.map(({ metadata }) => Date.parse(String(metadata.creationTimestamp)));
        const ready = pods.map((pod) => conditionAt(pod, "Ready"));
        const seconds = (Math.max(...ready) - Math.min(...made)) / 1000 + minReady(name) / 1000;
        return [
          name,
          { seconds, fewestReady: Math.min(fewestReady, available[name] ?? Infinity), mostUnready },
        ] as const;
      }),
    ),
  );
  process.stdout.write(
    `${NAMES.map((name) => {
      const { leastSeconds, fewestReady, atATime } = predicted(name);
      const is = measured[name];
      return `${name}: at least ${leastSeconds} s, was ${is?.seconds ?? NaN} s; ${fewestReady} ready, was ${is?.fewestReady ?? NaN}; ${atATime} at a time, was ${is?.mostUnready ?? NaN}`;
    }).join("\n")}\n`,
  );
});

function minReady(name: string): number {
  return (SHAPES[name]?.minReadySeconds ?? 0) * 1000;
}

describe.each(NAMES)("%s", (name) => {
  test("has as many ready as was said, at the worst moment", () => {
    // As many as `ready` less those that wait to be available: what a Service sends requests to is ready.
    const { fewestReady, pods, atATime } = predicted(name);
    expect(measured[name]?.fewestReady).toBeGreaterThanOrEqual(fewestReady);
    // And the word is no more careful than it has to be.
    expect(measured[name]?.fewestReady).toBeLessThanOrEqual(fewestReady === pods ? pods : fewestReady + atATime);
  });

  test("makes no more at a time than was said", () => {
    expect(measured[name]?.mostUnready).toBeGreaterThan(0);
    expect(measured[name]?.mostUnready).toBeLessThanOrEqual(predicted(name).atATime);
  });

  test("takes at least the time that was said, and not much longer on pods that are ready at once", () => {
    const { leastSeconds, pods, deadlineSeconds = Infinity } = predicted(name);
    const { seconds = NaN } = measured[name] ?? {};
    // The API server writes whole seconds.
    expect(seconds).toBeGreaterThanOrEqual(leastSeconds - 1);
    expect(seconds).toBeLessThanOrEqual(Math.min(deadlineSeconds, leastSeconds + 5 * pods));
  });
});
