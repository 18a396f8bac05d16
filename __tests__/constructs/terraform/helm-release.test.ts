import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type { Addon } from "../../../constructs/addons/addon";
import { folderHash } from "../../../constructs/terraform/folder-asset";
import { DefinitionsRelease, HelmRelease, ObjectsRelease } from "../../../constructs/terraform/helm-release";
import { packageRoot } from "../../../constructs/terraform/package-root";
import { only, synthesize } from "./synthesize";

const addon: Addon = {
  name: "demo",
  namespace: "demo-system",
  chart: { repository: "https://charts.example.com", name: "demo", version: "1.2.3" },
  values: ({ identity }) => ({
    serviceAccount: { annotations: identity.annotations },
    expression: "${DS} %{x}",
    long: "word ".repeat(60).trim(),
    left: undefined,
  }),
};
const context = { identity: { annotations: {} }, loadBalancerAnnotations: {} };
const root = resolve(__dirname, "../../..");

function helm(fill: (stack: TerraformStack) => void) {
  return synthesize((stack) => {
    new HelmProvider(stack, "helm");
    fill(stack);
  }).resource;
}

describe("an add-on", () => {
  const resources = helm((stack) => {
    const role = new TerraformVariable(stack, "role", {}).stringValue;
    const first = new HelmRelease(stack, "first", { addon, context });
    const annotated = { ...context, identity: { annotations: { role } } };
    const second = { ...addon, name: "second", createNamespace: false };
    new HelmRelease(stack, "second", { addon: second, context: annotated, after: [first.release] });
  });
  const { first = {}, second = {} } = resources.helm_release ?? {};

  test("is pinned, waited for and taken back when it fails", () => {
    expect(first).toMatchObject({
      ...{ name: "demo", repository: "https://charts.example.com", chart: "demo", version: "1.2.3" },
      ...{ atomic: true, cleanup_on_fail: true, wait: true, timeout: 900, create_namespace: false, max_history: 10 },
    });
  });

  test("has a namespace with Pod Security, which outlives it", () => {
    const namespace = only(resources, "kubernetes_namespace_v1");
    expect(namespace.metadata).toEqual({
      name: "demo-system",
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
    expect(first.depends_on).toEqual([expect.stringMatching(/^kubernetes_namespace_v1\.first_namespace/)]);
  });

  test("has a namespace with what the cloud adds to it, and Pod Security all the same", () => {
    const labelled = helm((stack) => {
      new HelmRelease(stack, "first", { addon, context, namespaceLabels: { "example.com/gate": "enabled" } });
    });
    expect(only(labelled, "kubernetes_namespace_v1").metadata).toMatchObject({
      labels: { "pod-security.kubernetes.io/enforce": "restricted", "example.com/gate": "enabled" },
    });
  });

  test("in a namespace that is there waits only for those before it", () => {
    expect(second.depends_on).toEqual(["helm_release.first"]);
  });

  test("has values that are YAML, with references quoted and templates kept from Terraform", () => {
    const [values] = second.values as string[];
    expect(values).toContain('role: "${var.role}"');
    expect(parse(values ?? "")).toEqual({
      serviceAccount: { annotations: { role: "${var.role}" } },
      expression: "$${DS} %%{x}",
      long: "word ".repeat(60).trim(),
    });
    expect(parse((first.values as string[])[0] ?? "")).toMatchObject({ expression: "$${DS} %%{x}" });
  });

  test("must be of an exact version", () => {
    const floating = { ...addon, chart: { ...addon.chart, version: "^1.2" } };
    expect(() => helm((stack) => new HelmRelease(stack, "x", { addon: floating, context }))).toThrow(
      'test/x: chart.version: got "^1.2"; use an exact version',
    );
  });
});

test("objects are values of the chart that comes with the stack", () => {
  const issuer = { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name: "letsencrypt-prod" } };
  const resources = helm((stack) => {
    const { release } = new HelmRelease(stack, "cert-manager", { addon, context });
    const props = { name: "issuers", namespace: "demo-system", objects: [issuer], after: [release] };
    new ObjectsRelease(stack, "issuers", props);
    new ObjectsRelease(stack, "monitors", { ...props, name: "monitors" });
  });
  const { issuers = {}, monitors = {} } = resources.helm_release ?? {};
  expect(issuers.chart).toMatch(/^\.\/assets\/objects-chart\/[0-9a-f]{32}$/);
  expect(monitors.chart).toBe(issuers.chart);
  expect(issuers.depends_on).toEqual(["helm_release.cert-manager"]);
  expect(issuers).toMatchObject({ wait: true, timeout: 6000 });
  expect(parse(issuers.values[0] as string)).toEqual({ objects: { "ClusterIssuer/letsencrypt-prod": issuer } });
});

describe("definitions", () => {
  const resources = helm((stack) => {
    const { release } = new DefinitionsRelease(stack, "gateway-crds", { name: "gateway-crds" });
    new HelmRelease(stack, "demo", { addon, context, after: [release] });
  });
  const { "gateway-crds": definitions = {}, demo = {} } = resources.helm_release ?? {};

  test("are a release of a chart that has nothing of its own, before those that look for them", () => {
    expect(definitions).toMatchObject({
      ...{ name: "gateway-crds", namespace: "kube-system", dependency_update: true, atomic: true, wait: true },
      chart: expect.stringMatching(/^\.\/assets\/gateway-crds-chart\/[0-9a-f]{32}$/) as string,
    });
    expect(demo.depends_on).toContain("helm_release.gateway-crds");
  });

  test("are left behind when it is uninstalled, each and whatever annotations it has", () => {
    const { binary_path, args } = definitions.postrender as { binary_path: string; args: string[] };
    const definition = (name: string, within: string) =>
      ["kind: CustomResourceDefinition", "metadata:", "  annotations:", "    own: x", `  name: ${name}`, within].join(
        "\n",
      );
    const rendered = execFileSync(binary_path, args, {
      input: [definition("a", ""), definition("b", "spec:\n    annotations:\n      type: object")].join("\n---\n"),
      encoding: "utf8",
    });
    expect(rendered.split("---").map((text) => parse(text) as unknown)).toEqual([
      {
        kind: "CustomResourceDefinition",
        metadata: { annotations: { "helm.sh/resource-policy": "keep", own: "x" }, name: "a" },
      },
      {
        kind: "CustomResourceDefinition",
        metadata: { annotations: { "helm.sh/resource-policy": "keep", own: "x" }, name: "b" },
        spec: { annotations: { type: "object" } },
      },
    ]);
  });
});

test("the hash of a folder is of names and contents, and not of where it is", () => {
  const make = (files: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), "chart-"));
    mkdirSync(join(folder, "templates"));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const hash = folderHash(folder);
    rmSync(folder, { recursive: true });
    return hash;
  };
  const hash = make({ "a.yaml": "a", "templates/b.yaml": "b" });
  expect(make({ "templates/b.yaml": "b", "a.yaml": "a" })).toBe(hash);
  expect(make({ "a.yaml": "a", "templates/c.yaml": "b" })).not.toBe(hash);
  expect(make({ "a.yaml": "ab", "templates/b.yaml": "" })).not.toBe(hash);
});

test("the package is found from its source, its bundle and its build, and not from elsewhere", () => {
  expect(packageRoot()).toBe(root);
  for (const folder of [".cache", "dist/constructs/terraform"]) expect(packageRoot(join(root, folder))).toBe(root);
  expect(() => packageRoot(tmpdir())).toThrow('no package.json of "goldenpath" above it');
});
