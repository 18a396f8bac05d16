import type { EnvironmentSpec } from "../../constructs/environment";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { all, release } from "../support/cloud-environment";
import { stack, synthesizeEnvironments, synthesizeReference } from "../support/reference";

/* The reference environments measure nothing yet; these are all of them with it, as their stacks. */

const specs = environments.map((spec): EnvironmentSpec => ({
  ...spec,
  observability: prometheus({ runbooks: "https://git.example.com/runbooks", slack: { channel: "#my-app-alerts" } }),
}));
const observed = synthesizeEnvironments(specs);
const reference = synthesizeReference();
const names = environments.map(({ name }) => name);

test("is a choice of an environment: the reference environments know nothing of it", () => {
  expect(environments.filter(({ observability }) => observability !== undefined)).toEqual([]);
  for (const text of Object.values(reference.files)) expect(text).not.toContain("prometheus-operator");
});

test("changes nothing of any cluster", () => {
  const clusters = Object.keys(reference.files).filter((file) => file.endsWith("-cluster/cdk.tf.json"));
  expect(clusters.length).toBeGreaterThan(2);
  for (const file of clusters) expect(observed.files[file]).toBe(reference.files[file]);
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
  const { objects } = release(stack(reference, "production-platform"), "platform-objects").values as {
    objects: Record<string, unknown>;
  };
  expect(objects["ClusterSecretStore/cloud"]).toHaveProperty("spec.conditions.length", 1);
});
