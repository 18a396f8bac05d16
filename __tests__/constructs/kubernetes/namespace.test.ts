import { APPLICATION_NAMESPACE_LABEL } from "../../../constructs/kubernetes/facts";
import { backend, cron, find, render, resolvedApplication, worker } from "../../support/resolved";

describe("the namespace", () => {
  test("is restricted", () => {
    const { metadata } = find(render(), "Namespace", "my-app-prod");
    expect(metadata.labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
    });
    expect(metadata.annotations).toBeUndefined();
    expect(metadata.namespace).toBeUndefined();
  });

  test("is one that the secret store serves", () => {
    expect(find(render(), "Namespace", "my-app-prod").metadata.labels[APPLICATION_NAMESPACE_LABEL]).toBe("my-app");
  });

  test("says which workload weakened it, and why", () => {
    const security = { user: 0, readOnlyRootFilesystem: true, profile: "baseline", reason: "legacy image" } as const;
    const application = resolvedApplication({ workloads: [backend(), worker({ security })], podSecurity: "baseline" });
    const { metadata } = find(render({ application }), "Namespace", "my-app-prod");
    expect(metadata.labels["pod-security.kubernetes.io/enforce"]).toBe("baseline");
    expect(metadata.annotations).toEqual({ "goldenpath/pod-security-worker": "legacy image" });
  });
});

describe("the quota", () => {
  test("admits a rolling update at full size: the surge, and all that are still stopping", () => {
    const application = resolvedApplication({ workloads: [backend()], routes: [] });
    const { hard } = find(render({ application }), "ResourceQuota", "quota").spec;
    const pods = 10 + 3 + 10;
    expect(hard.pods).toBe(String(pods));
    expect(hard["requests.cpu"]).toBe(`${pods * (250 + 25)}m`);
    expect(hard["limits.memory"]).toBe(`${pods * (512 + 128)}Mi`);
  });

  test("has room for a solver pod of every host", () => {
    const workload = cron();
    const route = (host: string, path: string) => ({
      host,
      hostName: host,
      path,
      pathType: "Prefix" as const,
      workload,
    });
    const routes = [route("a.example.com", "/"), route("a.example.com", "/b"), route("b.example.com", "/")];
    const application = resolvedApplication({ workloads: [workload], routes });
    expect(find(render({ application }), "ResourceQuota", "quota").spec.hard.pods).toBe("3");
  });

  test("counts the claims, and lets nobody open a load balancer", () => {
    const { hard } = find(render(), "ResourceQuota", "quota").spec;
    expect(hard).toMatchObject({
      persistentvolumeclaims: "1",
      "requests.storage": "20Gi",
      "services.loadbalancers": "0",
    });
  });

  test("comes with defaults for containers that ask for nothing, which it would refuse", () => {
    const [limits] = find(render(), "LimitRange", "container-defaults").spec.limits;
    expect(Object.keys(limits?.default ?? {})).toEqual(["cpu", "memory"]);
    expect(Object.keys(limits?.defaultRequest ?? {})).toEqual(["cpu", "memory"]);
  });
});

describe("volumes", () => {
  test("take the storage class of their access", () => {
    expect(find(render(), "PersistentVolumeClaim", "my-app-backend-uploads").spec).toEqual({
      accessModes: ["ReadWriteMany"],
      storageClassName: "shared",
      resources: { requests: { storage: "20Gi" } },
    });
  });
});
