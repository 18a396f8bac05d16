import { parse } from "yaml";
import { loadEnvironments } from "../../../constructs/model/load";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { local } from "../../../environments/local";
import { PARTNER_CA } from "../../support/certificate";
import { changed } from "../../support/changed";
import { BY_QUEUE } from "../../support/queues";
import { find } from "../../support/resolved";
import { synthesizeObjects } from "../terraform/synthesize";

/* A worker that is scaled on the length of its queue, in each output of the reference application. */

const NAME = "my-app-consumer";
const consumer = { autoscaling: BY_QUEUE };
const small = { autoscaling: { ...BY_QUEUE, min: 1, max: 2 }, replicas: undefined };

const everywhere = changed({
  workloads: { consumer },
  overrides: Object.fromEntries(
    ["staging", "gke-staging", "aks-staging", "local"].map((name) => [name, { consumer: small }]),
  ),
  environments: Object.fromEntries(
    ["production", "staging", "gke-staging", "aks-staging", "local"].map((name) => [name, { eventScaling: "keda" }]),
  ),
});
const inProduction = changed({
  overrides: { production: { consumer } },
  environments: { production: { eventScaling: "keda" } },
});

test("KEDA is told of the Deployment, and this program makes no autoscaler of its own", () => {
  const objects = inProduction.objects("production");
  expect(find(objects, "ScaledObject", NAME).spec).toEqual({
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: NAME },
    minReplicaCount: 2,
    maxReplicaCount: 6,
    advanced: {
      restoreToOriginalReplicaCount: false,
      horizontalPodAutoscalerConfig: {
        name: `${NAME}-queue`,
        behavior: find(objects, "HorizontalPodAutoscaler", "my-app-backend-hpa").spec.behavior,
      },
    },
    triggers: [
      {
        type: "rabbitmq",
        metadata: { protocol: "amqp", mode: "QueueLength", queueName: "events", value: "50" },
        authenticationRef: { name: NAME },
      },
    ],
  });
  expect(
    objects.filter(({ kind, metadata }) => kind === "HorizontalPodAutoscaler" && metadata.name.startsWith(NAME)),
  ).toEqual([]);
  expect(find(objects, "PodDisruptionBudget", `${NAME}-pdb`)).toBeDefined();
});

test("it signs in as the workload does: by the address in the application's Secret", () => {
  const objects = inProduction.objects("production");
  const { spec } = find(objects, "TriggerAuthentication", NAME);
  const address = { parameter: "host", name: "my-app-secrets", key: "consumer-rabbitmq-url" };
  expect(spec).toEqual({ secretTargetRef: [address] });
  const { env = [] } = find(objects, "Deployment", NAME).spec.template.spec.containers[0] ?? {};
  expect(env).toContainEqual({
    name: "RABBITMQ_URL",
    valueFrom: { secretKeyRef: { name: address.name, key: address.key } },
  });
  // Amazon MQ's certificate is of an authority that every system knows, and no pod of the namespace is asked.
  expect(objects.filter(({ metadata }) => metadata.name.startsWith(`${NAME}.queue`))).toEqual([]);
});

test.each(["gke-staging", "aks-staging", "local"])(
  "in %s the broker's own authority is trusted, and lets KEDA in",
  (name) => {
    const objects = everywhere.objects(name);
    const { spec } = find(objects, "TriggerAuthentication", NAME);
    expect(spec.secretTargetRef?.map(({ parameter }) => parameter)).toEqual(["host", "ca"]);
    expect(spec.configMapTargetRef).toEqual([{ parameter: "tls", name: `${NAME}.queue`, key: "tls" }]);
    expect(find(objects, "ConfigMap", `${NAME}.queue`).data).toEqual({ tls: "enable" });
    const { spec: policy } = find(objects, "NetworkPolicy", `${NAME}.queue`);
    expect(policy.ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "keda" } },
            podSelector: { matchLabels: { app: "keda-operator" } },
          },
        ],
        ports: [{ port: 5671, protocol: "TCP" }],
      },
    ]);
    const broker = find(objects, "RabbitmqCluster", "my-app-events");
    expect(Object.values(policy.podSelector.matchLabels ?? {})).toContain(broker.metadata.name);
  },
);

test("Terraform waits for the Deployment and for how to sign in, and leaves replicas alone", () => {
  const objects = everywhere.objects("local");
  const stack = synthesizeObjects(objects);
  const manifests = Object.entries(stack["kubernetes_manifest"] ?? {}) as [
    string,
    { depends_on?: string[]; computed_fields?: string[]; manifest: { kind: string } },
  ][];
  const of = (kind: string) => manifests.find(([, { manifest }]) => manifest.kind === kind)?.[1];
  const waits = (kind: string) => (of(kind)?.depends_on ?? []).join("\n");
  expect(waits("ScaledObject")).toMatch(/kubernetes_deployment_v1[^]*kubernetes_manifest/);
  expect(waits("TriggerAuthentication")).toContain("kubernetes_config_map_v1");
  expect(of("ScaledObject")?.computed_fields).toContain("metadata.finalizers");
  const deployments = Object.values(stack["kubernetes_deployment_v1"] ?? {}) as {
    metadata: { name: string };
    lifecycle?: { ignore_changes?: string[] };
  }[];
  const deployment = deployments.find(({ metadata }) => metadata.name === NAME);
  expect(deployment?.lifecycle?.ignore_changes).toContain("spec[0].replicas");
});

test("the chart has both, and in each environment one of them", () => {
  const mixed = changed({
    overrides: {
      production: { consumer },
      staging: { consumer: { autoscaling: { min: 2, max: 3, cpu: 70 }, replicas: undefined } },
    },
    environments: { production: { eventScaling: "keda" } },
  });
  const files = mixed.chart();
  expect(files["templates/scaledobject.yaml"]).toContain(
    "if and $workload.autoscaling.enabled $workload.autoscaling.queue",
  );
  expect(files["templates/hpa.yaml"]).toContain(
    "if and $workload.autoscaling.enabled (not $workload.autoscaling.queue)",
  );
  const scaling = (name: string): unknown => {
    const values = parse(files[`values-${name}.yaml`] ?? "") as { workloads: { consumer: { autoscaling: unknown } } };
    return values.workloads.consumer.autoscaling;
  };
  expect(scaling("production")).toMatchObject({
    ...{ enabled: true, maxReplicas: 6 },
    queue: { name: "events", messagesPerPod: 50 },
  });
  expect(scaling("staging")).toMatchObject({ enabled: true, maxReplicas: 3, cpu: 70 });
  expect(scaling("staging")).not.toHaveProperty("queue.name");
  expect(files["values.schema.json"]).toContain("messagesPerPod");
});

test("the chart of an application that is scaled so everywhere", () => {
  const files = everywhere.chart();
  expect(files["templates/scaledobject.yaml"]).toContain("queueName: {{ $workload.autoscaling.queue.name | quote }}");
  expect(files["templates/scaledobject.yaml"]).toContain(
    "value: {{ $workload.autoscaling.queue.messagesPerPod | int | quote }}",
  );
});

test("the quota counts its maximum, Compose has one of each, and model.json tells it", () => {
  const bounds = changed({ overrides: { production: { consumer: { autoscaling: { min: 2, max: 6, cpu: 70 } } } } });
  const quota = (objects: ReturnType<typeof bounds.objects>) => find(objects, "ResourceQuota", "quota").spec;
  expect(quota(inProduction.objects("production"))).toEqual(quota(bounds.objects("production")));
  expect(everywhere.compose()).toEqual(changed({}).compose());
  expect(everywhere.parity()).toEqual([]);
  const { production, staging } = inProduction.model().environments;
  expect(production).toMatchObject({ eventScaling: "keda" });
  expect(staging).not.toHaveProperty("eventScaling");
  expect(production?.applications["my-app"]?.workloads.consumer).toMatchObject({ autoscaling: BY_QUEUE });
});

test("at a broker of somebody else KEDA trusts the certificates that were given, and needs no policy of ours", () => {
  const external = {
    ...{ host: "mq.partner.example", parts: { username: "shop" }, caBundle: PARTNER_CA },
    secrets: { password: "events-password" },
  };
  const [environment] = renderEnvironments(
    loadEnvironments([
      {
        ...local,
        eventScaling: "keda" as const,
        applications: local.applications.map((overlay) => ({
          ...overlay,
          services: { events: { placement: "external" as const, external } },
          workloads: { ...overlay.workloads, consumer: { autoscaling: BY_QUEUE } },
        })),
      },
    ]),
  );
  const [application] = environment?.applications ?? [];
  const objects = [...(application?.prepared ?? []), ...(application?.released ?? [])];
  expect(find(objects, "TriggerAuthentication", NAME).spec).toEqual({
    secretTargetRef: [{ parameter: "host", name: "my-app-secrets", key: expect.stringMatching(/rabbitmq-url$/) }],
    configMapTargetRef: [
      { parameter: "ca", name: "my-app.ca-bundles", key: "events.pem" },
      { parameter: "tls", name: `${NAME}.queue`, key: "tls" },
    ],
  });
  expect(find(objects, "ConfigMap", "my-app.ca-bundles").data).toEqual({ "events.pem": PARTNER_CA });
  const policies = objects.filter(({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name.endsWith(".queue"));
  expect(policies).toEqual([]);
});
