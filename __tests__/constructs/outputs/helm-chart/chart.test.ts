import { parse } from "yaml";
import type { EnvironmentSpec } from "../../../../constructs/environment";
import type { KubernetesObject } from "../../../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../../../constructs/model/load";
import { InvalidInput } from "../../../../constructs/model/problem";
import { renderChart } from "../../../../constructs/outputs/helm-chart/chart";
import type { ChartEnvironment } from "../../../../constructs/outputs/helm-chart/chart-input";
import { environments } from "../../../../environments";
import { chartEnvironments } from "../../../support/outputs";

const shipped = (): readonly ChartEnvironment[] => chartEnvironments("my-app", loadEnvironments(environments));

/** The chart of the shipped environments, each with a change to its one placement. */
const chartOf = (change: (environment: EnvironmentSpec, overlay: EnvironmentSpec["applications"][number]) => object) =>
  renderChart({
    environments: chartEnvironments(
      "my-app",
      loadEnvironments(
        environments.map((environment) => ({
          ...environment,
          applications: environment.applications.map((overlay) => ({
            ...overlay,
            ...change(environment, overlay),
          })),
        })),
      ),
    ),
  });

/** One object of an environment otherwise than it is. */
function changed(environment: string, title: string, change: (object: KubernetesObject) => object): ChartEnvironment[] {
  return shipped().map((one) =>
    one.application.environment === environment
      ? {
          ...one,
          released: one.released.map((object) =>
            `${object.kind} ${object.metadata.name}` === title ? (change(object) as KubernetesObject) : object,
          ),
        }
      : one,
  );
}

function problems(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("a route that says something in one environment alone has an Ingress there, and is in the application's elsewhere", () => {
  const files = chartOf(({ name }) => (name === "staging" ? { routes: { "web/": { timeoutSeconds: 20 } } } : {}));
  const values = (file: string) =>
    (parse(files[file] ?? "") as { readonly ingress: { readonly routes?: unknown } }).ingress.routes;
  expect(values("values-staging.yaml")).toEqual({
    web: { annotations: expect.objectContaining({ "nginx.ingress.kubernetes.io/proxy-read-timeout": "20" }) },
  });
  expect(values("values-production.yaml")).toBeUndefined();
  const { "templates/ingress.yaml": template = "" } = files;
  expect(template).toContain("{{- if and $values.ingress.enabled $values.ingress.routes.web.annotations }}");
  expect(template).toContain("{{- if not $values.ingress.routes.web.annotations }}");
});

test("the same input gives the same bytes", () => {
  expect(renderChart({ environments: shipped() })).toEqual(renderChart({ environments: shipped() }));
});

test("a difference that has no value is an error that names object, place and environments", () => {
  const different = changed("production", "Service my-app-backend", (object) => ({
    ...object,
    spec: { ...("spec" in object && object.spec), type: "NodePort" },
  }));
  expect(problems(() => renderChart({ environments: different }))).toBe(
    'chart["Service my-app-backend"]["spec.type"]: differs between local and production, and the chart has no value for it; ' +
      "make it the same in every environment of the chart",
  );
});

test("so is an object that one environment lacks", () => {
  const without = shipped().map((one, index) => ({
    ...one,
    released: one.released.filter(({ kind }) => index !== 1 || kind !== "Service"),
  }));
  expect(problems(() => renderChart({ environments: without }))).toContain(
    'chart["Service my-app-frontend"]: not in staging, and the chart has no value for that',
  );
});

test("what templates and values do not give back is an error, though all environments have it alike", () => {
  const wrong = shipped().map((one) => ({
    ...one,
    released: one.released.map((object) =>
      object.kind === "HorizontalPodAutoscaler" ? { ...object, spec: { ...object.spec, minReplicas: 99 } } : object,
    ),
  }));
  expect(problems(() => renderChart({ environments: wrong }))).toContain(
    'chart.production["HorizontalPodAutoscaler my-app-backend-hpa"]["spec.minReplicas"]: the chart has 3, Terraform 99',
  );
});

describe("values", () => {
  const files = renderChart({ environments: shipped() });
  const values = parse(files["values.yaml"] ?? "");

  test("what people set comes first, without a value of the model that an upgrade could hold on to", () => {
    expect(values).toEqual({ environment: "", image: { tag: "" }, workloads: {}, ingress: {}, sealed: {} });
    expect(Object.keys(values as object).slice(0, 3)).toEqual(["environment", "image", "workloads"]);
    expect(files["values.yaml"]).toContain("#         tag: v1.2.3");
  });

  test("what does not depend on the environment is a default", () => {
    const defaults = parse(files["defaults.yaml"] ?? "");
    expect(defaults).toMatchObject({
      workloads: { backend: { resources: { limits: { memory: "512Mi" } }, config: { LOG_FORMAT: "json" } } },
    });
    expect(defaults.workloads.backend.config).not.toHaveProperty("APP_ENV");
    expect(files["defaults.yaml"]).not.toMatch(/: null$/m);
  });

  test("an environment has what is its own", () => {
    expect(parse(files["values-production.yaml"] ?? "")).toMatchObject({
      environment: "production",
      namespace: "my-app-prod",
      ingress: { hosts: { api: "api.example.com", web: "example.com" } },
      workloads: { consumer: { replicas: 2 } },
    });
  });

  test("an override of an environment becomes a value of it", () => {
    const chart = chartOf(({ name }) =>
      name === "production" ? { workloads: { frontend: { autoscaling: false } } } : {},
    );
    expect(parse(chart["values-production.yaml"] ?? "").workloads.frontend.autoscaling).toEqual({ enabled: false });
    expect(parse(chart["values-staging.yaml"] ?? "").workloads.frontend.autoscaling).toEqual({ enabled: true });
  });

  test("ciphertext of one environment is rendered in it alone", () => {
    const chart = renderChart({
      environments: chartEnvironments(
        "my-app",
        loadEnvironments(
          environments.map((environment) =>
            environment.name === "production"
              ? {
                  ...environment,
                  sealedSecrets: true,
                  applications: environment.applications.map((one) => ({
                    ...one,
                    sealed: { "stripe-key": "AgB" + "x".repeat(700) },
                  })),
                }
              : environment,
          ),
        ),
      ),
    });
    expect(chart["templates/secret.yaml"]).toContain("{{- if $values.sealed }}");
    const production = parse(chart["values-production.yaml"] ?? "");
    expect(production.sealed["stripe-key"]).toMatch(/^AgB/);
    expect(chart["templates/deployment.yaml"]).toContain(
      'name: {{ ternary "my-app-sealed" "my-app-secrets" (hasKey $values.sealed "stripe-key") }}',
    );
  });
});

test("text that Helm would read stays text", () => {
  const chart = chartOf(() => ({}));
  expect(chart["templates/deployment.yaml"]).not.toContain('{{ "{{" }}');
  const strange = shipped().map((one) => ({
    ...one,
    released: one.released.map((object) =>
      object.kind === "Service"
        ? { ...object, metadata: { ...object.metadata, annotations: { note: "{{ .Values }}" } } }
        : object,
    ),
  }));
  expect(renderChart({ environments: strange })["templates/service.yaml"]).toContain('note: "{{ "{{" }} .Values }}"');
});
