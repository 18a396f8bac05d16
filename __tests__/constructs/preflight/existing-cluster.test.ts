import { existingAws } from "../../../constructs/clouds/aws";
import { existingGoogle } from "../../../constructs/clouds/google";
import { local } from "../../../constructs/clouds/local";
import type { EnvironmentSpec } from "../../../constructs/environment";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { NotUnderstood } from "../../../constructs/preflight/answers";
import type { Answer, Check, Finding } from "../../../constructs/preflight/check";
import { clusterChecks, pluralOf } from "../../../constructs/preflight/cluster-checks";
import { clusterNeeds } from "../../../constructs/preflight/cluster-needs";
import { environments } from "../../../environments";
import { local as shipped } from "../../../environments/local";
import { fails, ok, text } from "../../support/preflight/answers";
import { check, checklistOf } from "../../support/preflight/checklists";

/* What is asked of a cluster whose platform is somebody else's: all that the objects of the applications use there, and nothing else. */

function finding(one: Check, ...answers: readonly Answer[]): Finding {
  expect(one.ask).toHaveLength(answers.length);
  try {
    return one.judge(answers);
  } catch (error) {
    if (error instanceof NotUnderstood) return { verdict: "unclear", found: error.message };
    throw error;
  }
}

const onLocal = (installed: "all" | undefined): EnvironmentSpec => ({
  ...shipped,
  cloud: local({ context: "foreign", ...(installed !== undefined && { installed }) }),
});

const foreign = checklistOf(onLocal("all"));
const idsOf = (part: string): string[] =>
  foreign.checks.map(({ id }) => id).filter((id) => id.startsWith(`cluster/${part}`));

test("the list is what the applications' objects name", () => {
  expect(idsOf("kinds")).toEqual([
    "cluster/kinds/cert-manager.io/v1",
    "cluster/kinds/external-secrets.io/v1",
    "cluster/kinds/rabbitmq.com/v1beta1",
  ]);
  expect(idsOf("cluster")).toEqual(["cluster/clusterissuer/local", "cluster/clustersecretstore/cloud"]);
  expect(idsOf("ingressclass")).toEqual(["cluster/ingressclass/nginx"]);
  expect(idsOf("pods")).toEqual([
    "cluster/pods/rabbitmq-cluster-operator/app.kubernetes.io/name=rabbitmq-cluster-operator",
    expect.stringMatching(/^cluster\/pods\/traefik\/app\.kubernetes\.io\/name=traefik,/) as string,
  ]);
  expect(idsOf("rights")).toContain("cluster/rights/rabbitmqclusters.rabbitmq.com/my-app-local");
  expect(idsOf("rights")).toContain("cluster/rights/namespaces");
  // Nothing scales there.
  expect(idsOf("metrics")).toEqual([]);
});

test("each says who needs it, and what to do; every command reads the one context", () => {
  const asked = foreign.checks.filter(({ id }) => id.startsWith("cluster/"));
  expect(asked.length).toBeGreaterThan(20);
  for (const one of asked) {
    expect(one.needs.map(({ of }) => of)).toContain("my-app");
    expect(one.otherwise.say).not.toBe("");
    expect(one.after).toEqual(["login/kubectl"]);
    for (const words of one.ask) {
      expect(words.slice(0, 2).join(" ")).toMatch(/^kubectl (get|version|auth)$/);
      expect(words.slice(-2)).toEqual(["--context", "foreign"]);
    }
  }
});

test("a platform of one's own is not asked for before it is there", () => {
  expect(checklistOf(onLocal(undefined)).checks.filter(({ id }) => id.startsWith("cluster/"))).toEqual([]);
});

test("of a cluster that has some add-ons these alone are asked for: the rest is still to come", () => {
  const some = checklistOf({ ...shipped, cloud: local({ context: "foreign", installed: ["cert-manager"] }) });
  const asked = some.checks.map(({ id }) => id).filter((id) => /^cluster\/(?!rights)/.test(id));
  expect(asked).toEqual(["cluster/version", "cluster/kinds/cert-manager.io/v1", "cluster/policies"]);
});

test("autoscalers, monitors and scalers are asked for where there are some", () => {
  const objects = [
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "a", namespace: "n" },
      spec: { metrics: [{ type: "Resource" }, { type: "External" }] },
    },
    { apiVersion: "monitoring.coreos.com/v1", kind: "PodMonitor", metadata: { name: "a", namespace: "n" } },
    { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", metadata: { name: "a", namespace: "n" } },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name: "a", namespace: "n" },
      spec: { gatewayClassName: "envoy" },
    },
  ] as unknown as readonly KubernetesObject[];
  const checks = clusterChecks(clusterNeeds([{ application: "shop", objects }]), { options: [], after: [] }, ["shop"]);
  expect(checks.map(({ id }) => id)).toEqual([
    "cluster/version",
    "cluster/kinds/gateway.networking.k8s.io/v1",
    "cluster/kinds/keda.sh/v1alpha1",
    "cluster/kinds/monitoring.coreos.com/v1",
    "cluster/gatewayclass/envoy",
    "cluster/metrics/v1beta1.metrics.k8s.io",
    "cluster/metrics/v1beta1.external.metrics.k8s.io",
    "cluster/policies",
    "cluster/rights/horizontalpodautoscalers.autoscaling/n",
    "cluster/rights/gateways.gateway.networking.k8s.io/n",
    "cluster/rights/scaledobjects.keda.sh/n",
    "cluster/rights/podmonitors.monitoring.coreos.com/n",
  ]);
});

const ready = (status: string, message?: string) =>
  ok({ status: { conditions: [{ type: "Ready", status, message }] } });
const gone = fails("Error from server (NotFound): the server could not find the requested resource");
const daemon = (name: string, ...args: readonly string[]) => ({
  metadata: { name },
  spec: { template: { spec: { containers: [{ name: "node" }, { name: "agent", args }] } } },
});
const sets = (...items: readonly object[]) => ok({ items });
const POLICIES = "cluster/policies";
const KINDS = "cluster/kinds/rabbitmq.com/v1beta1";
const ISSUER = "cluster/clusterissuer/local";
const RIGHT = "cluster/rights/deployments.apps/my-app-local";
const PODS = idsOf("pods/traefik")[0] ?? "";

test.each<[string, readonly Answer[], Finding["verdict"], RegExp]>([
  ["cluster/version", [ok({ serverVersion: { gitVersion: "v1.36.2-eks-1" } })], "passed", /1\.36/],
  ["cluster/version", [ok({ serverVersion: { gitVersion: "v1.31.9" } })], "failed", /1\.31/],
  [KINDS, [ok({ resources: [{ kind: "RabbitmqCluster" }] })], "passed", /RabbitmqCluster/],
  [KINDS, [ok({ resources: [{ kind: "Other" }] })], "failed", /it has no RabbitmqCluster/],
  [KINDS, [gone], "failed", /nothing of rabbitmq\.com/],
  [KINDS, [fails("error: You must be logged in to the server (Unauthorized)")], "unclear", /Unauthorized/],
  [ISSUER, [ready("True")], "passed", /ready/],
  [ISSUER, [ready("False", "no account\nsecond line")], "failed", /not ready: no account$/],
  [ISSUER, [ok({})], "unclear", /does not say/],
  [ISSUER, [gone], "failed", /none of that name/],
  ["cluster/ingressclass/nginx", [ok({ spec: {} })], "passed", /it is there/],
  [PODS, [ok({ items: [] })], "failed", /no such pod/],
  [PODS, [ok({ items: [{ status: { conditions: [{ type: "Ready", status: "False" }] } }] })], "failed", /none of 1/],
  [PODS, [ok({ items: [{ status: { conditions: [{ type: "Ready", status: "True" }] } }] })], "passed", /1 of 1/],
  [POLICIES, [sets(daemon("calico-node"))], "passed", /calico-node/],
  [POLICIES, [sets(daemon("aws-node", "--enable-network-policy=true"))], "passed", /with its agent/],
  [
    POLICIES,
    [sets(daemon("aws-node", "--enable-network-policy=false"))],
    "failed",
    /without --enable-network-policy=true/,
  ],
  [POLICIES, [sets(daemon("kube-flannel-ds"))], "unclear", /kube-flannel-ds/],
  [POLICIES, [sets()], "unclear", /no DaemonSet/],
  [RIGHT, [text("yes\n")], "passed", /yes/],
  [RIGHT, [{ code: 1, text: "no\n", complaint: "" }], "failed", /no/],
  [RIGHT, [{ code: 1, text: "no - no RBAC policy matched\n", complaint: "" }], "failed", /no/],
  [RIGHT, [fails("error: the server doesn't have a resource type")], "unclear", /resource type/],
])("%s %#", (id, answers, verdict, words) => {
  expect(finding(check(foreign, id), ...answers)).toEqual({ verdict, found: expect.stringMatching(words) as string });
});

test("plurals are those of the API", () => {
  const kinds = ["NetworkPolicy", "Ingress", "Gateway", "Deployment", "StorageClass", "BackendTrafficPolicy"];
  expect(kinds.map(pluralOf)).toEqual([
    "networkpolicies",
    "ingresses",
    "gateways",
    "deployments",
    "storageclasses",
    "backendtrafficpolicies",
  ]);
});

describe("in a cloud kubectl has to speak to that cluster, and is asked nothing else before", () => {
  const reference = (name: string): EnvironmentSpec => {
    const found = environments.find((one) => one.name === name);
    if (found === undefined) throw new Error(name);
    return { ...found, clusterBackups: undefined, addons: undefined, previews: undefined, observability: "off" };
  };
  const CONTEXT = "cluster/kubectl";
  const view = (server: string) => ok({ clusters: [{ name: "a", cluster: { server } }] });
  const version = ok({ serverVersion: { gitVersion: "v1.36.1" } });

  const clouds = [
    [
      "aws",
      checklistOf({
        ...reference("staging"),
        cloud: existingAws({
          region: "eu-central-1",
          accountId: "111111111111",
          dataCidrs: ["10.0.0.0/24"],
          dataSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
          stateBucket: "billing-state",
          installed: "all",
        }),
      }),
      ok({ endpoint: "https://ABC.gr7.eu-central-1.eks.amazonaws.com" }),
      "https://ABC.gr7.eu-central-1.eks.amazonaws.com",
    ],
    [
      "google",
      checklistOf({
        ...reference("gke-staging"),
        cloud: existingGoogle({
          project: "orders-staging",
          region: "europe-west3",
          dataCidrs: ["10.0.0.0/24"],
          stateBucket: "billing-state",
          installed: "all",
        }),
      }),
      ok({ endpoint: "34.1.2.3", privateClusterConfig: { privateEndpoint: "10.0.0.2" } }),
      "https://10.0.0.2",
    ],
  ] as const;

  test.each(clouds)("on %s", (name, list, told, server) => {
    const one = check(list, CONTEXT);
    expect(finding(one, view(server), told, version)).toEqual({ verdict: "passed", found: "v1.36.1" });
    expect(finding(one, view(`${server}:443/`), told, version).verdict).toBe("passed");
    expect(finding(one, view("https://127.0.0.1:6443"), told, version)).toMatchObject({
      verdict: "failed",
      found: "the current context is of another cluster",
    });
    expect(finding(one, ok({ clusters: null }), told, version).verdict).toBe("unclear");
    expect(finding(one, view(server), told, fails("dial tcp: i/o timeout"))).toMatchObject({ verdict: "failed" });
    const identity = check(list, "cluster/identity");
    const [active, without] =
      name === "aws"
        ? [ok({ status: "ACTIVE" }), fails("An error occurred (ResourceNotFoundException)", 254)]
        : [ok({ workloadIdentityConfig: { workloadPool: "orders-staging.svc.id.goog" } }), ok({})];
    expect(finding(identity, active).verdict).toBe("passed");
    expect(finding(identity, without).verdict).toBe("failed");
    const others = list.checks.filter(({ id }) => /^cluster\/(kinds|rights|version|policies|ingress)/.test(id));
    expect(others.length).toBeGreaterThan(5);
    for (const { after } of others) expect(after).toEqual([CONTEXT]);
  });
});
