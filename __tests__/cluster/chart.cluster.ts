import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { overload, poolSize } from "../../constructs/kubernetes/fpm-pool";
import { imageVersion } from "../../constructs/model/image";
import { loadEnvironments } from "../../constructs/model/load";
import type { Bytes } from "../../constructs/model/quantity";
import { chartParity } from "../../constructs/outputs/parity/chart";
import { helmCommand, objectsIn } from "../../constructs/outputs/parity/helm-command";
import { mistakes } from "../../constructs/outputs/parity/part";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";
import type { Found } from "./support/api";
import { must } from "./support/cluster";
import { helm, helmProgram, HELMS, type Major } from "./support/helm";

/* The chart in the repository, by both Helms: what it renders, and what it refuses. */

const CHART = join(__dirname, "..", "..", "helm", "my-app");
const ENVIRONMENTS = environments.map(({ name }) => name);

const template = (major: Major, args: readonly string[], chart = CHART) =>
  helm(major, ["template", "my-app", chart, "--kube-version", "1.36.3", ...args]);

async function rendered(major: Major, args: readonly string[], chart = CHART): Promise<Found[]> {
  return objectsIn(must(await template(major, args, chart)));
}

const named = (objects: readonly Found[], kind: string, name: string): Found =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

describe.each(HELMS)("Helm %d", (major) => {
  test("renders what Terraform would release, but for the named differences", () => {
    const command = { helm: helmProgram(major), chart: CHART, release: "my-app", kubernetes: "1.36.3" };
    const part = chartParity({
      application: "my-app",
      environments: renderEnvironments(loadEnvironments(environments)),
      helm: helmCommand(command),
    });
    expect(mistakes(part)).toEqual([]);
    expect(part.comparisons.map(({ title }) => title)).toEqual(environments.map(({ name }) => name));
  });

  test.each(ENVIRONMENTS)("lints the values of %s without a word", async (environment) => {
    const values = join(CHART, `values-${environment}.yaml`);
    const { code, stdout } = await helm(major, ["lint", "--strict", "--kube-version", "1.36.3", CHART, "-f", values]);
    expect({ code, said: stdout.match(/\[(?:WARNING|ERROR)\].*/g) }).toEqual({ code: 0, said: null });
  });

  test("reads the environment's values itself: giving them changes nothing", async () => {
    const values = ["-f", join(CHART, "values-production.yaml")];
    const given = await rendered(major, [...values, "--set", "environment=production"]);
    expect(given).toEqual(await rendered(major, ["--set", "environment=production"]));
    expect(given).toEqual(await rendered(major, values));
  });

  test("what the user sets counts before the environment's file, and that before the default", async () => {
    const folder = mkdtempSync(join(tmpdir(), "goldenpath-precedence-"));
    cpSync(CHART, folder, { recursive: true });
    const set = (file: string, path: readonly string[], value: number | undefined): void => {
      const document = parseDocument(readFileSync(join(folder, file), "utf8"));
      if (value === undefined) document.deleteIn(path);
      else document.setIn(path, value);
      writeFileSync(join(folder, file), document.toString());
    };
    const path = ["workloads", "consumer", "replicas"];
    const replicas = async (...args: readonly string[]): Promise<unknown> => {
      const objects = await rendered(major, ["--set", "environment=production", ...args], folder);
      return named(objects, "Deployment", "my-app-consumer").spec.replicas;
    };
    try {
      set("defaults.yaml", path, 11);
      set("values-production.yaml", path, 12);
      // Zero too is a value.
      expect(await replicas("--set", `${path.join(".")}=0`)).toBe(0);
      expect(await replicas("--set", `${path.join(".")}=13`)).toBe(13);
      expect(await replicas()).toBe(12);
      set("values-production.yaml", path, undefined);
      expect(await replicas()).toBe(11);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    [["environment=prod"], "at '/environment': value must be one of 'local', 'staging', 'gke-staging'"],
    [[], 'environment: got ""; use --set environment=aks-staging|gke-staging|local|production|staging'],
    [["environment=staging", "workloads.backend.replicas=-1"], "/replicas': minimum: got -1, want 0"],
    [["environment=staging", "workloads.backend.replica=1"], "additional properties 'replica' not allowed"],
    [["environment=staging", "workloads.backend.resources.limits.memory=512M"], "'512M' does not match pattern"],
    [["environment=staging", "workloads.cron.schedule=every day"], "'every day' does not match pattern"],
    [["environment=staging", "image.tag=a b"], "'a b' does not match pattern"],
    [["environment=staging", "ingress.hosts.api=nowhere"], "'nowhere' does not match pattern"],
    [["environment=staging", "namespace=elsewhere"], 'namespace: got "elsewhere"; staging is in "my-app-staging"'],
    [
      ["environment=staging", "image.requireDigest=true"],
      'image.tag: got "v1.2.3"; this environment takes images by digest',
    ],
  ])("refuses %j with a clear message", async (values, message) => {
    const { code, stderr } = await template(
      major,
      values.flatMap((value) => ["--set", value]),
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });

  test.each([`v2`, "1234567", `v2@sha256:${"a".repeat(64)}`, `sha256:${"b1".repeat(32)}`, `_${"x".repeat(90)}-`])(
    "the tag %s is every workload's, and their label",
    async (tag) => {
      const objects = await rendered(major, ["--set", "environment=production", "--set", `image.tag=${tag}`]);
      const reference = `registry.example.com/frontend${tag.startsWith("sha256:") ? "@" : ":"}${tag}`;
      const { metadata, spec } = named(objects, "Deployment", "my-app-frontend").spec.template;
      expect(spec.containers[0].image).toBe(reference);
      expect(metadata.labels.version).toBe(imageVersion(reference));
    },
  );

  test.each(["64Mi", "100Mi", "128Mi", "512Mi", "513Mi", "1Gi", "1.5Gi", "700000Ki", "32Gi"] as Bytes[])(
    "the pool of PHP-FPM follows a memory limit of %s",
    async (memory) => {
      const limit = `workloads.backend.resources.limits.memory=${memory}`;
      const objects = await rendered(major, ["--set", "environment=production", "--set", limit]);
      const size = poolSize(memory, "48Mi");
      const text = String(named(objects, "ConfigMap", "my-app-backend.server").data["php-fpm.conf"]);
      const settings = Object.fromEntries(
        [...text.matchAll(/^pm\.(\w+) = (\d+)$/gm)].map(([, key, value]) => [key, value]),
      );
      expect(settings).toMatchObject({
        max_children: String(size.maxChildren),
        start_servers: String(size.startServers),
        min_spare_servers: String(size.minSpare),
        max_spare_servers: String(size.maxSpare),
      });
      const [backend] = named(objects, "Deployment", "my-app-backend").spec.template.spec.containers;
      expect(backend.readinessProbe.exec.command).toContain(`--listen-queue=${overload(size)}`);
    },
  );

  test("the checksum of the pods changes with what they read, and with nothing else", async () => {
    const checksum = async (...values: readonly string[]): Promise<unknown> => {
      const args = ["environment=production", ...values].flatMap((value) => ["--set", value]);
      const backend = named(await rendered(major, args), "Deployment", "my-app-backend");
      return backend.spec.template.metadata.annotations["checksum/config"];
    };
    const first = await checksum();
    expect(await checksum("image.tag=v2", "workloads.frontend.config.A=b")).toBe(first);
    expect(await checksum("workloads.backend.config.A=b")).not.toBe(first);
    expect(await checksum("workloads.backend.resources.limits.memory=1Gi")).not.toBe(first);
  });

  test("a ciphertext given for a release is a SealedSecret, and pods read what the controller makes of it", async () => {
    const reads = async (...values: readonly string[]) => {
      const objects = await rendered(major, ["--set", "environment=staging", ...values]);
      const [backend] = named(objects, "Deployment", "my-app-backend").spec.template.spec.containers;
      const variable = (backend.env as Found[]).find(({ name }) => name === "STRIPE_KEY");
      return {
        from: variable.valueFrom.secretKeyRef,
        sealed: named(objects, "SealedSecret", "my-app-sealed")?.spec.encryptedData,
      };
    };
    expect(await reads()).toEqual({ from: { name: "my-app-secrets", key: "stripe-key" }, sealed: undefined });
    expect(await reads("--set-string", "sealed.stripe-key=AgB7")).toEqual({
      from: { name: "my-app-sealed", key: "stripe-key" },
      sealed: { "stripe-key": "AgB7" },
    });
  });

  test("without an autoscaler there are replicas, and a budget where there are several", async () => {
    const off = (replicas: number) => [
      `environment=production`,
      "workloads.backend.autoscaling.enabled=false",
      `workloads.backend.replicas=${replicas}`,
    ];
    const two = await rendered(
      major,
      off(2).flatMap((value) => ["--set", value]),
    );
    expect(named(two, "Deployment", "my-app-backend").spec.replicas).toBe(2);
    expect(named(two, "HorizontalPodAutoscaler", "my-app-backend-hpa")).toBeUndefined();
    expect(named(two, "PodDisruptionBudget", "my-app-backend-pdb")).toBeDefined();
    const one = await rendered(
      major,
      off(1).flatMap((value) => ["--set", value]),
    );
    expect(named(one, "PodDisruptionBudget", "my-app-backend-pdb")).toBeUndefined();
  });
});
