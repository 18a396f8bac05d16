import { secretTemplate } from "../../../constructs/kubernetes/secret-template";
import type { Edge, ResolvedService } from "../../../constructs/model/resolved";
import type { ResolvedPiece } from "../../../constructs/model/variables";
import { bucket } from "../../../constructs/services/bucket";
import {
  backend,
  cache,
  connectionOf,
  cron,
  find,
  frontend,
  ordersDb,
  provided,
  render,
  type Rendering,
  resolvedApplication,
  stripeKey,
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

  describe.each([
    ["literals", (workload: string) => `production/${workload}`],
    ["references", (workload: string) => `\${TfToken[TOKEN.${workload.length}]}`],
  ])("with credentials per workload, by %s", (_title, place) => {
    const own = (workload: string, service: string) => {
      const known = connectionOf(service);
      return { ...known, parts: { ...known.parts, password: { secret: { key: place(workload) } } } };
    };
    const keyOf = (objects: ReturnType<typeof render>, workload: "backend" | "cron") => {
      const template =
        workload === "backend"
          ? find(objects, "Deployment", "my-app-backend").spec.template
          : find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template;
      const variable = template.spec.containers
        .flatMap(({ env }) => env ?? [])
        .find(({ name }) => name === "DATABASE_URL");
      return variable !== undefined && "valueFrom" in variable ? variable.valueFrom.secretKeyRef.key : undefined;
    };
    const application = resolvedApplication({ workloads: [backend(), cron()] });
    const objects = render({ application, provided: provided({ connection: own }) });
    const { data, target } = find(objects, "ExternalSecret", "my-app-secrets").spec;

    test("gives the first workload the plain key and the next one of its own", () => {
      expect([keyOf(objects, "backend"), keyOf(objects, "cron")]).toEqual(["database-url", "cron-database-url"]);
      expect(Object.keys(target.template.data)).toEqual([
        "database-url",
        "redis-url",
        "cron-database-url",
        "stripe-key",
      ]);
    });

    test("fetches for each its own password, and what they have in common once", () => {
      const fetched = (secretKey: string) => data.find((entry) => entry.secretKey === secretKey)?.remoteRef;
      expect(fetched("database-url.password")).toEqual({ key: place("backend") });
      expect(fetched("cron-database-url.password")).toEqual({ key: place("cron") });
      expect(target.template.data["cron-database-url"]).toContain('index . "cron-database-url.password"');
      expect(target.template.data["cron-database-url"]).toContain('index . "database-url.username"');
    });

    test("is one key again where the two have the same", () => {
      const shared = (_workload: string, service: string) => own("backend", service);
      const together = render({ application, provided: provided({ connection: shared }) });
      expect([keyOf(together, "backend"), keyOf(together, "cron")]).toEqual(["database-url", "database-url"]);
    });
  });

  describe("where the store's versions are known", () => {
    const versioned = (service: string, version: string) => {
      const known = connectionOf(service);
      const password = { secret: { key: `production/${service}`, property: "password", version } };
      return { ...known, parts: { ...known.parts, password } };
    };
    const [TOKEN, OTHER] = ["uuid/${TfToken[TOKEN.20]}", "uuid/${TfToken[TOKEN.21]}"];

    test("fetches that version of what Terraform writes, and the current one of what others write", () => {
      const connection = (_workload: string, service: string) =>
        service === "cache" ? versioned(service, TOKEN) : connectionOf(service);
      const { data } = secret({ provided: provided({ connection }) });
      expect(data.map(({ remoteRef }) => remoteRef)).toEqual([
        { key: "${TfToken[TOKEN.2]}", property: "username" },
        { key: "${TfToken[TOKEN.2]}", property: "password" },
        { key: "production/cache", property: "password", version: TOKEN },
        { key: "production/my-app/stripe-key" },
      ]);
    });

    test("tells two versions of one secret apart", () => {
      const connection = (workload: string, service: string) =>
        versioned(service, workload === "backend" ? TOKEN : OTHER);
      const application = resolvedApplication({ workloads: [backend(), cron()], secrets: [] });
      const { data, target } = secret({ application, provided: provided({ connection }) });
      const fetched = data.filter(({ remoteRef }) => remoteRef.key === "production/orders-db");
      expect(fetched.map(({ secretKey, remoteRef }) => [secretKey, remoteRef.version])).toEqual([
        ["database-url.password", TOKEN],
        ["cron-database-url.password", OTHER],
      ]);
      expect(Object.keys(target.template.data)).toEqual(["database-url", "redis-url", "cron-database-url"]);
    });

    test("needs no other sign of new passwords", () => {
      const services = [ordersDb, cache].map((service) => ({
        ...service,
        sizing: { ...service.sizing, passwords: 2 },
      }));
      const objects = render({ application: resolvedApplication({ services }) });
      const { metadata } = find(objects, "ExternalSecret", "my-app-secrets");
      expect(metadata).toEqual(find(render(), "ExternalSecret", "my-app-secrets").metadata);
      expect(metadata).not.toHaveProperty("annotations");
      expect(JSON.stringify(objects)).not.toContain("goldenpath/passwords");
    });
  });

  test("gives two workloads a key each, where names with hyphens would come to one", () => {
    const edge = (service: ResolvedService, key: string): Edge => ({
      to: "service",
      service,
      prefix: "",
      secretKeys: { DATABASE_URL: key },
    });
    const second: ResolvedService = { ...ordersDb, name: "db" };
    const named = (name: string, edges: readonly Edge[]) => cron({ name, objectName: `my-app-${name}`, edges });
    const workloads = [
      named("api", [edge(ordersDb, "database-url"), edge(second, "db-database-url")]),
      named("cron", [edge(second, "db-database-url")]),
      named("cron-db", [edge(ordersDb, "database-url")]),
    ];
    const connection = (workload: string, service: string) => {
      const known = connectionOf("orders-db");
      return { ...known, parts: { ...known.parts, password: { secret: { key: `${service}/${workload}` } } } };
    };
    const application = resolvedApplication({ workloads, secrets: [], routes: [] });
    const objects = render({ application, provided: provided({ connection }) });
    const keys = objects.flatMap((object) =>
      object.kind === "ExternalSecret" ? Object.keys(object.spec.target.template.data) : [],
    );
    expect(keys.sort()).toEqual([
      "database-url",
      "db-database-url",
      "own.cron-db.database-url",
      "own.cron.db-database-url",
    ]);
  });

  test("refuses a secret made out of band under a key that a variable has", () => {
    const taken = { ...stripeKey, name: "database-url" };
    const application = resolvedApplication({ secrets: [taken] });
    expect(() => render({ application })).toThrow(
      'application my-app: Secret my-app-secrets: key "database-url": ' +
        "DATABASE_URL of workload backend and secret database-url both need it; rename one of them",
    );
  });

  test("is not made where nothing is secret", () => {
    const application = resolvedApplication({ workloads: [frontend({ edges: [] })], secrets: [] });
    expect(render({ application }).some(({ kind }) => kind === "ExternalSecret")).toBe(false);
  });

  test("has no connection value that is not secret: that is in a ConfigMap, and not in the workload's own", () => {
    const files: ResolvedService = { ...ordersDb, name: "files", service: bucket() };
    const edges: Edge[] = [{ to: "service", service: files, prefix: "", secretKeys: {} }];
    const parts = {
      endpoint: { value: "https://s3.example.com" },
      bucket: { value: "${TfToken[TOKEN.5]}" },
      region: { value: "r" },
    };
    const objects = render({
      application: resolvedApplication({ workloads: [cron({ edges })], secrets: [], routes: [] }),
      provided: provided({ connection: () => ({ parts, tls: true, endpoints: [] }) }),
    });
    const job = find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template.spec.containers[0];
    expect(job?.env).toBeUndefined();
    expect(job?.envFrom).toEqual([
      { configMapRef: { name: "my-app-cron" } },
      { configMapRef: { name: "my-app-cron.connections" } },
    ]);
    expect(find(objects, "ConfigMap", "my-app-cron.connections").data).toEqual({
      S3_ENDPOINT: "https://s3.example.com",
      S3_BUCKET: "${TfToken[TOKEN.5]}",
      S3_REGION: "r",
    });
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
