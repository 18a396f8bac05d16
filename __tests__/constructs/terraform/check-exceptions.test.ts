import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App } from "cdktf";
import { OBJECT_EXCEPTIONS, objectExceptions } from "../../../constructs/kubernetes/check-exceptions";
import { checkExceptions, exceptChecks } from "../../../constructs/terraform/check-exceptions";
import { FastStack } from "../../../constructs/terraform/fast-stack";
import { KubernetesResources } from "../../../constructs/terraform/kubernetes-resources";
import { find, render } from "../../support/resolved";
import { configMap } from "./objects";
import { synthesize } from "./synthesize";

const EXCEPTION = { checks: ["CKV_1"], reason: "as good as it gets" };

test("are kept on their resource, and nothing of them is synthesized", () => {
  const build = (...exceptions: (typeof EXCEPTION)[]) =>
    synthesize((stack) => {
      const resource = new KubernetesResources(stack, "k", { objects: [configMap] }).resource("ConfigMap", "thing");
      exceptChecks(resource, ...exceptions);
      expect(checkExceptions(resource)).toEqual(exceptions);
    });
  expect(build(EXCEPTION)).toEqual(build());
});

test("those of a Kubernetes object are on its Terraform resource", () => {
  const objects = render();
  const stack = new FastStack(new App(), "test");
  new KubernetesProvider(stack, "kubernetes");
  const resources = new KubernetesResources(stack, "k", { objects });
  const frontend = find(objects, "Deployment", "my-app-frontend");
  expect(objectExceptions(frontend).length).toBeGreaterThan(0);
  expect(checkExceptions(resources.resource("Deployment", "my-app-frontend"))).toEqual(objectExceptions(frontend));
});

test("name a kind of workload, not every one", () => {
  const checks = (kind: "Deployment" | "CronJob", name: string) =>
    objectExceptions(find(render(), kind, name)).flatMap((exception) => exception.checks);
  expect(checks("Deployment", "my-app-worker")).toContain("CKV_K8S_9");
  expect(checks("Deployment", "my-app-frontend")).not.toContain("CKV_K8S_9");
  expect(checks("Deployment", "my-app-frontend")).not.toContain("pod-probes-identical");
  expect(checks("CronJob", "my-app-cron")).not.toContain("deployment-has-host-podantiaffinity");
});

test("say why, in a sentence", () => {
  for (const { checks, reason } of OBJECT_EXCEPTIONS) {
    expect(checks.length).toBeGreaterThan(0);
    expect(reason).toMatch(/^\S.{20,}[^.\s]$/);
  }
});
