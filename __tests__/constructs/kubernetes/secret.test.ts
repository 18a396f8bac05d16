import { secretTemplate } from "../../../constructs/kubernetes/secret-template";
import type { ResolvedPiece } from "../../../constructs/model/variables";
import {
  backend,
  connectionOf,
  cron,
  find,
  frontend,
  provided,
  render,
  type Rendering,
  resolvedApplication,
} from "../../support/resolved";

const secret = (changes: Rendering = {}) => find(render(changes), "ExternalSecret", "my-app-secrets").spec;
const DATABASE_URL = {
  name: "DATABASE_URL",
  valueFrom: { secretKeyRef: { name: "my-app-secrets", key: "database-url" } },
};

describe("my-app-secrets", () => {
  test("has a key for each secret variable and each secret made out of band, and no part of one", () => {
    expect(Object.keys(secret().target.template.data)).toEqual(["database-url", "redis-url", "stripe-key"]);
    expect(secret().target).toMatchObject({
      name: "my-app-secrets",
      creationPolicy: "Owner",
      deletionPolicy: "Retain",
    });
    expect(secret().secretStoreRef).toEqual({ kind: "ClusterSecretStore", name: "cloud" });
  });

  test("is what the containers refer to", () => {
    const objects = render();
    const [container] = find(objects, "Deployment", "my-app-backend").spec.template.spec.containers;
    const job = find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template.spec.containers[0];
    expect(container?.env).toContainEqual(DATABASE_URL);
    expect(job?.env).toContainEqual(DATABASE_URL);
    expect(container?.env).toContainEqual({
      name: "STRIPE_KEY",
      valueFrom: { secretKeyRef: { name: "my-app-secrets", key: "stripe-key" } },
    });
  });

  test("assembles a URL in the cluster, its secret parts percent-encoded", () => {
    const encoded = (name: string) => `{{ index . "${name}" | urlquery | replace "+" "%20" }}`;
    const { data } = secret().target.template;
    expect(data["database-url"]).toBe(
      `mysql://${encoded("database-url.username")}:${encoded("database-url.password")}@\${TfToken[TOKEN.1]}:3306/app_db`,
    );
    expect(data["stripe-key"]).toBe('{{ index . "stripe-key.value" }}');
  });

  test("fetches each field once, under names that External Secrets accepts, and uses every one", () => {
    const { data, target } = secret();
    const refs = data.map(({ remoteRef }) => JSON.stringify(remoteRef));
    expect(new Set(refs).size).toBe(refs.length);
    expect(data).toHaveLength(4);
    const used = Object.values(target.template.data).flatMap((text) =>
      [...text.matchAll(/index \. "([^"]+)"/g)].map(([, name]) => name),
    );
    expect(new Set(used)).toEqual(new Set(data.map(({ secretKey }) => secretKey)));
    for (const { secretKey } of data) expect(secretKey).toMatch(/^[-._a-zA-Z0-9]{1,253}$/);
  });

  test("keeps references of Terraform as they are", () => {
    expect(secret().data[0]?.remoteRef).toEqual({ key: "${TfToken[TOKEN.2]}", property: "username" });
  });

  test("shares a key between workloads even where each call makes its own references", () => {
    let calls = 0;
    const connection = (_workload: string, service: string) => {
      const known = connectionOf(service);
      const key = `\${TfToken[TOKEN.${100 + calls++}]}`;
      return { ...known, parts: { ...known.parts, password: { secret: { key, property: "password" } } } };
    };
    expect(Object.keys(secret({ provided: provided({ connection }) }).target.template.data)).toContain("database-url");
  });

  test("refuses a key that would be one thing for one workload and another for the next", () => {
    const connection = (workload: string, service: string) => {
      const known = connectionOf(service);
      return { ...known, parts: { ...known.parts, password: { secret: { key: `production/${workload}` } } } };
    };
    const application = resolvedApplication({ workloads: [backend(), cron()] });
    expect(() => render({ application, provided: provided({ connection }) })).toThrow(
      'secret my-app-secrets: key "database-url" is one thing in workload backend, another in workload cron',
    );
  });

  test("is not made where nothing is secret", () => {
    const application = resolvedApplication({ workloads: [frontend({ edges: [] })], secrets: [] });
    expect(render({ application }).some(({ kind }) => kind === "ExternalSecret")).toBe(false);
  });

  test("puts a connection value that is not secret into the environment, not into the ConfigMap", () => {
    const plain = { ...connectionOf("orders-db") };
    const parts = { ...plain.parts, username: { value: "app" }, password: { value: "dev" } };
    const objects = render({
      application: resolvedApplication({ workloads: [cron()], secrets: [], routes: [] }),
      provided: provided({ connection: () => ({ ...plain, parts }) }),
    });
    const job = find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template.spec.containers[0];
    expect(job?.env).toEqual([{ name: "DATABASE_URL", value: "mysql://app:dev@${TfToken[TOKEN.1]}:3306/app_db" }]);
    expect(find(objects, "ConfigMap", "my-app-cron").data).toEqual({});
  });
});

describe("a template", () => {
  const password: ResolvedPiece = { part: "password", key: "k", raw: true };
  const name = () => "p";

  test.each<[string, ResolvedPiece[], string]>([
    ["text with an action in it", [{ text: "a{{b}}" }], 'a{{ "{{" }}b}}'],
    ["a brace before a part", [{ text: "a{" }, password], 'a{{ "{" }}{{ index . "p" }}'],
    ["three braces", [{ text: "{{{" }, password], '{{ "{{" }}{{ "{" }}{{ index . "p" }}'],
    ["a reference", [{ text: "${TfToken[TOKEN.9]}" }, password], '${TfToken[TOKEN.9]}{{ index . "p" }}'],
  ])("keeps %s literal", (_title, pieces, expected) => {
    expect(secretTemplate(pieces, name)).toBe(expected);
  });
});

test("the variables of a workload without edges are its ConfigMap's", () => {
  const workload = backend({ edges: [], secrets: [] });
  const objects = render({ application: resolvedApplication({ workloads: [workload], secrets: [] }) });
  const [container] = find(objects, "Deployment", "my-app-backend").spec.template.spec.containers;
  expect(container?.envFrom).toEqual([{ configMapRef: { name: "my-app-backend" } }]);
  expect(find(objects, "ConfigMap", "my-app-backend").data).toEqual({ APP_ENV: "production" });
});
