import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addon } from "../../../constructs/addons";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { canonicalJson } from "../../../constructs/model-json/canonical";
import { modelJson } from "../../../constructs/model-json/model-json";
import { pointer } from "../../../constructs/model-json/pointer";
import { jsonSchema, MODEL_SCHEMA, type ModelDocument } from "../../../constructs/model-json/schema";
import { application } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import { http } from "../../../constructs/model/workload";
import { prometheus } from "../../../constructs/observability/prometheus/prometheus";
import { environments } from "../../../environments";
import { staging } from "../../../environments/staging";

const ROOT = join(__dirname, "..", "..", "..");

/** The text for some environments, each with one stack. */
function textOf(inputs: readonly EnvironmentSpec[]): string {
  return modelJson(
    loadEnvironments(inputs).map((environment, index) => {
      const input = inputs[index];
      if (input === undefined) throw new Error("no input");
      return { input, environment, stacks: [environment.name] };
    }),
  );
}

test("the shipped environments have the form of the schema, every field of it", () => {
  const text = textOf(environments);
  expect(MODEL_SCHEMA.parse(JSON.parse(text))).toEqual(JSON.parse(text));
  expect(Object.keys((JSON.parse(text) as ModelDocument).environments)).toHaveLength(environments.length);
});

test("the schema that is committed is that of the code: npm run render", () => {
  const file = join(ROOT, "docs", "generated", "model.schema.json");
  expect(readFileSync(file, "utf8")).toBe(canonicalJson(jsonSchema()));
});

test("an environment's own add-ons are there by name, and absent where there are none", () => {
  const chart = { repository: "https://charts.example.com", name: "logs-chart", version: "1.2.3" };
  const logs = addon({ name: "logs", namespace: "log-collector", chart, values: () => ({}) });
  const text = textOf([{ ...staging, addons: [logs] }]);
  const document = MODEL_SCHEMA.parse(JSON.parse(text));
  expect(document.environments.staging?.addons).toEqual({ logs: { namespace: "log-collector", chart } });
  expect(textOf([staging])).not.toContain("addons");
});

test("a document with a field that the schema does not know, or without one that it has, is refused", () => {
  const document = JSON.parse(textOf([staging])) as ModelDocument;
  const of = (change: object): boolean => MODEL_SCHEMA.safeParse({ ...document, ...change }).success;
  expect(of({})).toBe(true);
  expect(of({ version: 2 })).toBe(false);
  expect(of({ environments: { staging: { ...document.environments.staging, more: 1 } } })).toBe(false);
  expect(of({ environments: { staging: { ...document.environments.staging, stacks: undefined } } })).toBe(false);
});

test("the order in which things are written changes nothing", () => {
  const turned = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;
  const [overlay] = staging.applications;
  if (overlay === undefined) throw new Error("no application");
  const { application } = overlay;
  const workloads = turned(application.workloads);
  const other = turned({
    ...staging,
    applications: [turned({ ...overlay, application: { ...application, workloads } })],
  });
  expect(textOf([other])).toBe(textOf([staging]));
});

test("a secret is a name and a place: neither its ciphertext nor anything else of it is there", () => {
  const planted = `AgPlanted${"x".repeat(684)}`;
  const shop = application({
    name: "shop",
    owner: "team-shop",
    secrets: { "api-key": { variable: "API_KEY", description: "from the dashboard" } },
    workloads: { web: http({ image: "registry.example.com/web:v1", secrets: ["api-key"] }) },
  });
  const input: EnvironmentSpec = {
    ...staging,
    sealedSecrets: true,
    defaultApplication: "shop",
    registries: { logins: { ghcr: { registry: "ghcr.io", username: "acme-puller" } } },
    applications: [{ application: shop, sealed: { "api-key": planted } }],
  };
  const text = textOf([input]);
  expect(loadEnvironments([input])[0]?.applications[0]?.secrets[0]?.sealed).toBe(planted);
  expect(text).not.toContain("AgPlanted");
  const secrets = (JSON.parse(text) as ModelDocument).environments.staging?.applications.shop?.secrets;
  expect(secrets).toEqual({
    "api-key": {
      variable: "API_KEY",
      description: "from the dashboard",
      remoteKey: "staging/shop/api-key",
      sealed: true,
    },
  });
});

test("secrets of what measures an environment are names and places too; without it there is no word of it", () => {
  const input: EnvironmentSpec = {
    ...staging,
    observability: prometheus({ runbooks: "https://docs.example.com/runbooks", slack: { channel: "#my-app-alerts" } }),
  };
  const { environments } = JSON.parse(textOf([input])) as ModelDocument;
  expect(environments.staging?.observability).toMatchObject({
    title: "Prometheus",
    secrets: {
      "grafana-admin-password": { remoteKey: "staging/grafana-admin-password" },
      "slack-webhook": { remoteKey: "staging/slack-webhook" },
    },
  });
  expect(JSON.parse(textOf([{ ...staging, observability: "off" }]))).not.toHaveProperty(
    "environments.staging.observability",
  );
});

test("keys are in the order of code units on every machine, lists stay as they are", () => {
  expect(canonicalJson({ b: 1, a: [2, 1], B: { z: undefined, y: null } })).toBe(
    '{\n  "B": {\n    "y": null\n  },\n  "a": [\n    2,\n    1\n  ],\n  "b": 1\n}\n',
  );
});

test("a pointer escapes what JSON Pointers escape", () => {
  expect(pointer(["a/b", "m~n", 0])).toBe("/a~1b/m~0n/0");
});

test("resources of all environments are told, by stack and address; without a synthesis there are none", () => {
  const [environment] = loadEnvironments([staging]);
  if (environment === undefined) throw new Error("no environment");
  const of = "/environments/staging/applications/my-app/services/orders-db";
  const part = (stack: string) => ({
    ...{ input: staging, environment, stacks: [stack] },
    resources: { [stack]: { "aws_db_instance.x": { of, part: "db instance" } } },
  });
  const document = MODEL_SCHEMA.parse(JSON.parse(modelJson([part("staging"), part("other")])));
  expect(document.resources).toEqual({
    other: { "aws_db_instance.x": { of, part: "db instance" } },
    staging: { "aws_db_instance.x": { of, part: "db instance" } },
  });
  expect(JSON.parse(textOf([staging]))).not.toHaveProperty("resources");
});
