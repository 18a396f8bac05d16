import type { EnvironmentSpec } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import type { ServiceSizing } from "../../constructs/model/service";
import { compose } from "../../constructs/outputs/outputs";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";
import { LOCAL_COMPOSE } from "../../environments/outputs";
import { PARTNER_CA } from "../support/certificate";
import { named, stack, type StackJson, synthesizeEnvironments, synthesizeReference } from "../support/reference";

/*
 * The shipped environments with every data service run by somebody else: the same variables, and nothing of ours.
 */

const SERVICES: Readonly<Record<string, ServiceSizing>> = {
  "orders-db": {
    placement: "external",
    external: {
      host: "db.partner.example",
      parts: { username: "shop", database: "orders" },
      secrets: { password: "orders-db-password" },
      caBundle: PARTNER_CA,
      cidrs: ["198.51.100.0/24"],
    },
  },
  cache: { placement: "external", external: { host: "192.0.2.7", tls: false } },
  events: { placement: "external", external: { host: "mq.partner.example", secrets: { RABBITMQ_URL: "events-url" } } },
  uploads: {
    placement: "external",
    external: {
      host: "s3.partner.example",
      parts: { bucket: "uploads", region: "eu-1", accessKeyId: "AKIA" },
      secrets: { secretAccessKey: "uploads-key" },
    },
  },
};

const elsewhere = environments.map(({ applications, ...environment }): EnvironmentSpec => ({
  ...environment,
  applications: applications.map((overlay) => ({ ...overlay, services: SERVICES })),
}));

const synthesis = synthesizeEnvironments(elsewhere);
const names = ["local", "staging", "gke-staging", "aks-staging", "production"] as const;

/** Types of what holds data or encrypts it, and of what runs it. */
const HOLDS = /_db_|rds|elasticache|_mq_|s3_bucket|sql|memorystore|storage_bucket|redis|kms|key_vault_key|stateful_set/;

const objects = (json: StackJson, kind: string): Record<string, unknown>[] =>
  Object.values(json.resource.kubernetes_manifest ?? {}).flatMap(({ manifest }) => {
    const object = manifest as Record<string, unknown>;
    return object.kind === kind ? [object] : [];
  });

interface ExternalSecret {
  readonly spec: {
    readonly target: { readonly name: string; readonly template: { readonly data: Readonly<Record<string, string>> } };
    readonly data: readonly { readonly secretKey: string; readonly remoteRef: { readonly key: string } }[];
  };
}

describe.each(names)("the application's stack of %s", (name) => {
  const json = stack(synthesis, name);
  const [secret, ...others] = (objects(json, "ExternalSecret") as unknown as ExternalSecret[]).filter(
    ({ spec }) => spec.target.name === "my-app-secrets",
  );

  test("creates nothing that holds data, no key and no Job for users", () => {
    expect(Object.keys(json.resource).filter((type) => HOLDS.test(type))).toEqual([]);
    const jobs = Object.values(json.resource.kubernetes_job_v1 ?? {}).map(({ metadata }) => JSON.stringify(metadata));
    expect(jobs.filter((metadata) => /-users|-retire/.test(metadata))).toEqual([]);
  });

  test("has every variable all the same, of secrets that people make", () => {
    expect(others).toEqual([]);
    if (secret === undefined) throw new Error("the application has no Secret");
    const { data, target } = secret.spec;
    const keys = Object.fromEntries(data.map(({ secretKey, remoteRef }) => [secretKey, remoteRef.key]));
    expect(Object.keys(target.template.data).sort()).toEqual([
      "database-url",
      "rabbitmq-url",
      "s3-secret-access-key",
      "stripe-key",
    ]);
    expect(target.template.data["rabbitmq-url"]).toBe('{{ index . "rabbitmq-url.whole" }}');
    expect(target.template.data["database-url"]).toContain("@db.partner.example:3306/orders");
    expect(keys["rabbitmq-url.whole"]).toMatch(/events-url$/);
    expect(keys["database-url.password"]).toMatch(/orders-db-password$/);
    // One key for all: they sign in alike.
    expect(JSON.stringify(json.resource)).toContain("redis://192.0.2.7:6379");
  });

  test("asks whether those secrets are there, or places them", () => {
    const asked = JSON.stringify([json.data, json.resource.kubernetes_secret_v1]);
    for (const wanted of ["orders-db-password", "events-url", "uploads-key"]) expect(asked).toContain(wanted);
  });

  test("opens exactly the way there", () => {
    const policy = JSON.stringify(named(json, "kubernetes_network_policy_v1", "my-app-consumer"));
    expect(policy).toContain('"cidr":"198.51.100.0/24"');
    expect(policy).toContain('"port":"5671"');
    expect(policy).not.toContain("192.0.2.7");
    expect(JSON.stringify(named(json, "kubernetes_network_policy_v1", "my-app-backend"))).toContain("192.0.2.7/32");
  });

  test("mounts the authority of the database", () => {
    const bundles = named(json, "kubernetes_config_map_v1", "my-app.ca-bundles");
    expect(bundles.data).toEqual({ "orders-db.pem": PARTNER_CA });
  });
});

test("a protected environment's ledger has none of them: nothing of theirs is ours to lose", () => {
  const ledger = (json: StackJson) => JSON.stringify(json.resource.terraform_data);
  expect(ledger(stack(synthesizeReference(), "production"))).toMatch(/kept orders-db mysql/);
  expect(ledger(stack(synthesis, "production"))).not.toMatch(/kept (?:orders-db|cache|events|uploads) /);
});

test("Compose runs its own containers as before", () => {
  const filesOf = (specs: readonly EnvironmentSpec[]) =>
    compose.render(renderEnvironments(loadEnvironments(specs.filter(({ name }) => name === "local"))), LOCAL_COMPOSE);
  expect(filesOf(elsewhere)).toEqual(filesOf(environments));
});
