import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { find, provided, render, routing } from "../../support/resolved";

const title = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

test("renders the objects of the application in one order", () => {
  expect(render().map(title)).toEqual([
    "Namespace my-app-prod",
    "ResourceQuota quota",
    "LimitRange container-defaults",
    "NetworkPolicy default-deny",
    "NetworkPolicy allow-dns",
    "NetworkPolicy allow-acme-solver",
    "ServiceAccount my-app-backend",
    "ConfigMap my-app-backend.connections",
    "PersistentVolumeClaim my-app-backend-uploads",
    "NetworkPolicy my-app-backend",
    "ServiceAccount my-app-frontend",
    "NetworkPolicy my-app-frontend",
    "ServiceAccount my-app-worker",
    "ConfigMap my-app-worker.connections",
    "NetworkPolicy my-app-worker",
    "ServiceAccount my-app-cron",
    "ConfigMap my-app-cron.connections",
    "NetworkPolicy my-app-cron",
    "ExternalSecret my-app-secrets",
    "ConfigMap my-app-backend",
    "ConfigMap my-app-backend.server",
    "Deployment my-app-backend",
    "Service my-app-backend",
    "HorizontalPodAutoscaler my-app-backend-hpa",
    "PodDisruptionBudget my-app-backend-pdb",
    "ConfigMap my-app-frontend",
    "Deployment my-app-frontend",
    "Service my-app-frontend",
    "PodDisruptionBudget my-app-frontend-pdb",
    "ConfigMap my-app-worker",
    "Deployment my-app-worker",
    "ConfigMap my-app-cron",
    "CronJob my-app-cron",
  ]);
});

test("gives the same bytes each time", () => {
  expect(JSON.stringify(render())).toBe(JSON.stringify(render()));
});

test("puts every object into the namespace and gives it an owner", () => {
  for (const { kind, metadata } of render()) {
    expect(metadata.labels).toMatchObject({ owner: "team-shop", "app.kubernetes.io/part-of": "my-app" });
    if (kind !== "Namespace") expect(metadata.namespace).toBe("my-app-prod");
  }
});

test("leaves absent fields out", () => {
  const absent: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (value === undefined) absent.push(path);
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    }
  };
  render().forEach((object) => {
    walk(object, title(object));
  });
  expect(absent).toEqual([]);
});

test("ends with the objects of the chosen routing", () => {
  const ingress: KubernetesObject = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "my-app-ingress", namespace: "my-app-prod", labels: {} },
    spec: { ingressClassName: "nginx", tls: [], rules: [] },
  };
  expect(render({ routing: { ...routing, objects: () => [ingress] } }).at(-1)).toBe(ingress);
});

test("gives each workload its identity, and a token of the cluster to none", () => {
  const annotations = { "example.com/role": "backend" };
  const objects = render({
    provided: provided({ identity: (name) => (name === "backend" ? { annotations } : undefined) }),
  });
  const account = find(objects, "ServiceAccount", "my-app-backend");
  expect(account.metadata.annotations).toEqual(annotations);
  expect(account.automountServiceAccountToken).toBe(false);
  expect(find(objects, "ServiceAccount", "my-app-worker").metadata.annotations).toBeUndefined();
});

test("puts an identity's labels on the pods of its workload, and not where they would change what selects them", () => {
  const podLabels = { "azure.workload.identity/use": "true", app: "other" };
  const identity = { annotations: {}, podLabels };
  const objects = render({
    provided: provided({ identity: (name) => (["backend", "cron"].includes(name) ? identity : undefined) }),
  });
  const { metadata, spec } = find(objects, "Deployment", "my-app-backend");
  expect(spec.template.metadata.labels).toMatchObject({ "azure.workload.identity/use": "true", app: "my-app-backend" });
  expect(spec.selector.matchLabels).toEqual({ app: "my-app-backend" });
  expect(metadata.labels).not.toHaveProperty(["azure.workload.identity/use"]);
  const job = find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template;
  expect(job.metadata.labels).toHaveProperty(["azure.workload.identity/use"], "true");
  expect(JSON.stringify(find(objects, "Deployment", "my-app-frontend"))).not.toContain("azure.workload.identity");
});
