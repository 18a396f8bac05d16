import { local } from "../../constructs/clouds/local";
import { environment } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { cron, http, type ReplicatedSpec, worker } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { literalObjects } from "../../scripts/engine/application-objects";
import { api, apply, diff, kubectl, must } from "./support/cluster";
import { refusals } from "./support/refusals";
import { ofKind } from "./support/rendered";

/* Whatever a workload may say of its pods, all of it at once, on a real control plane: taken, running, and left alone. */

const image = "registry.example.com/all:v1.2.3";
const inLinux = [{ key: "kubernetes.io/os", operator: "In" as const, values: ["linux"] }];
const container = { image, command: ["work"], config: { MODE: "first" }, mounts: { scratch: "/scratch" } };

const common = {
  image,
  annotations: { "example.com/contact": "team" },
  labels: { "example.com/tier": "first" },
  serviceAccount: { annotations: { "example.com/audited": "yes" } },
  scheduling: {
    nodeSelector: { "kubernetes.io/arch": "amd64" },
    tolerations: [{ key: "example.com/own", operator: "Exists" as const, effect: "NoSchedule" as const }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: inLinux }] },
      },
    },
    priorityClass: "pod-fields",
  },
  hostAliases: [{ ip: "10.0.0.5", hostnames: ["legacy.example.com"] }],
  initContainers: { unpack: container, warm: container },
  volumes: {
    scratch: { mountPath: "/scratch", ephemeral: "disk" as const, size: "1Gi" as const },
    quick: { mountPath: "/quick", ephemeral: "memory" as const, size: "16Mi" as const },
    settings: { mountPath: "/etc/settings", files: { "app.ini": "level=debug\n" } },
    authorities: { mountPath: "/etc/corporate", configMap: "corporate-ca" },
    client: { mountPath: "/run/client", secret: "tls-client" },
  },
};

const replicated: ReplicatedSpec = {
  ...common,
  startup: { failureThreshold: 60 },
  sidecars: {
    proxy: { ...container, ports: { proxy: 9113 }, readiness: { path: "/ready" }, liveness: { command: ["alive"] } },
  },
  ports: {
    metrics: { port: 9464, appProtocol: "http" },
    statistics: { port: 8125, protocol: "UDP", appProtocol: "example.com/statsd" },
  },
  autoscaling: {
    ...{ min: 2, max: 3, cpu: 70 },
    metrics: {
      busy: { type: "Pods", metric: "busy", averageValue: 4.5 },
      queue: { type: "External", metric: "messages", selector: { queue: "orders" }, averageValue: 30_000 },
      requests: {
        ...{ type: "Object", metric: "requests", value: 2_000_000 },
        object: { apiVersion: "v1", kind: "Service", name: "fields-web" },
      },
    },
    behavior: { scaleUp: { stabilizationWindowSeconds: 30 }, scaleDown: { selectPolicy: "Disabled" } },
  },
};

const [loaded] = loadEnvironments([
  environment({
    name: "fields",
    cloud: local(),
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "fields",
    metricsApis: ["custom", "external"],
    applications: [
      {
        application: application({
          name: "fields",
          owner: "fields",
          workloads: {
            web: http({ ...replicated, needs: [{ to: "queue", port: "statistics" }] }),
            rpc: http({ ...replicated, protocol: "grpc" }),
            queue: worker({ ...replicated, healthCommand: ["alive"], needs: [{ to: "web", port: "metrics" }] }),
            nightly: cron({ ...common, schedule: "0 3 * * *" }),
          },
        }),
      },
    ],
  }),
]);
const [resolved] = loaded?.applications ?? [];
if (loaded === undefined || resolved === undefined) throw new Error("there is no application");
const { namespace } = resolved;
const objects = literalObjects(loaded, resolved);
const deployments = ofKind(objects, "Deployment");

beforeAll(async () => {
  const name = "pod-fields";
  must(await apply([{ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name }, value: 1000 }]));
});

test("nothing is rejected and nothing is warned of", async () => {
  const { code, stderr, stdout } = await apply(objects);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.trim().split("\n")).toHaveLength(objects.length);
});

test("all that runs becomes available, within its quota", async () => {
  expect(deployments).toHaveLength(3);
  for (const { metadata } of deployments) {
    must(await kubectl(["rollout", "status", `deployment/${metadata.name}`, "-n", namespace, "--timeout=90s"]));
  }
  expect(await refusals(namespace)).toEqual([]);
  const pods = await api.list(`/api/v1/namespaces/${namespace}/pods`);
  expect(pods.map(({ spec }) => Number(spec.priority))).toEqual(pods.map(() => 1000));
});

test("a run of the schedule is taken too", async () => {
  must(await kubectl(["create", "job", "now", "--from=cronjob/fields-nightly", "-n", namespace]));
  must(await kubectl(["wait", "job/now", "-n", namespace, "--for=condition=Complete", "--timeout=90s"]));
});

test("applied again, it changes nothing: quantities come back as they were written", async () => {
  let found = await diff(objects);
  for (let again = 0; again < 3 && found.code !== 0; again++) found = await diff(objects);
  expect(found).toEqual({ code: 0, stdout: "", stderr: "" });
});
