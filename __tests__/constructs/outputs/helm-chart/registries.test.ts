import { parse } from "yaml";
import { loadEnvironments } from "../../../../constructs/model/load";
import type { Registries } from "../../../../constructs/model/registries";
import { renderChart } from "../../../../constructs/outputs/helm-chart/chart";
import { environments } from "../../../../environments";
import { chartEnvironments } from "../../../support/outputs";

const REGISTRIES: Registries = {
  logins: { ghcr: { registry: "ghcr.io", username: "acme-puller" } },
  mirrors: { "docker.io": "mirror.example.com/hub" },
};

const chartOf = (registries: (name: string) => Registries | undefined): Readonly<Record<string, string>> =>
  renderChart({
    environments: chartEnvironments(
      "my-app",
      loadEnvironments(environments.map((one) => ({ ...one, registries: registries(one.name) }))),
    ),
  });

const values = (chart: Readonly<Record<string, string>>, name: string): Record<string, unknown> =>
  parse(chart[`${name}.yaml`] ?? "") as Record<string, unknown>;

const plain = chartOf(() => undefined);
const PULLS = [{ name: "my-app.registries" }];

test("without registries the chart is what it was, byte by byte", () => {
  expect(chartOf(() => ({}))).toEqual(plain);
  expect(JSON.stringify(plain)).not.toContain("imagePullSecrets");
});

test("what all environments have is in the templates", () => {
  const chart = chartOf(() => REGISTRIES);
  for (const kind of ["deployment", "cronjob", "job"]) {
    expect(chart[`templates/${kind}.yaml`]).toMatch(/imagePullSecrets:\n\s+- name: my-app\.registries\n/);
  }
  expect(chart["templates/deployment.yaml"]).toMatch(/image: "?mirror\.example\.com\/hub\/library\/nginx:/);
  expect(chart["values.yaml"]).toBe(plain["values.yaml"]);
  expect(chart["values.schema.json"]).toBe(plain["values.schema.json"]);
});

test("what one environment has of its own is a value of that environment", () => {
  const chart = chartOf((name) => (name === "production" ? REGISTRIES : undefined));
  expect(values(chart, "values-production")).toMatchObject({
    imagePullSecrets: PULLS,
    workloads: { backend: { nginxImage: expect.stringMatching(/^mirror\.example\.com\/hub\/library\/nginx:/) } },
  });
  expect(values(chart, "values-staging")).not.toHaveProperty("imagePullSecrets");
  expect(values(chart, "values-staging")).toMatchObject({
    workloads: { backend: { nginxImage: expect.stringMatching(/^docker\.io\/library\/nginx:/) } },
  });
  expect(chart["templates/deployment.yaml"]).toMatch(/\{\{- if \$values\.imagePullSecrets \}\}\n\s+imagePullSecrets:/);
  const schema = JSON.parse(chart["values.schema.json"] ?? "") as { readonly properties: object };
  expect(schema.properties).toHaveProperty("imagePullSecrets");
});

test("nothing secret is in the chart", () => {
  for (const text of Object.values(chartOf(() => REGISTRIES))) expect(text).not.toMatch(/acme-puller|dockerconfigjson/);
});
