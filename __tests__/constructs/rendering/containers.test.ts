import { parse } from "yaml";
import { changed } from "../../support/changed";
import { find, findJob } from "../../support/resolved";
import { only, synthesizeObjects } from "../terraform/synthesize";

/* Containers beside a workload's own, in each output of the reference application. */

const proxy = {
  image: "registry.example.com/proxy:v2",
  args: ["--listen", "$(HOST):9090"],
  config: { HOST: "0.0.0.0", QUERY: "$(X) ${Y} a" },
  secrets: ["stripe-key"],
  mounts: { uploads: "/uploads" },
  ports: { metrics: 9113 },
  readiness: { path: "/ready", periodSeconds: 7 },
  liveness: { command: ["alive"] },
  startup: { path: "/ready", port: "metrics" },
};
const wait = { image: "registry.example.com/wait:v1", command: ["wait-for", "db"], mounts: { uploads: "/data" } };
const warm = {
  image: "registry.example.com/warm:v1",
  resources: { requests: { cpu: "2", memory: "64Mi" }, limits: { cpu: "3", memory: "1Gi" } },
} as const;

const workloads = {
  backend: { initContainers: { wait, warm }, sidecars: { proxy }, startup: {} },
  cron: { initContainers: { warm } },
  migrate: { initContainers: { warm } },
  frontend: { startup: { periodSeconds: 20, failureThreshold: 60 } },
};
const everywhere = changed({ workloads });
const backend = find(everywhere.objects("production"), "Deployment", "my-app-backend");
const { spec } = backend.spec.template;

test("init containers run in their order, and sidecars beside the workload's own", () => {
  expect(spec.initContainers?.map(({ name }) => name)).toEqual(["wait", "warm"]);
  expect(spec.containers.map(({ name }) => name)).toEqual(["backend", "backend-nginx", "proxy"]);
});

test("each runs as the workload does, with a folder and the volumes that it names", () => {
  for (const one of [...(spec.initContainers ?? []), ...spec.containers]) {
    expect(one.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(one.resources.limits["ephemeral-storage"]).toBeDefined();
  }
  expect(spec.containers[2]).toMatchObject({
    image: proxy.image,
    imagePullPolicy: "IfNotPresent",
    // Nobody expands what is meant as it is.
    args: ["--listen", "$$(HOST):9090"],
    env: [
      { name: "HOST", value: "0.0.0.0" },
      { name: "QUERY", value: "$$(X) ${Y} a" },
      { name: "STRIPE_KEY", valueFrom: { secretKeyRef: { name: "my-app-secrets", key: "stripe-key" } } },
    ],
    ports: [{ name: "metrics", containerPort: 9113, protocol: "TCP" }],
    startupProbe: { httpGet: { path: "/ready", port: "metrics" }, failureThreshold: 30 },
    livenessProbe: { exec: { command: ["alive"] } },
    readinessProbe: { httpGet: { path: "/ready", port: "metrics" }, periodSeconds: 7 },
    volumeMounts: [
      { name: "tmp-proxy", mountPath: "/tmp" },
      { name: "volume-uploads", mountPath: "/uploads" },
    ],
  });
  const mounted = new Set(spec.containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name)));
  for (const name of mounted) expect(spec.volumes.map((volume) => volume.name)).toContain(name);
});

test("Reloader watches what a sidecar reads", () => {
  const without = { needs: [], secrets: [], sidecars: { proxy: { ...proxy, mounts: {} } } };
  const { metadata } = find(
    changed({ workloads: { consumer: without } }).objects("production"),
    "Deployment",
    "my-app-consumer",
  );
  expect(metadata.annotations?.["secret.reloader.stakater.com/reload"]).toBe("my-app-secrets");
});

test("a secret that a sidecar alone reads is fetched", () => {
  const secrets = { licence: { variable: "LICENCE", description: "of the proxy" } };
  const objects = changed({
    application: { secrets: { "stripe-key": { variable: "STRIPE_KEY", description: "key" }, ...secrets } },
    workloads: { consumer: { sidecars: { proxy: { ...proxy, mounts: {}, secrets: ["licence"] } } } },
  }).objects("production");
  expect(find(objects, "ExternalSecret", "my-app-secrets").spec.target.template.data).toHaveProperty("licence");
});

test("the quota counts a sidecar in every pod, and an init container where it is the larger", () => {
  const hard = (more: object) =>
    find(changed({ workloads: { cron: more } }).objects("production"), "ResourceQuota", "quota").spec.hard;
  const cpu = (more: object): number => parseFloat(hard(more)["limits.cpu"]?.replace("m", "") ?? "");
  const small = { ...warm, resources: { ...warm.resources, limits: { cpu: "2", memory: "64Mi" } } };
  expect(cpu({ initContainers: { warm } })).not.toBe(cpu({}));
  // The larger of two, and not both of them.
  expect(hard({ initContainers: { warm, small } })).toEqual(hard({ initContainers: { warm } }));
});

test("Terraform writes all of them", () => {
  const pod = only(synthesizeObjects([backend]), "kubernetes_deployment_v1").spec.template.spec as {
    readonly init_container: readonly { readonly name: string }[];
    readonly container: readonly { readonly env: readonly object[] }[];
  };
  expect(pod.init_container.map(({ name }) => name)).toEqual(["wait", "warm"]);
  expect(pod.container[2]).toMatchObject({ name: "proxy", port: [{ container_port: 9113 }], startup_probe: {} });
  expect(pod.container[2]?.env[1]).toEqual({ name: "QUERY", value: "$$(X) $${Y} a" });
});

test("a start may take its time, and a rollout waits as long", () => {
  const frontend = find(everywhere.objects("production"), "Deployment", "my-app-frontend");
  const [container] = frontend.spec.template.spec.containers;
  expect(container?.startupProbe).toMatchObject({
    httpGet: container?.livenessProbe?.httpGet,
    initialDelaySeconds: 0,
    periodSeconds: 20,
    failureThreshold: 60,
  });
  expect(frontend.spec.progressDeadlineSeconds).toBeGreaterThan(20 * 60);
  expect(spec.containers[0]?.startupProbe).toMatchObject({ exec: { command: ["php-fpm-healthcheck"] } });
});

test("what ends has init containers too", () => {
  const objects = everywhere.objects("production");
  for (const pods of [
    find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template,
    findJob(objects, "my-app-migrate").spec.template,
  ]) {
    expect(pods.spec.initContainers?.map(({ name }) => name)).toEqual(["warm"]);
  }
});

test("the chart gives them back, and model.json has them", () => {
  expect(everywhere.chart()["templates/deployment.yaml"]).toContain("initContainers:");
  expect(everywhere.model().environments.staging?.applications["my-app"]?.workloads.backend).toMatchObject({
    initContainers: [{ name: "wait" }, { name: "warm" }],
    sidecars: [{ name: "proxy", secrets: ["stripe-key"], ports: { metrics: 9113 }, readiness: { port: "metrics" } }],
    startup: { periodSeconds: 5, failureThreshold: 30 },
  });
});

test("Compose runs each as a container: first ones to their end, sidecars in the workload's network", () => {
  const { services } = everywhere.compose();
  expect(services["backend-wait"]).toMatchObject({
    entrypoint: ["wait-for", "db"],
    volumes: ["backend-uploads:/data"],
    read_only: true,
    cap_drop: ["ALL"],
  });
  expect(services["backend-warm"]?.depends_on).toEqual({
    "backend-wait": { condition: "service_completed_successfully" },
  });
  expect(services["backend-wait"]?.depends_on).toHaveProperty("mysql");
  expect(services.backend?.depends_on).toMatchObject({
    "backend-warm": { condition: "service_completed_successfully" },
  });
  expect(services["backend-proxy"]).toMatchObject({
    network_mode: "service:backend",
    command: ["--listen", "$(HOST):9090"],
    environment: { QUERY: "$(X) ${Y} a", STRIPE_KEY: { fromEnvironment: "STRIPE_KEY" } },
    healthcheck: { test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9113/ready"], interval: "7s" },
  });
  expect(services["backend-proxy"]).not.toHaveProperty("networks");
  expect(services.frontend?.healthcheck).toMatchObject({ start_period: "1200s" });
  expect(everywhere.parity()).toEqual([]);
});

describe("an environment", () => {
  const resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "1", memory: "256Mi" } } as const;
  const here = changed({
    workloads,
    overrides: {
      production: {
        backend: {
          sidecars: {
            proxy: { ...proxy, image: "registry.example.com/proxy:v3", config: { HOST: "::", MORE: "" }, resources },
          },
        },
      },
    },
  });

  test("replaces a sidecar by its name, as values of the chart", () => {
    const files = here.chart();
    const values = parse(files["values-production.yaml"] ?? "") as {
      workloads: { backend: { containers: object } };
    };
    expect(values.workloads.backend.containers).toMatchObject({
      proxy: {
        image: "registry.example.com/proxy:v3",
        config: { HOST: "::", MORE: "" },
        resources: { limits: { cpu: "1" } },
      },
    });
  });

  test("takes one away where Terraform releases, and is told that a chart cannot", () => {
    const gone = changed({ workloads, overrides: { production: { backend: { sidecars: { proxy: false } } } } });
    const pods = find(gone.objects("production"), "Deployment", "my-app-backend").spec.template.spec;
    expect(pods.containers.map(({ name }) => name)).not.toContain("proxy");
    expect(() => gone.chart()).toThrow("differs between local and production, and the chart has no value for it");
  });
});
