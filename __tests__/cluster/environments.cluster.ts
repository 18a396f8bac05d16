import type { EnvironmentSpec } from "../../constructs/environment";
import { isProtected, PROTECTED_LABEL } from "../../constructs/kubernetes/protection";
import type { RouteOverride } from "../../constructs/model/route";
import { gatewayApi } from "../../constructs/routing/gateway-api";
import { environments } from "../../environments";
import { waitUntil } from "../real/support/program";
import type { Found } from "./support/api";
import { api, apply, diff, kubectl, must, type Output } from "./support/cluster";
import { refusals } from "./support/refusals";
import { inCluster, ofKind, type Rendered, rendered } from "./support/rendered";

/* Every application of every shipped environment on a real control plane: admitted, running, and left alone. */

const IN_CLUSTER = rendered("servers", inCluster).filter(({ environment }) =>
  ["production", "gke-staging"].includes(environment),
);

const [shipped] = environments.flatMap(({ applications }) => applications.map(({ application }) => application));
if (shipped === undefined) throw new Error("no application");
const { notifications } = shipped.workloads;
if (notifications?.kind !== "http") throw new Error("no notifications");
/** The reference application with a server of gRPC. */
const withGrpc = {
  ...shipped,
  workloads: { ...shipped.workloads, notifications: { ...notifications, protocol: "grpc" as const } },
};

/** Routes that say something of their own. */
const settled =
  (routes: Readonly<Record<string, RouteOverride>>) =>
  (environment: EnvironmentSpec): EnvironmentSpec => ({
    ...environment,
    applications: environment.applications.map((overlay) => ({
      ...overlay,
      application: withGrpc,
      ...(environment.name === "production" && { routes }),
    })),
  });

const BOUNDS: RouteOverride = { timeoutSeconds: 20, maxBodySize: "1Mi" };
const ROUTES = [
  [
    "by Ingress",
    settled({
      "api/": { ...BOUNDS, cors: { origins: ["web"] } },
      "web/": {
        allowFrom: ["203.0.113.0/24"],
        redirects: ["www", "/old"],
        basicAuth: "stripe-key",
        headers: { response: { "X-Frame-Options": "DENY" } },
      },
    }),
  ],
  // The definition of the policy for the other two is none of those that are installed here.
  [
    "by Gateway",
    (one: EnvironmentSpec) =>
      settled({
        "api/": BOUNDS,
        "web/": { redirects: ["www", "/old"], headers: { request: { "X-A": "a" }, response: { "X-B": "b" } } },
      })({ ...one, routing: gatewayApi() }),
  ],
] as const;

const APPLICATIONS: readonly (readonly [title: string, application: Rendered])[] = [
  ...rendered("all").map((each) => [each.environment, each] as const),
  ...rendered("gateway", (environment) => ({ ...environment, routing: gatewayApi() }))
    .filter(({ environment }) => environment === "production")
    .map((each) => [`${each.environment} by the Gateway API`, each] as const),
  ...ROUTES.flatMap(([title, change], index) =>
    rendered(`routes${index}`, change)
      .filter(({ environment }) => environment === "production")
      .map((each) => [`${each.environment} with gRPC and routes that say more, ${title}`, each] as const),
  ),
  // Two stand for all: nothing of it depends on the cloud. One is protected and has standbys, the other neither.
  ...IN_CLUSTER.map((each) => [`${each.environment} with its services in the cluster`, each] as const),
];

/** How `kubectl` waits for what runs, and for what runs by an operator. */
const WAITED_FOR: readonly { readonly kind: string; readonly until?: string }[] = [
  { kind: "Deployment" },
  { kind: "StatefulSet" },
  { kind: "Job", until: "Complete" },
  { kind: "Certificate", until: "Ready" },
  { kind: "Issuer", until: "Ready" },
  { kind: "RabbitmqCluster", until: "AllReplicasReady" },
];

const applied = new Map<string, Output>();

// All of them at once: what becomes of one takes its time whether anybody waits for it or not.
beforeAll(async () => {
  const applying = APPLICATIONS.map(async ([, { namespace, objects }]) => applied.set(namespace, await apply(objects)));
  await Promise.all(applying);
});

describe.each(APPLICATIONS)("environment %s", (_title, { namespace, objects }) => {
  test("nothing is rejected and nothing is warned of", () => {
    expect(applied.get(namespace)).toMatchObject({ code: 0, stderr: "" });
    expect(applied.get(namespace)?.stdout.trim().split("\n")).toHaveLength(objects.length);
  });

  test("its namespace refuses a pod that is not restricted", async () => {
    const pod = {
      ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "unrestricted", namespace } },
      spec: { containers: [{ name: "shell", image: "busybox" }] },
    };
    const { code, stderr } = await kubectl(["create", "-f", "-"], JSON.stringify(pod));
    expect(code).not.toBe(0);
    expect(stderr).toContain('violates PodSecurity "restricted:latest"');
  });

  test("a field that does not exist is refused", async () => {
    const [deployment] = ofKind(objects, "Deployment");
    const wrong = { ...deployment, spec: { ...deployment?.spec, replica: 3 } };
    expect(await apply([wrong])).toMatchObject({ stderr: expect.stringContaining(".spec.replica") });
  });

  test("all that runs becomes available with the replicas it asks for, and every Job completes", async () => {
    const wait = (what: string, until: string | undefined) =>
      until === undefined
        ? kubectl(["rollout", "status", what, "-n", namespace, "--timeout=90s"])
        : kubectl(["wait", what, "-n", namespace, `--for=condition=${until}`, "--timeout=90s"]);
    const running = objects.flatMap(({ kind, metadata: { name } }) =>
      WAITED_FOR.filter((one) => one.kind === kind).map(({ until }) => wait(`${kind.toLowerCase()}/${name}`, until)),
    );
    for (const output of await Promise.all(running)) must(output);
    for (const { metadata, spec } of ofKind(objects, "Deployment")) {
      const found: Found = await api.get(`/apis/apps/v1/namespaces/${namespace}/deployments/${metadata.name}`);
      expect(found.status).toMatchObject({ availableReplicas: spec.replicas, updatedReplicas: spec.replicas });
    }
  });

  test("its claims are bound, its pods are spread over the zones and its quota holds", async () => {
    const claims = await api.list(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`);
    expect(claims.map(({ status }) => String(status.phase))).toEqual(
      ofKind(objects, "PersistentVolumeClaim").map(() => "Bound"),
    );
    const zones = new Map((await api.list("/api/v1/nodes")).map(zoneOfNode));
    const pods = await api.list(`/api/v1/namespaces/${namespace}/pods`);
    for (const { metadata, spec } of ofKind(objects, "Deployment")) {
      const own = pods.filter((pod) => pod.metadata.labels?.app === metadata.labels["app"]);
      const used = new Set(own.map((pod) => zones.get(String(pod.spec.nodeName))));
      expect({ deployment: metadata.name, zones: used.size }).toEqual({
        deployment: metadata.name,
        zones: Math.min(spec.replicas, 3),
      });
    }
    expect(await refusals(namespace)).toEqual([]);
  });

  test("a budget lets one pod of a workload go at a time", async () => {
    const several = ofKind(objects, "Deployment").filter(({ spec }) => spec.replicas > 1);
    const budgets = ofKind(objects, "PodDisruptionBudget");
    const [budget] = budgets.filter(({ metadata }) =>
      several.some((deployment) => deployment.metadata.labels["app"] === metadata.labels["app"]),
    );
    // Where there is one of each, a budget would only keep nodes from being drained.
    expect({ budgets: budgets.length > 0 }).toEqual({ budgets: several.length > 0 });
    if (budget === undefined) return;
    const selector = `app=${String(budget.spec.selector.matchLabels["app"])}`;
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    await waitUntil("the budget has seen its pods", async () => {
      const path = `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/${budget.metadata.name}`;
      return (await api.get(path)).status?.disruptionsAllowed === 1;
    });
    const evictions = (await api.list(`${pods}?labelSelector=${selector}`)).map(({ metadata: { name } }) =>
      api.ask("POST", `${pods}/${String(name)}/eviction`, {
        ...{ apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } },
      }),
    );
    const answers = await Promise.all(evictions);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...answers.slice(1).map(() => 429)]);
    const blocked = answers.find(({ status }) => status === 429);
    expect(blocked?.body.message).toContain("violate the pod's disruption budget");
  });

  test("applied again, it changes nothing", async () => {
    let found = await diff(objects);
    // What the cluster says of an object may change between the two readings that are compared.
    for (let again = 0; again < 3 && found.code !== 0; again++) found = await diff(objects);
    expect(found).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

test("what holds data of a protected environment is deleted by nobody, until it is protected no more", async () => {
  const { namespace = "", objects = [] } = IN_CLUSTER.find(({ environment }) => environment === "production") ?? {};
  const holding = objects
    .filter(({ metadata }) => isProtected(metadata))
    .map(({ kind, metadata: { name } }) => `${kind.toLowerCase()}/${name}`);
  expect(new Set(holding.map((one) => one.split("/")[0]))).toEqual(
    new Set(["persistentvolumeclaim", "rabbitmqcluster"]),
  );
  const remove = (what: string): Promise<Output> =>
    kubectl(["delete", what, "-n", namespace, "--dry-run=server", "--wait=false"]);
  for (const one of holding) {
    const { code, stderr } = await remove(one);
    expect(code).not.toBe(0);
    expect(stderr).toContain("holds data of a protected environment; deploy it with its name in drops");
    must(await kubectl(["label", one, "-n", namespace, `${PROTECTED_LABEL}-`]));
    must(await remove(one));
  }
});

const zoneOfNode = ({ metadata: { name, labels } }: Found): readonly [string, string] => [
  String(name),
  String(labels["topology.kubernetes.io/zone"]),
];
