import { parse } from "yaml";
import { namedByContent } from "../../../constructs/kubernetes/by-content";
import { configChecksum } from "../../../constructs/kubernetes/config-map";
import { configurationFolder } from "../../../constructs/outputs/compose/configuration";
import { mountedFiles } from "../../../constructs/outputs/compose/mounts";
import { changed } from "../../support/changed";
import { backend, find, findJob } from "../../support/resolved";
import { only, synthesizeObjects } from "../terraform/synthesize";

/* Volumes of every kind, in each output of the reference application. */

const INI = "; ${X} $(Y) {{ .Values }}\nlevel = debug\n";
const volumes = {
  uploads: { mountPath: "/app/var/uploads", size: "20Gi" },
  scratch: { mountPath: "/scratch", ephemeral: "disk", size: "2Gi" },
  shm: { mountPath: "/dev/shm2", ephemeral: "memory", size: "64Mi" },
  settings: { mountPath: "/etc/settings", files: { "app.ini": INI, "empty.txt": "" } },
  authorities: { mountPath: "/etc/corporate", configMap: "corporate-ca" },
  client: { mountPath: "/run/client", secret: "tls-client" },
  keys: { mountPath: "/run/keys", secrets: ["stripe-key"] },
};
const { uploads, ...others } = volumes;
const sidecars = {
  proxy: { image: "registry.example.com/proxy:v2", mounts: { settings: "/etc/proxy", scratch: "/s" } },
};
const everywhere = changed({
  workloads: { backend: { volumes, sidecars }, cron: { volumes: others }, migrate: { volumes: others } },
});
const deployment = find(everywhere.objects("production"), "Deployment", "my-app-backend");
const { spec } = deployment.spec.template;

test("each is a volume of the pod, read-only but for what is ephemeral, and the claim is as it was", () => {
  expect(Object.fromEntries(spec.volumes.map(({ name, ...source }) => [name, source]))).toMatchObject({
    "volume-uploads": { persistentVolumeClaim: { claimName: "my-app-backend-uploads" } },
    "volume-scratch": { emptyDir: { sizeLimit: "2Gi" } },
    "volume-shm": { emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
    "volume-settings": { configMap: { name: "my-app-backend.settings.files" } },
    "volume-authorities": { configMap: { name: "corporate-ca" } },
    "volume-client": { secret: { secretName: "tls-client", defaultMode: 0o440 } },
    "volume-keys": {
      projected: {
        sources: [{ secret: { name: "my-app-secrets", items: [{ key: "stripe-key", path: "stripe-key" }] } }],
      },
    },
  });
  expect(spec.containers[0]?.volumeMounts).toEqual(
    expect.arrayContaining([
      { name: "volume-scratch", mountPath: "/scratch" },
      { name: "volume-settings", mountPath: "/etc/settings", readOnly: true },
      { name: "volume-keys", mountPath: "/run/keys", readOnly: true },
    ]),
  );
  const claims = everywhere.objects("production").filter(({ kind }) => kind === "PersistentVolumeClaim");
  expect(claims.map(({ metadata }) => metadata.name)).toEqual(["my-app-backend-uploads"]);
});

test("what is ephemeral counts as the node's disk where it is on it, and as no claim", () => {
  const [container] = spec.containers;
  const before = find(changed({}).objects("production"), "Deployment", "my-app-backend").spec.template.spec;
  const gib = (text: string | undefined): number => parseInt(text ?? "", 10);
  const [one, other] = [container, before.containers[0]].map((each) =>
    gib(each?.resources.limits["ephemeral-storage"]),
  );
  expect((one ?? 0) - (other ?? 0)).toBe(2048);
});

test("files are a ConfigMap that has a name for each content, and pods that they replace", () => {
  const objects = everywhere.objects("production");
  expect(find(objects, "ConfigMap", "my-app-backend.settings.files").data).toEqual(volumes.settings.files);
  const named = namedByContent(objects);
  const pods = named.find((one) => one.kind === "Deployment" && one.metadata.name === "my-app-backend");
  expect(JSON.stringify(pods)).toMatch(/"name":"my-app-backend\.settings\.files-[0-9a-f]{8}"/);
  const of = (content: string): string =>
    configChecksum(backend({ podVolumes: [{ name: "a", mountPath: "/a", files: { x: content } }] }));
  expect(of("1")).not.toBe(of("2"));
  expect(configChecksum(backend({ podVolumes: [{ name: "a", mountPath: "/a", secret: "s" }] }))).toBe(
    configChecksum(backend()),
  );
});

test("Reloader watches those that somebody else keeps", () => {
  expect(deployment.metadata.annotations).toMatchObject({
    "secret.reloader.stakater.com/reload": expect.stringMatching(/my-app-secrets.*tls-client/) as string,
    "configmap.reloader.stakater.com/reload": expect.stringContaining("corporate-ca") as string,
  });
});

test("a secret that is a file alone is fetched", () => {
  const objects = changed({
    workloads: { backend: { secrets: [], volumes: { keys: volumes.keys, uploads } } },
  }).objects("production");
  expect(find(objects, "ExternalSecret", "my-app-secrets").spec.target.template.data).toHaveProperty("stripe-key");
});

test("Terraform writes all of them, and evaluates no text of a file", () => {
  const objects = everywhere.objects("production");
  const pod = only(synthesizeObjects([deployment]), "kubernetes_deployment_v1").spec.template.spec as {
    readonly volume: readonly { readonly name: string }[];
  };
  expect(pod.volume.map(({ name }) => name)).toEqual(spec.volumes.map(({ name }) => name));
  const files = find(objects, "ConfigMap", "my-app-backend.settings.files");
  const written = only(synthesizeObjects([files]), "kubernetes_config_map_v1") as { readonly data: object };
  expect(written.data).toMatchObject({ "app.ini": INI.replace("${", () => "$${"), "empty.txt": "" });
});

test("what ends has them too", () => {
  const objects = everywhere.objects("production");
  for (const [name, pods] of [
    ["cron", find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template],
    ["migrate", findJob(objects, "my-app-migrate").spec.template],
  ] as const) {
    expect(pods.spec.volumes).toContainEqual({
      name: "volume-settings",
      configMap: { name: `my-app-${name}.settings.files` },
    });
  }
});

test("the chart gives them back, with the contents of files as values and in the checksum", () => {
  const files = everywhere.chart();
  const defaults = parse(files["defaults.yaml"] ?? "") as { workloads: { backend: { files: object } } };
  expect(defaults.workloads.backend.files).toEqual({ settings: volumes.settings.files });
  expect(files["templates/deployment.yaml"]).toContain("$pool $workload.files | toJson | sha256sum");
  expect(files["templates/deployment.yaml"]).toContain(
    'ternary "my-app-sealed" "my-app-secrets" (hasKey $values.sealed "stripe-key")',
  );
});

test("Compose mounts folders of this machine, renders what the model has and leaves room for the rest", () => {
  expect(everywhere.compose().services.backend).toMatchObject({
    tmpfs: ["/tmp", "/scratch:size=2147483648", "/dev/shm2:size=67108864"],
    volumes: expect.arrayContaining([
      "backend-uploads:/app/var/uploads",
      "./docker/mounts/backend/settings:/etc/settings:ro",
      "./docker/mounts/backend/authorities:/etc/corporate:ro",
      "./docker/mounts/backend/keys:/run/keys:ro",
    ]) as string[],
  });
  expect(everywhere.compose().services["backend-proxy"]).toMatchObject({
    tmpfs: ["/tmp", "/s:size=2147483648"],
    volumes: ["./docker/mounts/backend/settings:/etc/proxy:ro"],
  });
  expect(everywhere.parity()).toEqual([]);
  const podVolumes = [
    { name: "settings", mountPath: "/etc/settings", files: { "app.ini": INI } },
    { name: "keys", mountPath: "/run/keys", secrets: [] },
  ];
  expect(mountedFiles([backend({ podVolumes })], configurationFolder("compose"))).toEqual({
    "compose/mounts/backend/settings/app.ini": INI,
    "compose/mounts/backend/keys/.gitignore": "*\n!.gitignore\n",
  });
});

test("model.json has them beside the claims", () => {
  const workload = everywhere.model().environments.staging?.applications["my-app"]?.workloads.backend;
  expect(Object.keys(workload?.volumes ?? {})).toEqual(["uploads"]);
  expect(workload?.podVolumes).toContainEqual({ name: "keys", mountPath: "/run/keys", secrets: ["stripe-key"] });
});
