import { keda } from "../../../constructs/addons/keda";
import { platformAddons } from "../../../constructs/addons/platform";
import { ingress } from "../../../constructs/routing/ingress";
import { facts, resolvedEnvironment } from "../../support/resolved";

const CONTEXT = { identity: { annotations: {} }, loadBalancerAnnotations: {} };

test("is there where the environment says so, and last", () => {
  const names = (eventScaling: "keda" | "off") =>
    platformAddons({ ...resolvedEnvironment(), routing: ingress(), eventScaling }, facts).map(({ name }) => name);
  expect(names("off")).not.toContain("keda");
  expect(names("keda").at(-1)).toBe("keda");
});

test("scales Deployments alone, and has no webhook that refuses an autoscaler on its way out", () => {
  expect(keda({ profile: "production" }).values(CONTEXT)).toMatchObject({
    rbac: { enabledCustomScaledRefKinds: false },
    webhooks: { enabled: false },
    crds: { additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
  });
});

test("survives a node in production, and is one of each in a small environment", () => {
  const production = keda({ profile: "production" });
  expect(production.values(CONTEXT)).toMatchObject({
    ...{ operator: { replicaCount: 2 }, metricsServer: { replicaCount: 2 } },
    podDisruptionBudget: { operator: { maxUnavailable: 1 }, metricServer: { maxUnavailable: 1 } },
    topologySpreadConstraints: {
      operator: [{ labelSelector: { matchLabels: { app: "keda-operator" } } }, {}],
      metricsServer: [{ labelSelector: { matchLabels: { app: "keda-operator-metrics-apiserver" } } }, {}],
    },
  });
  expect(production.counted).toMatchObject([{ replicas: 2 }, { replicas: 2 }]);
  const small = keda({ profile: "small" });
  expect(small.values(CONTEXT)).toMatchObject({ operator: { replicaCount: 1 }, metricsServer: { replicaCount: 1 } });
  expect(small.values(CONTEXT)).not.toHaveProperty("podDisruptionBudget");
});

test("the operator is reached by the server of its measures alone, and that one at a port that GKE's control plane may use", () => {
  const addon = keda({ profile: "small" });
  expect(addon.objects).toMatchObject([
    {
      metadata: { name: "keda-operator", namespace: "keda" },
      spec: {
        podSelector: { matchLabels: { app: "keda-operator" } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app: "keda-operator-metrics-apiserver" } } }] }],
      },
    },
    { spec: { ingress: [{ ports: [{ port: 10_250 }] }] } },
  ]);
  expect(addon.values(CONTEXT)).toMatchObject({ service: { portHttpsTarget: 10_250 } });
});
