import { peer } from "../../constructs/model/application";
import { PREVIEW_ISSUERS } from "../../constructs/model/previews";
import { CLUSTER_ISSUERS } from "../../constructs/routing/issuers";
import { environments } from "../../environments";
import { myApp } from "../../environments/my-app";
import { podsOf, policiesOf } from "../support/policies";
import { DOMAINS, HOSTS, previewIn, stackOf, stacksOf, taking } from "../support/previews";
import { type Pod, reaches } from "../support/reachability";
import {
  type Block,
  countTypes,
  named,
  stack,
  type StackJson,
  synthesizeEnvironments,
  synthesizeReference,
} from "../support/reference";

/* The stacks of previews, on every cloud. */

const all = HOSTS.map((host) => [host, stackOf(previewIn(host))] as const);
const staging = stackOf(previewIn("staging"));

/** What all of them consist of: nothing of a cloud. */
const TYPES = {
  kubernetes_config_map_v1: 16,
  kubernetes_cron_job_v1: 1,
  kubernetes_deployment_v1: 4,
  kubernetes_ingress_v1: 1,
  kubernetes_job_v1: 5,
  kubernetes_limit_range_v1: 1,
  kubernetes_manifest: 16,
  kubernetes_namespace_v1: 1,
  kubernetes_network_policy_v1: 15,
  kubernetes_persistent_volume_claim_v1: 4,
  kubernetes_resource_quota_v1: 1,
  kubernetes_role_binding_v1: 2,
  kubernetes_role_v1: 2,
  kubernetes_secret_v1: 11,
  kubernetes_service_account_v1: 12,
  kubernetes_service_v1: 6,
  kubernetes_stateful_set_v1: 3,
  terraform_data: 13,
};

describe.each(all)("a preview in %s", (host, json) => {
  test("is this, and nothing of a cloud's", () => {
    expect(countTypes(json)).toEqual(TYPES);
  });

  test("has all that it makes in its own namespace, but for its store of secrets", () => {
    const outside = Object.entries(json.resource)
      .filter(([type]) => type !== "terraform_data" && type !== "kubernetes_namespace_v1")
      .flatMap(([, blocks]) => Object.values(blocks))
      .map(metadataOf)
      .filter(
        ({ namespace }) =>
          namespace !== "my-app-pr-123" && !/^\$\{kubernetes_(?:namespace|role)_v1\./.test(String(namespace)),
      );
    expect(outside).toEqual([
      {
        name: "my-app-pr-123",
        labels: {
          "goldenpath/preview": host,
          "goldenpath/previewed-application": "my-app",
          "goldenpath/pull-request": "123",
        },
      },
    ]);
  });

  test("has its state in the host's place for states, in a folder of previews", () => {
    expect(JSON.stringify(json.terraform.backend)).toMatch(
      host === "local" ? /terraform\.my-app-pr-123\.tfstate/ : /"previews\/my-app-pr-123(?:\.tfstate)?"/,
    );
  });

  test("has claims of disks alone, none larger than said", () => {
    const claims = Object.values(json.resource.kubernetes_persistent_volume_claim_v1 ?? {}).map(({ spec }) => spec);
    const [one] = claims;
    expect(claims).toHaveLength(4);
    for (const claim of claims) expect(claim).toEqual(one);
    expect(one).toMatchObject({ access_modes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } });
  });

  test("has one pod of each workload, and nothing that scales, calls people, copies or acts in the cloud", () => {
    const replicas = Object.values(json.resource.kubernetes_deployment_v1 ?? {}).map(({ spec }) => spec);
    expect(replicas.map((spec) => (spec as Block).replicas)).toEqual(["1", "1", "1", "1"]);
    const kinds = Object.values(json.resource.kubernetes_manifest ?? {}).map(
      ({ manifest }) => (manifest as Block).kind,
    );
    expect(new Set(kinds)).toEqual(
      new Set(["Certificate", "ClusterSecretStore", "ExternalSecret", "Issuer", "RabbitmqCluster"]),
    );
    const accounts = Object.values(json.resource.kubernetes_service_account_v1 ?? {}).map(metadataOf);
    expect(accounts.filter(({ annotations }) => annotations !== undefined)).toEqual([]);
  });

  test("reads no secret of the environment's: neither its namespace nor its ExternalSecrets name that store", () => {
    expect(metadataOf(only(json, "kubernetes_namespace_v1")).labels).not.toHaveProperty("goldenpath/application");
    const manifests = Object.values(json.resource.kubernetes_manifest ?? {}).map(({ manifest }) => manifest as Block);
    const stores = manifests
      .filter(({ kind }) => kind === "ExternalSecret")
      .map(({ spec }) => (spec as Block).secretStoreRef);
    expect(stores.length).toBeGreaterThan(4);
    for (const store of stores) expect(store).toEqual({ kind: "ClusterSecretStore", name: "my-app-pr-123" });
    expect(JSON.stringify(json)).not.toContain('"staging/');
  });

  test("has hosts below the domain that the environment gives previews", () => {
    const { spec } = only(json, "kubernetes_ingress_v1") as { spec: { rule: { host: string }[] } };
    expect(spec.rule.map((rule) => rule.host)).toEqual([
      `pr-123-my-app-api.${DOMAINS[host] ?? ""}`,
      `pr-123-my-app-web.${DOMAINS[host] ?? ""}`,
    ]);
  });
});

function metadataOf(block: Block): { namespace?: string; name?: string; labels?: object; annotations?: object } {
  return ((block.manifest ?? block) as { metadata: object }).metadata;
}

function only(json: StackJson, type: string): Block {
  const [block, ...others] = Object.values(json.resource[type] ?? {});
  if (block === undefined || others.length > 0) throw new Error(`not one ${type}`);
  return block;
}

test("the namespace says whose preview it is, what commit it runs and until when", () => {
  expect(only(staging, "kubernetes_namespace_v1").metadata).toEqual({
    name: "my-app-pr-123",
    labels: {
      "app.kubernetes.io/managed-by": "goldenpath",
      "app.kubernetes.io/part-of": "my-app",
      "goldenpath/preview": "staging",
      "goldenpath/previewed-application": "my-app",
      "goldenpath/pull-request": "123",
      owner: "team-my-app",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
    },
    annotations: {
      "goldenpath/commit": "0123456789abcdef0123456789abcdef01234567",
      "goldenpath/expires": "2026-12-03T12:00:00Z",
    },
  });
});

test("whose pull request it is says the namespace, for whoever sweeps it", () => {
  const of = stackOf(previewIn("staging", { request: { repository: "acme/my-app" } }));
  const { annotations } = only(of, "kubernetes_namespace_v1").metadata as { readonly annotations: object };
  expect(annotations).toMatchObject({ "goldenpath/repository": "acme/my-app" });
});

test("a secret that people make has a stand-in, and each password is one of its own", () => {
  const secrets = Object.values(staging.resource.kubernetes_secret_v1 ?? {});
  const texts = secrets.map(({ data_wo: data }) => JSON.stringify(data));
  expect(texts.filter((text) => text.includes("ephemeral.random_password"))).toHaveLength(10);
  expect(new Set(texts).size).toBe(11);
  expect(named(staging, "kubernetes_secret_v1", "pr-123.my-app.stripe-key").data_wo).toEqual({ value: "placeholder" });
});

test("its policies are there before anything runs, and its secrets after what reads them", () => {
  const store = Object.keys(staging.resource.kubernetes_manifest ?? {}).find((id) => id.includes("SecretStore"));
  const passwords = Object.values(staging.resource.kubernetes_secret_v1 ?? {}).filter(({ data_wo: data }) =>
    JSON.stringify(data).includes("random_password"),
  );
  for (const { depends_on: after } of passwords) expect(after).toEqual([`kubernetes_manifest.${store ?? ""}`]);
  const backend = named(staging, "kubernetes_deployment_v1", "my-app-backend");
  expect(JSON.stringify(backend.depends_on)).toContain("network-policy-default-deny");
});

test("a stack of a preview is this", () => {
  expect(staging).toMatchSnapshot();
});

test("that an environment takes previews changes its platform alone, and that by what previews run on", () => {
  const before = synthesizeReference().stacks;
  const { stacks: after } = synthesizeEnvironments(taking("staging"));
  const changed = Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
  expect(changed).toEqual(["staging-platform"]);
  const releases = (json: StackJson): string[] =>
    Object.values(json.resource.helm_release ?? {}).map(({ name }) => String(name));
  const [was, is] = [
    stack({ files: {}, stacks: before }, "staging-platform"),
    stack({ files: {}, stacks: after }, "staging-platform"),
  ];
  expect(releases(is).filter((name) => !releases(was).includes(name))).toEqual(["rabbitmq-cluster-operator"]);
});

test("issuers that previews may name are those of the platform", () => {
  expect([...PREVIEW_ISSUERS]).toEqual([...CLUSTER_ISSUERS]);
  const json = stackOf(previewIn("staging", { previews: { clusterIssuer: "letsencrypt-staging" } }));
  expect(metadataOf(only(json, "kubernetes_ingress_v1")).annotations).toMatchObject({
    "cert-manager.io/cluster-issuer": "letsencrypt-staging",
  });
});

test("images that were built for it come in place of the environment's", () => {
  const built = `ghcr.io/acme/backend:pr-123@sha256:${"a".repeat(64)}`;
  const json = stackOf(previewIn("staging", { request: { images: { backend: built } } }));
  const imageOf = (type: string, name: string): string =>
    /"image":"([^"]+)"/.exec(JSON.stringify(named(json, type, name)).replace(/.*"container":/, ""))?.[1] ?? "";
  expect(imageOf("kubernetes_deployment_v1", "my-app-consumer")).toBe(built);
  expect(imageOf("kubernetes_deployment_v1", "my-app-notifications")).toBe("registry.example.com/notifications:v1.2.3");
});

/* Who reaches whom: two previews, the environment whose cluster they are in, and what is outside. */

const other = stackOf(previewIn("staging", { request: { pullRequest: 124 } }));
const host = stack(synthesizeReference(), "staging");
const policies = [staging, other, host, stack(synthesizeReference(), "staging-platform")].flatMap(policiesOf);
const WORLDS: Readonly<Record<string, Readonly<Record<string, Pod>>>> = {
  "pr-123": podsOf(staging),
  "pr-124": podsOf(other),
  staging: podsOf(host),
};
const ADDRESSES = ["1.1.1.1", "203.0.113.7", "10.10.0.5", "169.254.169.254", "169.254.170.23", "172.20.0.1"];
const PORTS = [25, 53, 80, 443, 465, 587, 3000, 3306, 4369, 5671, 6379, 8080, 8089, 8443, 9000, 15671, 25672];

const open = (from: string, to: string): string[] =>
  Object.entries(WORLDS[from] ?? {}).flatMap(([one, pod]) =>
    Object.entries(WORLDS[to] ?? {}).flatMap(([another, end]) =>
      PORTS.filter((port) => pod !== end && reaches(policies, { from: pod, to: end, port })).map(
        (port) => `${one} → ${another}:${port}`,
      ),
    ),
  );

describe("reachability", () => {
  test.each([
    ["pr-123", "pr-124"],
    ["pr-124", "pr-123"],
    ["pr-123", "staging"],
    ["staging", "pr-123"],
    ["pr-124", "staging"],
    ["staging", "pr-124"],
  ])("no pod of %s reaches one of %s", (from, to) => {
    expect(open(from, to)).toEqual([]);
  });

  test("within a preview it is open what edges open, and no less", () => {
    const lines = open("pr-123", "pr-123");
    expect(lines).toContain("my-app-backend → my-app-orders-db:3306");
    expect(lines).toContain("my-app-frontend → my-app-backend:8080");
    expect(lines).not.toContain("my-app-frontend → my-app-orders-db:3306");
    expect(lines).toHaveLength(25);
  });

  test("no address outside is open, on any port: of a preview nothing leaves", () => {
    const found = Object.entries(WORLDS["pr-123"] ?? {}).flatMap(([name, from]) =>
      ADDRESSES.flatMap((address) =>
        PORTS.filter((port) => reaches(policies, { from, to: { address }, port })).map(
          (port) => `${name} → ${address}:${port}`,
        ),
      ),
    );
    expect(found).toEqual([]);
    // The same of the environment itself finds what is open there.
    const { "my-app-backend": backend } = WORLDS["staging"] ?? {};
    expect(backend && reaches(policies, { from: backend, to: { address: "203.0.113.7" }, port: 587 })).toBe(true);
  });

  test("its names of what is outside resolve nowhere", () => {
    const text = JSON.stringify(staging);
    expect(text).toContain('"stripe.closed.invalid"');
    expect(text).toContain('"mail.closed.invalid"');
    expect(text).not.toContain("api.stripe.com");
    expect(text).not.toContain("smtp.example.com");
  });

  test("what the environment opens is open, and nothing beside it", () => {
    const json = stackOf(previewIn("staging", { previews: { open: ["my-app/stripe"] } }));
    const own = policiesOf(json);
    const { "my-app-backend": backend } = podsOf(json);
    const to = (port: number): boolean =>
      backend !== undefined && reaches(own, { from: backend, to: { address: "203.0.113.7" }, port });
    expect([443, 587].map(to)).toEqual([true, false]);
    expect(JSON.stringify(json)).toContain('"api.stripe.com"');
  });

  test("pods of another namespace that the application calls are closed, too", () => {
    const calling = {
      ...myApp,
      externals: {
        ...myApp.externals,
        stripe: peer({
          namespace: "my-app-staging",
          service: "my-app-frontend",
          labels: { app: "my-app-frontend" },
          port: 3000,
        }),
      },
    };
    const json = stackOf(
      previewIn("staging", {
        change: (spec) => ({
          ...spec,
          applications: spec.applications.map((overlay) => ({ ...overlay, application: calling })),
        }),
      }),
    );
    expect(JSON.stringify(json)).not.toContain("my-app-staging");
    expect(JSON.stringify(json)).toContain('"stripe.closed.invalid"');
  });
});

test("previews are stacks of their own, beside all others of the program", () => {
  expect(Object.keys(stacksOf(previewIn("staging")))).toEqual(["my-app-pr-123"]);
  expect(environments.map(({ name }) => name)).not.toContain("pr-123");
});
