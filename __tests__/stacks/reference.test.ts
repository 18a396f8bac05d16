import { named, stack, synthesizeReference } from "../support/reference";

/*
 * Every value that the reference application was given, in the stack that deploys it.
 */

const synthesis = synthesizeReference();
const production = stack(synthesis, "production");
const staging = stack(synthesis, "staging");

test("namespaces my-app-staging and my-app-prod, with Pod Security restricted", () => {
  const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
  expect(named(production, "kubernetes_namespace_v1", "my-app-prod")).toMatchObject({ metadata: { labels } });
  expect(named(staging, "kubernetes_namespace_v1", "my-app-staging")).toMatchObject({ metadata: { labels } });
});

describe("backend", () => {
  const backend = named(production, "kubernetes_deployment_v1", "my-app-backend");

  test("Deployment: image, port, labels, resources, and a selector without the version", () => {
    expect(backend).toMatchObject({
      metadata: { namespace: "my-app-prod", labels: { app: "my-app-backend", version: "v1.2.3" } },
      spec: {
        replicas: "3",
        template: {
          metadata: { labels: { app: "my-app-backend", version: "v1.2.3" } },
          spec: {
            container: expect.arrayContaining([
              expect.objectContaining({
                name: "backend",
                image: "registry.example.com/backend:v1.2.3",
                port: [{ name: "php-fpm", container_port: 9000, protocol: "TCP" }],
                resources: {
                  requests: expect.objectContaining({ cpu: "250m", memory: "256Mi" }),
                  limits: expect.objectContaining({ cpu: "500m", memory: "512Mi" }),
                },
              }),
            ]),
          },
        },
      },
    });
    expect(backend).toHaveProperty("spec.selector", { match_labels: { app: "my-app-backend" } });
  });

  test("probes run php-fpm-healthcheck, as often as given, with a stated timeout", () => {
    const probe = { timeout_seconds: 3, failure_threshold: 3 };
    expect(backend).toHaveProperty("spec.template.spec.container[0].liveness_probe", {
      ...probe,
      exec: { command: ["php-fpm-healthcheck"] },
      initial_delay_seconds: 30,
      period_seconds: 10,
    });
    expect(backend).toHaveProperty("spec.template.spec.container[0].readiness_probe", {
      ...probe,
      exec: { command: ["php-fpm-healthcheck", "--listen-queue=70"] },
      initial_delay_seconds: 5,
      period_seconds: 5,
    });
  });

  test("DATABASE_URL and the Stripe key come from my-app-secrets", () => {
    expect(backend).toHaveProperty(
      "spec.template.spec.container[0].env",
      expect.arrayContaining([
        { name: "DATABASE_URL", value_from: { secret_key_ref: { name: "my-app-secrets", key: "database-url" } } },
        { name: "STRIPE_KEY", value_from: { secret_key_ref: { name: "my-app-secrets", key: "stripe-key" } } },
      ]),
    );
  });

  test("Service: FastCGI on 9000 as given, and HTTP for routes", () => {
    expect(named(production, "kubernetes_service_v1", "my-app-backend")).toMatchObject({
      spec: {
        type: "ClusterIP",
        selector: { app: "my-app-backend" },
        port: expect.arrayContaining([
          expect.objectContaining({ port: 9000, target_port: "9000" }),
          expect.objectContaining({ name: "http", port: 80, target_port: "http" }),
        ]),
      },
    });
  });

  test("HPA: 3 to 10 pods at 70 % CPU and 80 % memory, and Terraform leaves the replicas to it", () => {
    const metric = (name: string, average_utilization: number) => ({
      type: "Resource",
      resource: { name, target: { type: "Utilization", average_utilization } },
    });
    expect(named(production, "kubernetes_horizontal_pod_autoscaler_v2", "my-app-backend-hpa")).toMatchObject({
      spec: {
        min_replicas: 3,
        max_replicas: 10,
        scale_target_ref: { kind: "Deployment", name: "my-app-backend" },
        metric: [metric("cpu", 70), metric("memory", 80)],
      },
    });
    expect(backend).toHaveProperty("lifecycle.ignore_changes", expect.arrayContaining(["spec[0].replicas"]));
  });

  test("uploads are shared by all replicas in all zones", () => {
    expect(named(production, "kubernetes_persistent_volume_claim_v1", "my-app-backend-uploads")).toMatchObject({
      spec: { access_modes: ["ReadWriteMany"], storage_class_name: "efs" },
    });
  });
});

test("a workload without an autoscaler keeps its replicas in Terraform", () => {
  const consumer = named(staging, "kubernetes_deployment_v1", "my-app-consumer");
  expect(consumer).toHaveProperty("spec.replicas", "1");
  expect(consumer).not.toHaveProperty("lifecycle.ignore_changes", expect.arrayContaining(["spec[0].replicas"]));
});

test("cron is a CronJob of the backend image", () => {
  expect(named(production, "kubernetes_cron_job_v1", "my-app-cron")).toMatchObject({
    spec: {
      schedule: "*/5 * * * *",
      concurrency_policy: "Forbid",
      starting_deadline_seconds: 120,
      job_template: {
        spec: {
          active_deadline_seconds: 600,
          template: {
            spec: { container: [expect.objectContaining({ image: "registry.example.com/backend:v1.2.3" })] },
          },
        },
      },
    },
  });
});

test.each([
  ["production", "api.example.com", production],
  ["staging", "staging.example.com", staging],
] as const)("the Ingress of %s: %s, class nginx, TLS, redirect, 100 requests per second", (_name, host, json) => {
  const ingress = named(json, "kubernetes_ingress_v1", "my-app-ingress");
  expect(ingress).toMatchObject({
    metadata: {
      annotations: {
        "cert-manager.io/cluster-issuer": "letsencrypt-prod",
        "nginx.ingress.kubernetes.io/ssl-redirect": "true",
        "nginx.ingress.kubernetes.io/limit-rps": "100",
      },
    },
    spec: {
      ingress_class_name: "nginx",
      tls: expect.arrayContaining([{ hosts: [host], secret_name: "my-app-tls" }]),
      rule: expect.arrayContaining([
        {
          host,
          http: {
            path: [
              {
                path: "/",
                path_type: "Prefix",
                backend: { service: { name: "my-app-backend", port: { name: "http" } } },
              },
            ],
          },
        },
      ]),
    },
  });
});

test("my-app-secrets is assembled in the cluster, encoded part by part", () => {
  const secret = named(production, "kubernetes_manifest", "my-app-secrets");
  const data = (secret.manifest as { spec: { target: { template: { data: Record<string, string> } } } }).spec.target
    .template.data;
  expect(Object.keys(data).sort()).toEqual([
    "consumer-database-url",
    "consumer-rabbitmq-url",
    "cron-database-url",
    "database-url",
    "migrate-database-url",
    "rabbitmq-url",
    "redis-url",
    "stripe-key",
  ]);
  expect(data["database-url"]).toMatch(
    /^mysql:\/\/app\.backend:\{\{.*urlquery.*\}\}@\$\{aws_db_instance\..*\}:3306\/app_db$/,
  );
  expect(data["redis-url"]).toMatch(/^rediss:\/\//);
  expect(data["rabbitmq-url"]).toMatch(/^amqps:\/\//);
});

test("each environment is its own size, from one application", () => {
  const database = (json: typeof production) => Object.values(json.resource.aws_db_instance ?? {})[0];
  expect(database(production)).toMatchObject({
    multi_az: true,
    allocated_storage: 200,
    backup_retention_period: 30,
    deletion_protection: true,
    skip_final_snapshot: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(database(staging)).toMatchObject({ multi_az: false, allocated_storage: 20, deletion_protection: false });
});
