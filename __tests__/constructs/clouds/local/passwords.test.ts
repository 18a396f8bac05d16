import { local } from "../../../../environments/local";
import { all, type StackJson, synthApplication } from "../../../support/local-environment";

type Block = Readonly<Record<string, unknown>>;

interface Secret {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly data_wo: Readonly<Record<string, string>>;
}

const secrets = (json: StackJson) => all(json, "kubernetes_secret_v1") as (Block & Secret)[];
const names = (json: StackJson): string[] =>
  secrets(json)
    .map(({ metadata }) => metadata.name)
    .sort();

const json = synthApplication();

test("a Secret for each user, below its service's own", () => {
  expect(names(json)).toEqual([
    "local.my-app.cache.v1",
    "local.my-app.events.backend.v1",
    "local.my-app.events.consumer.v1",
    "local.my-app.events.v1",
    "local.my-app.orders-db.backend.v1",
    "local.my-app.orders-db.consumer.v1",
    "local.my-app.orders-db.cron.v1",
    "local.my-app.orders-db.migrate.v1",
    "local.my-app.orders-db.v1",
    "local.my-app.stripe-key",
    "local.my-app.uploads.v1",
  ]);
  // With the label of the application's namespace, so that one command finds both.
  const labels = { "goldenpath/application": "my-app" };
  for (const { metadata } of secrets(json)) expect(metadata).toMatchObject({ namespace: "secret-store", labels });
});

test("nothing of them is read back: all is write-only, and each password exists in one run", () => {
  for (const secret of secrets(json)) {
    expect(secret).not.toHaveProperty("data");
    expect(secret).toHaveProperty("data_wo_revision", 1);
  }
  const passwords = secrets(json).flatMap(({ data_wo: { password } }) => password ?? []);
  expect(passwords).toHaveLength(10);
  expect(new Set(passwords).size).toBe(10);
  for (const text of passwords) expect(text).toMatch(/^\$\{ephemeral\.random_password\.[\w-]+\.result\}$/);
});

test("another generation is another Secret, made before the old one goes", () => {
  const [placed] = shipped();
  const next = synthApplication({}, { applications: [{ ...placed, services: { cache: { passwords: 2 } } }] });
  expect(names(next)).toContain("local.my-app.cache.v2");
  expect(names(next)).not.toContain("local.my-app.cache.v1");
  const cache = secrets(next).find(({ metadata }) => metadata.name === "local.my-app.cache.v2");
  expect(cache).toMatchObject({ lifecycle: { create_before_destroy: true } });
});

function shipped() {
  const [placed] = local.applications;
  if (placed === undefined) throw new Error("no application");
  return [placed] as const;
}

interface ExternalSecret {
  readonly kind: string;
  readonly spec: { readonly data: readonly { readonly remoteRef: Readonly<Record<string, string>> }[] };
}

const read = all(json, "kubernetes_manifest")
  .map(({ manifest }) => manifest as ExternalSecret)
  .filter(({ kind }) => kind === "ExternalSecret")
  .flatMap(({ spec }) => spec.data.map(({ remoteRef }) => remoteRef));

test("External Secrets is told a key of each, as a Secret is a map and has no versions", () => {
  expect(read.length).toBeGreaterThan(10);
  for (const ref of read) {
    expect(Object.keys(ref).sort()).toEqual(["key", "property"]);
    expect(ref.key).toMatch(/^\$\{kubernetes_secret_v1\.[\w-]+\.metadata\[0\]\.name\}$|^local\.my-app\.stripe-key$/);
  }
  const properties = new Set(read.map(({ property }) => property));
  expect(properties).toEqual(new Set(["password", "value"]));
});

test("a secret that people make has a placeholder, which nobody writes again", () => {
  const stripe = secrets(json).find(({ metadata }) => metadata.name === "local.my-app.stripe-key");
  expect(stripe).toMatchObject({
    data_wo: { value: "placeholder" },
    data_wo_revision: 1,
    metadata: { annotations: { description: "Secret API key of the Stripe account, from its dashboard" } },
  });
  expect(read).toContainEqual({ key: "local.my-app.stripe-key", property: "value" });
});

test("a sealed one has none", () => {
  const [placed] = shipped();
  const sealed = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512 + 24, 7)]).toString("base64");
  const changes = { sealedSecrets: true, applications: [{ ...placed, sealed: { "stripe-key": sealed } }] };
  expect(names(synthApplication({}, changes))).not.toContain("local.my-app.stripe-key");
});
