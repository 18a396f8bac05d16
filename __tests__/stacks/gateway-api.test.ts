import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { gatewayApi } from "../../constructs/routing/gateway-api";
import { environments } from "../../environments";
import { production } from "../../environments/production";
import { createStacks } from "../../stacks";
import { countTypes, named, stack, type StackJson, synthesizeReference } from "../support/reference";

/* The reference environments stay on an Ingress; this is production with the other routing, as its stacks. */

const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
const app = new App({ outdir, stackTraces: false });
createStacks(app, loadEnvironments([{ ...production, routing: gatewayApi() }]));
app.synth();
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const reference = synthesizeReference();
const read = (name: string) => readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
const json = (name: string) => JSON.parse(read(name)) as StackJson;

test("is a choice of one environment: the reference environments know nothing of it", () => {
  expect(new Set(environments.map(({ routing }) => routing.title))).toEqual(new Set(["Ingress (Traefik)"]));
  for (const text of Object.values(reference.files)) expect(text).not.toMatch(/gateway\.(networking|envoyproxy)/);
});

test("changes nothing of the cluster", () => {
  expect(read("production-cluster")).toBe(reference.files["stacks/production-cluster/cdk.tf.json"]);
});

test("the application has the same resources, with the Gateway's objects for the Ingress", () => {
  const { kubernetes_ingress_v1, kubernetes_manifest = 0, ...others } = countTypes(stack(reference, "production"));
  expect(kubernetes_ingress_v1).toBe(1);
  // A Gateway, two policies, the redirect and a route for each of the two hosts.
  expect(countTypes(json("production"))).toEqual({ ...others, kubernetes_manifest: kubernetes_manifest + 6 });
  expect(named(json("production"), "kubernetes_manifest", "my-app-gateway")).toHaveProperty(
    "manifest.spec.listeners.length",
    4,
  );
});

test("the platform has the definitions before every add-on, and the class after them", () => {
  const releases = json("production-platform").resource.helm_release ?? {};
  const name = (address: string) => /platform_([a-z-]+)_[0-9A-F]{8}$/.exec(address)?.[1] ?? address;
  const after = Object.fromEntries(
    Object.entries(releases).map(([id, block]) => [
      name(id),
      (block.depends_on as string[] | undefined)?.filter((address) => address.startsWith("helm_release.")).map(name),
    ]),
  );
  const cloud = ["karpenter-crd", "karpenter", "karpenter-objects", "aws-load-balancer-controller"];
  const neutral = ["cert-manager", "external-secrets", "envoy-gateway", "external-dns", "metrics-server", "reloader"];
  const definitions = ["gateway-crds", "prometheus-operator-crds"];
  const measuring = [
    ...["observability", "kube-prometheus-stack", "prometheus-node-exporter"],
    ...["loki-objects", "loki", "alloy-objects", "alloy"],
    ...["tempo-objects", "tempo", "otlp-objects", "otlp"],
  ];
  const transitively = (release: string): string[] =>
    (after[release] ?? []).flatMap((one) => [one, ...transitively(one)]);
  expect(Object.keys(after).sort()).toEqual(["objects", ...definitions, ...cloud, ...neutral, ...measuring].sort());
  for (const one of definitions) expect(after[one]).toBeUndefined();
  for (const addon of [...cloud, ...neutral, ...measuring]) {
    expect(transitively(addon)).toEqual(expect.arrayContaining(definitions));
  }
  for (const addon of measuring) expect(transitively(addon)).toContain("objects");
  expect(after["objects"]).toEqual([...cloud, ...neutral]);
});
