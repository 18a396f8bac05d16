import { backend, cron, find, frontend, render, resolvedApplication, worker } from "../../support/resolved";

describe("my-app-backend-hpa", () => {
  const { spec } = find(render(), "HorizontalPodAutoscaler", "my-app-backend-hpa");

  test("has the given bounds and targets", () => {
    expect(spec).toMatchObject({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "my-app-backend" },
      minReplicas: 3,
      maxReplicas: 10,
    });
    const use = (name: string, averageUtilization: number) => ({
      type: "Resource",
      resource: { name, target: { type: "Utilization", averageUtilization } },
    });
    expect(spec.metrics).toEqual([use("cpu", 70), use("memory", 80)]);
  });

  test("goes up at once and down slowly", () => {
    expect(spec.behavior.scaleUp.stabilizationWindowSeconds).toBe(0);
    expect(spec.behavior.scaleDown.stabilizationWindowSeconds).toBe(300);
    expect(spec.behavior.scaleUp.policies[0]?.value).toBeGreaterThan(spec.behavior.scaleDown.policies[0]?.value ?? 0);
  });

  test("is only where the workload asks for one, with the metrics it asks for", () => {
    const application = resolvedApplication({
      workloads: [frontend({ autoscaling: { min: 2, max: 4, cpu: 60 } }), worker()],
    });
    const autoscalers = render({ application }).filter(({ kind }) => kind === "HorizontalPodAutoscaler");
    expect(autoscalers.map(({ metadata }) => metadata.name)).toEqual(["my-app-frontend-hpa"]);
    const only = find(render({ application }), "HorizontalPodAutoscaler", "my-app-frontend-hpa");
    expect(only.spec.metrics).toMatchObject([{ resource: { name: "cpu" } }]);
  });
});

describe("disruption budgets", () => {
  test("lose one pod at a time, sick ones always", () => {
    expect(find(render(), "PodDisruptionBudget", "my-app-backend-pdb").spec).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: { app: "my-app-backend" } },
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    });
  });

  test("are not for what can have one pod only, nor for runs of a schedule", () => {
    const budgets = (workloads: Parameters<typeof resolvedApplication>[0]) =>
      render({ application: resolvedApplication(workloads) })
        .filter(({ kind }) => kind === "PodDisruptionBudget")
        .map(({ metadata }) => metadata.name);
    expect(budgets({ workloads: [worker(), cron()] })).toEqual([]);
    expect(budgets({ workloads: [worker({ autoscaling: { min: 1, max: 2, cpu: 70 } })] })).toEqual([
      "my-app-worker-pdb",
    ]);
  });
});

describe("services", () => {
  test("of the backend: FastCGI as given, and HTTP in front", () => {
    expect(find(render(), "Service", "my-app-backend").spec).toEqual({
      type: "ClusterIP",
      selector: { app: "my-app-backend" },
      ports: [
        { name: "php-fpm", port: 9000, targetPort: 9000, protocol: "TCP" },
        { name: "http", port: 80, targetPort: "http", protocol: "TCP" },
      ],
    });
  });

  test("have a port http that leads to a container's, where the URL of an edge points", () => {
    const objects = render();
    for (const workload of [backend(), frontend()]) {
      const port = find(objects, "Service", workload.objectName).spec.ports.find(({ name }) => name === "http");
      expect(port).toMatchObject({ port: 80, targetPort: "http" });
      const { containers } = find(objects, "Deployment", workload.objectName).spec.template.spec;
      const named = containers.flatMap(({ ports }) => ports ?? []).filter(({ name }) => name === "http");
      expect(named.map(({ containerPort }) => containerPort)).toEqual([workload.kind === "http" ? 3000 : 8080]);
    }
  });

  test("are not for workloads without a port", () => {
    const names = render().flatMap(({ kind, metadata }) => (kind === "Service" ? [metadata.name] : []));
    expect(names).toEqual(["my-app-backend", "my-app-frontend"]);
  });
});
