import { gatewayApi } from "../../constructs/kubernetes/routing/gateway-api";
import { waitUntil } from "../real/support/program";
import type { Found } from "./support/api";
import { api, apply, diff, kubectl, must, type Output } from "./support/cluster";
import { ofKind, type Rendered, rendered } from "./support/rendered";

/* Every application of every shipped environment on a real control plane: admitted, running, and left alone. */

const APPLICATIONS: readonly (readonly [title: string, application: Rendered])[] = [
  ...rendered("all").map((each) => [each.environment, each] as const),
  ...rendered("gateway", { routing: gatewayApi() })
    .filter(({ environment }) => environment === "production")
    .map((each) => [`${each.environment} by the Gateway API`, each] as const),
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

  test("every Deployment becomes available with the replicas it asks for, and every Job completes", async () => {
    const wait = (kind: string, name: string) =>
      kind === "Deployment"
        ? kubectl(["rollout", "status", `deployment/${name}`, "-n", namespace, "--timeout=90s"])
        : kubectl(["wait", `job/${name}`, "-n", namespace, "--for=condition=Complete", "--timeout=90s"]);
    const running = objects.filter(({ kind }) => kind === "Deployment" || kind === "Job");
    await Promise.all(running.map(async ({ kind, metadata }) => must(await wait(kind, metadata.name))));
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
    const [budget] = ofKind(objects, "PodDisruptionBudget").filter(({ metadata }) =>
      ofKind(objects, "Deployment").some(
        (d) => d.spec.replicas > 1 && d.metadata.labels["app"] === metadata.labels["app"],
      ),
    );
    if (budget === undefined) throw new Error("no workload has a budget");
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
    expect(await diff(objects)).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

const zoneOfNode = ({ metadata: { name, labels } }: Found): readonly [string, string] => [
  String(name),
  String(labels["topology.kubernetes.io/zone"]),
];

/** What a quota, a limit or a policy of admission kept from being made. */
async function refusals(namespace: string): Promise<string[]> {
  const events = await api.list(`/api/v1/namespaces/${namespace}/events?fieldSelector=reason=FailedCreate`);
  return events.map(({ message }) => String(message));
}
