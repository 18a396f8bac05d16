import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { Deployment, KubernetesObject, NetworkPolicy } from "../../../constructs/kubernetes/objects";
import { KubernetesResources } from "../../../constructs/terraform/kubernetes-resources";
import { sampleDeployments, sampleWorkloads } from "../../../scripts/bench/sample";
import { render } from "../../support/resolved";
import { claim, configMap, cronJob, denyAll, externalSecret, gatewayObjects, ingress, limits, quota } from "./objects";
import { only, synthesize, synthesizeObjects } from "./synthesize";

const [sample] = sampleDeployments(1);
if (sample === undefined) throw new Error("no sample");
const deployment = sample;

function dependencies(objects: readonly KubernetesObject[], type: string): string[] {
  const { depends_on = [] } = only(synthesizeObjects(objects), type) as { depends_on?: string[] };
  return depends_on.map((address) => address.replace(/_[0-9A-F]{8}$/, "")).sort();
}

describe("addresses", () => {
  const addresses = (objects: readonly KubernetesObject[]) =>
    Object.entries(synthesizeObjects(objects)).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));

  test("are kind and name", () => {
    expect(
      addresses(sampleWorkloads(1))
        .map((address) => address.replace(/_[0-9A-F]{8}$/, ""))
        .sort(),
    ).toEqual([
      "kubernetes_config_map_v1.k_config-map-workload-0",
      "kubernetes_deployment_v1.k_deployment-workload-0",
      "kubernetes_horizontal_pod_autoscaler_v2.k_horizontal-pod-autoscaler-workload-0-hpa",
      "kubernetes_manifest.k_pod-disruption-budget-workload-0",
      "kubernetes_namespace_v1.k_namespace-bench",
      "kubernetes_network_policy_v1.k_network-policy-workload-0",
      "kubernetes_service_account_v1.k_service-account-workload-0",
      "kubernetes_service_v1.k_service-workload-0",
    ]);
  });

  test("stay when objects are added before, or given in another order", () => {
    const one = addresses(sampleWorkloads(1)).sort();
    expect(addresses(sampleWorkloads(2).reverse())).toEqual(expect.arrayContaining(one));
  });

  test("two objects of one kind and name are refused", () => {
    expect(() => synthesizeObjects([configMap, configMap])).toThrow("test/k/config-map-thing: given twice");
  });

  test("are found by kind and name, or it is said that there is none", () => {
    const resource = synthesize((stack) => {
      const resources = new KubernetesResources(stack, "k", { objects: [configMap] });
      new KubernetesProvider(stack, "other", { alias: "other" });
      expect(resources.resource("ConfigMap", "thing").terraformResourceType).toBe("kubernetes_config_map_v1");
      expect(() => resources.resource("Service", "thing")).toThrow("test/k/service-thing: no such object");
    });
    expect(resource).toBeDefined();
  });
});

describe("dependencies", () => {
  test("everything waits for its namespace, and so is gone before it", () => {
    const resources = synthesizeObjects([...sampleWorkloads(1), configMap, denyAll]);
    for (const [type, all] of Object.entries(resources)) {
      if (type === "kubernetes_namespace_v1") continue;
      for (const { depends_on } of Object.values(all) as { depends_on?: string[] }[]) {
        expect(depends_on).toContainEqual(expect.stringContaining("kubernetes_namespace_v1.k_namespace-bench"));
      }
    }
  });

  test("pods wait for what they refer to and for the rules over them", () => {
    const volumes = [{ name: "files", persistentVolumeClaim: { claimName: "thing" } }];
    const spec = { ...deployment.spec.template.spec, volumes };
    const stored: Deployment = {
      ...deployment,
      spec: { ...deployment.spec, template: { ...deployment.spec.template, spec } },
    };
    const others = sampleWorkloads(2).filter(({ kind }) => kind !== "Deployment" && kind !== "HorizontalPodAutoscaler");
    const objects = [stored, ...others, claim, configMap, externalSecret, quota, limits, denyAll];
    expect(dependencies(objects, "kubernetes_deployment_v1")).toEqual([
      "kubernetes_config_map_v1.k_config-map-workload-0",
      "kubernetes_limit_range_v1.k_limit-range-thing",
      "kubernetes_manifest.k_external-secret-thing",
      "kubernetes_namespace_v1.k_namespace-bench",
      "kubernetes_network_policy_v1.k_network-policy-deny-all",
      "kubernetes_network_policy_v1.k_network-policy-workload-0",
      "kubernetes_persistent_volume_claim_v1.k_persistent-volume-claim-thing",
      "kubernetes_resource_quota_v1.k_resource-quota-thing",
      "kubernetes_service_account_v1.k_service-account-workload-0",
    ]);
    expect(dependencies([...others, externalSecret, cronJob], "kubernetes_cron_job_v1")).toContain(
      "kubernetes_manifest.k_external-secret-thing",
    );
  });

  test("a policy counts only for pods that bear all of its labels", () => {
    const podSelector = { matchLabels: { app: "workload-0", version: "other" } };
    const narrower: NetworkPolicy = { ...denyAll, spec: { ...denyAll.spec, podSelector } };
    expect(dependencies([deployment, narrower], "kubernetes_deployment_v1")).toEqual([]);
  });

  test("the autoscaler waits for its Deployment, the route for its Services", () => {
    const objects = [...sampleWorkloads(1), ingress];
    expect(dependencies(objects, "kubernetes_horizontal_pod_autoscaler_v2")).toContain(
      "kubernetes_deployment_v1.k_deployment-workload-0",
    );
    expect(dependencies(objects, "kubernetes_ingress_v1")).toContain("kubernetes_service_v1.k_service-workload-0");
  });
});

test("a route waits for its Gateway and Services, a policy for what it applies to", () => {
  const service = render().filter(({ kind, metadata }) => kind === "Service" && metadata.name === "my-app-backend");
  const manifests = Object.entries(synthesizeObjects([...gatewayObjects, ...service]).kubernetes_manifest ?? {});
  const short = (address: string) => address.replace(/^[a-z0-9_]+\.k_|_[0-9A-F]{8}$/g, "").replace(/^k_/, "");
  const waits = manifests.map(([id, block]) => {
    const { depends_on = [] } = block as { depends_on?: string[] };
    return [short(id), depends_on.map(short)];
  });
  expect(Object.fromEntries(waits)).toEqual({
    "gateway-my-app-gateway": [],
    "client-traffic-policy-my-app-clients": ["gateway-my-app-gateway"],
    "httproute-my-app-redirect": ["gateway-my-app-gateway"],
    "httproute-my-app-apiexamplecom": ["gateway-my-app-gateway", "service-my-app-backend"],
    "backend-traffic-policy-my-app-backends": ["httproute-my-app-apiexamplecom"],
  });
});

test("replicas are the autoscaler's where there is one", () => {
  const scaled = only(synthesizeObjects(sampleWorkloads(1)), "kubernetes_deployment_v1");
  expect(scaled.lifecycle).toEqual({ ignore_changes: ["spec[0].replicas"] });
  expect(scaled.spec.replicas).toBe("3");
  expect(only(synthesizeObjects([deployment]), "kubernetes_deployment_v1").lifecycle).toBeUndefined();
});
