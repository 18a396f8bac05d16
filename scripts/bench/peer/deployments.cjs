// The Deployments of `sample.ts`, as nearly as cdk8s-plus-33 says them, written as one file of YAML:
// `node deployments.cjs <count>`. Prints CPU milliseconds as JSON. The packages are found in the folder that it runs in.
const { createRequire } = require("node:module");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const installed = createRequire(join(process.cwd(), "package.json"));
const { App, Chart, Duration, Size } = installed("cdk8s");
const k8s = installed("cdk8s-plus-33");

const seconds = (count) => Duration.seconds(count);
const PROBE = {
  initialDelaySeconds: seconds(5),
  periodSeconds: seconds(10),
  timeoutSeconds: seconds(3),
  failureThreshold: 3,
};

function build(chart, count) {
  const secret = k8s.Secret.fromSecretName(chart, "secrets", "secrets");
  for (let index = 0; index < count; index++) deployment(chart, `workload-${index}`, secret);
}

function deployment(chart, name, secret) {
  const config = k8s.ConfigMap.fromConfigMapName(chart, `${name}-config`, name);
  const made = new k8s.Deployment(chart, name, {
    metadata: { name, namespace: "bench", labels: { app: name, version: "v1.2.3" } },
    replicas: 3,
    minReady: seconds(5),
    progressDeadline: seconds(600),
    strategy: k8s.DeploymentStrategy.rollingUpdate({
      maxSurge: k8s.PercentOrAbsolute.percent(25),
      maxUnavailable: k8s.PercentOrAbsolute.absolute(0),
    }),
    podMetadata: { labels: { app: name, version: "v1.2.3" } },
    automountServiceAccountToken: false,
    terminationGracePeriod: seconds(45),
    serviceAccount: k8s.ServiceAccount.fromServiceAccountName(chart, `${name}-account`, name),
    securityContext: { user: 1000, group: 1000, fsGroup: 1000, ensureNonRoot: true },
    select: false,
    spread: false,
  });
  made.select(k8s.LabelSelector.of({ labels: { app: name } }));
  const disk = { medium: k8s.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(64) };
  const tmp = k8s.Volume.fromEmptyDir(chart, `${name}-tmp`, "tmp", disk);
  made.addContainer(container("app", 8080, name, secret, config)).mount("/tmp", tmp);
  made.addContainer(container("nginx", 8081, name, secret, config)).mount("/tmp", tmp);
}

function container(name, number, workload, secret, config) {
  const variable = (key) => [key, k8s.EnvValue.fromSecretValue({ secret, key: key.toLowerCase() })];
  return {
    name,
    image: `registry.example.com/${workload}:v1.2.3`,
    imagePullPolicy: k8s.ImagePullPolicy.IF_NOT_PRESENT,
    ports: [{ name: `http-${number}`, number }],
    envFrom: [k8s.Env.fromConfigMap(config)],
    envVariables: Object.fromEntries(["DATABASE_URL", "REDIS_URL", "RABBITMQ_URL"].map(variable)),
    resources: {
      cpu: { request: k8s.Cpu.millis(250), limit: k8s.Cpu.millis(500) },
      memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
    },
    liveness: k8s.Probe.fromHttpGet("/healthz", { port: number, ...PROBE }),
    readiness: k8s.Probe.fromCommand(["healthcheck"], PROBE),
    lifecycle: { preStop: k8s.Handler.fromCommand(["sleep", "10"]) },
    securityContext: {
      user: 1000,
      group: 1000,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      ensureNonRoot: true,
      capabilities: { drop: [k8s.Capability.ALL] },
    },
  };
}

function cpu(run) {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const outdir = mkdtempSync(join(tmpdir(), "bench-"));
try {
  // What is loaded at first use is no part of what is measured, here as there.
  build(new Chart(new App({ outdir }), "first"), 1);
  const app = new App({ outdir });
  const chart = new Chart(app, "bench");
  const construct = cpu(() => build(chart, Number(process.argv[2])));
  process.stdout.write(JSON.stringify({ construct, synthesize: cpu(() => app.synth()) }));
} finally {
  rmSync(outdir, { recursive: true });
}
