import { parse } from "yaml";
import type { HorizontalPodAutoscaler } from "../../../constructs/kubernetes/objects";
import type { Autoscaling } from "../../../constructs/model/workload";
import { changed } from "../../support/changed";
import { find } from "../../support/resolved";
import { only, synthesizeObjects } from "../terraform/synthesize";

/* What an autoscaler goes by and how fast, in each output of the reference application. */

const autoscaling: Autoscaling = {
  ...{ min: 2, max: 8, cpu: 60 },
  metrics: {
    busy: { type: "Pods", metric: "busy_processes", averageValue: 4.5 },
    queue: {
      ...{ type: "External", metric: "rabbitmq_queue_messages", selector: { queue: "orders" } },
      averageValue: 30_000,
    },
    requests: {
      ...{ type: "Object", metric: "requests", value: 2_000_000 },
      object: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: "my-app" },
    },
  },
  behavior: { scaleUp: { stabilizationWindowSeconds: 30 }, scaleDown: { selectPolicy: "Disabled" } },
};
const serving = { production: { metricsApis: ["custom", "external"] as const } };

const here = changed({
  overrides: { production: { frontend: { autoscaling } } },
  environments: serving,
});
const hpa = find(here.objects("production"), "HorizontalPodAutoscaler", "my-app-frontend-hpa");

test("has the measures after CPU and memory, with quantities as the API server writes them", () => {
  expect(hpa.spec.metrics).toEqual([
    { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } } },
    {
      type: "Pods",
      pods: { metric: { name: "busy_processes" }, target: { type: "AverageValue", averageValue: "4500m" } },
    },
    {
      type: "External",
      external: {
        metric: { name: "rabbitmq_queue_messages", selector: { matchLabels: { queue: "orders" } } },
        target: { type: "AverageValue", averageValue: "30k" },
      },
    },
    {
      type: "Object",
      object: {
        describedObject: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: "my-app" },
        metric: { name: "requests" },
        target: { type: "Value", value: "2M" },
      },
    },
  ]);
});

test("behaves as it says, and as all others in what it does not say", () => {
  const before: HorizontalPodAutoscaler = find(
    changed({}).objects("production"),
    "HorizontalPodAutoscaler",
    "my-app-frontend-hpa",
  );
  expect(hpa.spec.behavior).toEqual({
    scaleUp: { ...before.spec.behavior.scaleUp, stabilizationWindowSeconds: 30 },
    scaleDown: { ...before.spec.behavior.scaleDown, selectPolicy: "Disabled" },
  });
});

test("Terraform writes all of it", () => {
  expect(only(synthesizeObjects([hpa]), "kubernetes_horizontal_pod_autoscaler_v2").spec).toMatchObject({
    metric: [
      { type: "Resource" },
      {
        type: "Pods",
        pods: { metric: { name: "busy_processes" }, target: { type: "AverageValue", average_value: "4500m" } },
      },
      {
        type: "External",
        external: { metric: { selector: [{ match_labels: { queue: "orders" } }] }, target: { average_value: "30k" } },
      },
      {
        type: "Object",
        object: {
          described_object: { api_version: "networking.k8s.io/v1", kind: "Ingress", name: "my-app" },
          target: { type: "Value", value: "2M" },
        },
      },
    ],
    behavior: { scale_up: [{ stabilization_window_seconds: 30 }], scale_down: [{ select_policy: "Disabled" }] },
  });
});

test("the chart has values for it, by name, and takes no other measure", () => {
  const files = here.chart();
  const values = parse(files["values-production.yaml"] ?? "") as {
    workloads: { frontend: { autoscaling: object } };
  };
  expect(values.workloads.frontend.autoscaling).toMatchObject({
    metrics: { busy: { type: "Pods" }, queue: { external: { target: { averageValue: "30k" } } } },
    behavior: { scaleDown: { selectPolicy: "Disabled" } },
  });
  const schema = JSON.parse(files["values.schema.json"] ?? "") as {
    properties: { workloads: { properties: Record<string, { properties: Record<string, object> }> } };
  };
  const { frontend, backend } = schema.properties.workloads.properties;
  expect(JSON.stringify(frontend?.properties.autoscaling)).toContain('"busy"');
  expect(backend?.properties.autoscaling).toEqual({ $ref: "#/$defs/autoscaling" });
});

test("environments may write measures in another order, and some of them", () => {
  const ordered = (...names: string[]): Autoscaling => {
    const { metrics = {} } = autoscaling;
    const entries = names.flatMap((name) => Object.entries(metrics).filter(([one]) => one === name));
    return { ...autoscaling, metrics: Object.fromEntries(entries) };
  };
  const some = changed({
    overrides: {
      production: { frontend: { autoscaling: ordered("requests", "queue", "busy") } },
      staging: { frontend: { autoscaling: ordered("queue", "busy"), replicas: undefined } },
    },
    environments: { ...serving, staging: serving.production },
  });
  expect(some.chart()["templates/hpa.yaml"]).toMatch(/busy[^]*queue[^]*requests/);
  expect(find(some.objects("production"), "HorizontalPodAutoscaler", "my-app-frontend-hpa")).toEqual(hpa);
});

test("is in the template where all environments have the same behaviour", () => {
  const same = changed({
    workloads: { frontend: { autoscaling: { min: 2, max: 6, cpu: 70, behavior: autoscaling.behavior } } },
    overrides: {
      local: {
        frontend: { replicas: undefined, autoscaling: { min: 1, max: 2, cpu: 70, behavior: autoscaling.behavior } },
      },
    },
  });
  const files = same.chart();
  expect(files["templates/hpa.yaml"]).toContain("selectPolicy: Disabled");
  expect(files["defaults.yaml"]).not.toContain("behavior");
});

test("neither quota nor Compose go by it, and model.json has it", () => {
  const quota = (objects: ReturnType<typeof here.objects>) => find(objects, "ResourceQuota", "quota").spec;
  const bounds = changed({ overrides: { production: { frontend: { autoscaling: { min: 2, max: 8, cpu: 60 } } } } });
  expect(quota(here.objects("production"))).toEqual(quota(bounds.objects("production")));
  expect(here.compose()).toEqual(changed({}).compose());
  expect(here.parity()).toEqual([]);
  const { production } = here.model().environments;
  expect(production).toMatchObject({ metricsApis: ["custom", "external"] });
  expect(production?.applications["my-app"]?.workloads.frontend).toMatchObject({
    autoscaling: { metrics: { busy: { averageValue: 4.5 } }, behavior: { scaleUp: { selectPolicy: "Max" } } },
  });
});
