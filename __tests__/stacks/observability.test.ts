import type { EnvironmentSpec } from "../../constructs/environment";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { all, release } from "../support/cloud-environment";
import { stack, synthesizeEnvironments, synthesizeReference } from "../support/reference";

/* All shipped environments with what measures them, as their stacks, and all without it. */

const specs = environments.map((spec): EnvironmentSpec => ({
  ...spec,
  observability: prometheus({ runbooks: "https://git.example.com/runbooks", slack: { channel: "#my-app-alerts" } }),
}));
const observed = synthesizeEnvironments(specs);
const unobserved = synthesizeEnvironments(environments.map((spec) => ({ ...spec, observability: "off" as const })));
const names = environments.map(({ name }) => name);

test("is a choice of an environment: one of a single machine is without it, and no stack of that has a word of it", () => {
  const without = environments.filter(({ observability = "off" }) => observability === "off");
  expect(without.map(({ name }) => name)).toEqual(["local"]);
  const reference = synthesizeReference();
  const local = (file: string) => /\/local(?:-platform)?\//.test(file);
  expect(Object.keys(reference.files).filter(local).length).toBeGreaterThan(0);
  for (const [file, text] of [
    ...Object.entries(unobserved.files),
    ...Object.entries(reference.files).filter(([name]) => local(name)),
  ]) {
    expect([file, text.includes("prometheus-operator")]).toEqual([file, false]);
  }
});

test("changes nothing of any cluster", () => {
  const clusters = Object.keys(unobserved.files).filter((file) => file.endsWith("-cluster/cdk.tf.json"));
  expect(clusters.length).toBeGreaterThan(2);
  for (const file of clusters) expect(observed.files[file]).toBe(unobserved.files[file]);
});

describe.each(names)("the platform of %s", (name) => {
  const json = stack(observed, `${name}-platform`);

  test("has the definitions as a release of their own, which keeps them when it goes", () => {
    const { given, values } = release(json, "prometheus-operator-crds");
    expect(given).toMatchObject({
      repository: "https://prometheus-community.github.io/helm-charts",
      chart: "prometheus-operator-crds",
      version: "31.0.1",
    });
    expect(given).not.toHaveProperty("depends_on");
    expect(given).not.toHaveProperty("postrender");
    expect(values).toEqual({ crds: { annotations: { "helm.sh/resource-policy": "keep" } } });
  });

  test("has them before every other release", () => {
    const releases = all(json, "helm_release");
    const waiting = releases.filter(({ depends_on: after }) =>
      /prometheus-operator-crds/.test(JSON.stringify(after ?? [])),
    );
    expect(waiting.map(({ name: one }) => one)).toEqual(expect.arrayContaining(["cert-manager", "external-secrets"]));
  });

  test("lets its namespace read secrets of the store, beside those of applications", () => {
    const { objects } = release(json, "platform-objects").values as { objects: Record<string, unknown> };
    expect(objects["ClusterSecretStore/cloud"]).toHaveProperty("spec.conditions", [
      { namespaceSelector: { matchExpressions: [{ key: "goldenpath/application", operator: "Exists" }] } },
      { namespaces: ["observability"] },
    ]);
  });
});

test("whoever is without it has a store for applications alone", () => {
  const { objects } = release(stack(unobserved, "production-platform"), "platform-objects").values as {
    objects: Record<string, unknown>;
  };
  expect(objects["ClusterSecretStore/cloud"]).toHaveProperty("spec.conditions.length", 1);
});
