import { parse } from "yaml";
import type { EnvironmentSpec } from "../../constructs/environment";
import type { Registries } from "../../constructs/model/registries";
import { environments } from "../../environments";
import { Graph } from "../support/graph";
import { type Block, stack, type StackJson, synthesizeEnvironments, synthesizeReference } from "../support/reference";

/*
 * The shipped environments with registries: what each of their stacks has more, and in which order it comes.
 */

const MIRROR = "mirror.example.com/hub";
const REGISTRIES: Registries = {
  logins: {
    ghcr: { registry: "ghcr.io", username: "acme-puller" },
    hub: { registry: "docker.io", username: "robot$acme" },
  },
  mirrors: { "docker.io": MIRROR, "ghcr.io": "mirror.example.com/ghcr", "quay.io": "mirror.example.com/quay" },
};
const names = ["local", "staging", "gke-staging", "aks-staging", "production"] as const;

const withRegistries = (registries: Registries | undefined): EnvironmentSpec[] =>
  environments.map((environment) => ({ ...environment, registries }));

const plain = synthesizeReference();
const synthesis = synthesizeEnvironments(withRegistries(REGISTRIES));

type Metadata = { readonly metadata: { readonly name: string; readonly namespace?: string } };

const manifests = (json: StackJson, kind: string): (Block & Metadata)[] =>
  Object.values(json.resource.kubernetes_manifest ?? {}).flatMap(({ manifest }) =>
    (manifest as Block).kind === kind ? [manifest as Block & Metadata] : [],
  );
const addresses = ({ resource, data = {} }: StackJson): string[] =>
  Object.entries({ ...resource, ...data }).flatMap(([type, found]) => Object.keys(found).map((id) => `${type}.${id}`));
const added = (name: string): string[] => {
  const before = new Set(addresses(stack(plain, name)));
  return addresses(stack(synthesis, name)).filter((address) => !before.has(address));
};

test("registries that say nothing leave every file as it is, byte by byte", () => {
  expect(synthesizeEnvironments(withRegistries({})).files).toEqual(plain.files);
  expect(synthesizeEnvironments(withRegistries({ byIdentity: [], logins: {}, mirrors: {} })).files).toEqual(
    plain.files,
  );
});

test("a login brings each application one ExternalSecret, and each cloud's question whether its password exists", () => {
  expect(Object.fromEntries(names.map((name) => [name, added(name).sort()]))).toMatchSnapshot();
  expect(added("local-platform")).toHaveLength(2);
  for (const name of names.slice(1)) expect(added(`${name}-platform`)).toEqual([]);
});

test("nothing goes that was there", () => {
  for (const name of Object.keys(plain.stacks)) {
    const after = addresses(stack(synthesis, name));
    expect(addresses(stack(plain, name)).filter((address) => !after.includes(address))).toEqual([]);
  }
});

describe.each(names)("the application's stack of %s", (name) => {
  const json = stack(synthesis, name);
  const graph = new Graph(json);
  const secret = graph.one("kubernetes_manifest", "dockerconfigjson");

  test("has the logins of all registries in one Secret, whose passwords are the store's", () => {
    const [found, ...others] = manifests(json, "ExternalSecret").filter(
      ({ metadata }) => metadata.name === "my-app.registries",
    );
    expect(others).toEqual([]);
    expect(found).toMatchSnapshot();
    expect(JSON.stringify(found)).not.toContain("${");
  });

  test("lets every service account pull, and RabbitMQ's operator", () => {
    const accounts = Object.values(json.resource.kubernetes_service_account_v1 ?? {});
    expect(accounts.length).toBeGreaterThan(4);
    const pulls = [{ name: "my-app.registries" }];
    for (const account of accounts) expect(account.image_pull_secret).toEqual(pulls);
    for (const { spec } of manifests(json, "RabbitmqCluster")) expect(spec).toMatchObject({ imagePullSecrets: pulls });
  });

  test("gives workloads' pods the Secret themselves, so that a login is a reason for new ones; data services stay, and what measures them", () => {
    const text = JSON.stringify(json.resource.kubernetes_deployment_v1);
    const workloads = ["deployment", "cron_job"].flatMap((kind) =>
      Object.values(json.resource[`kubernetes_${kind}_v1`] ?? {}).filter(
        ({ metadata }) => !/"data-service"|"exporter"/.test(JSON.stringify(metadata)),
      ),
    );
    expect(workloads.length).toBeGreaterThan(3);
    for (const workload of workloads) {
      expect(JSON.stringify(workload)).toContain('"image_pull_secrets":[{"name":"my-app.registries"}]');
    }
    expect(text).not.toContain('"image_pull_secrets":[]');
    const servers = JSON.stringify(json.resource.kubernetes_stateful_set_v1 ?? {});
    expect(servers).not.toContain("image_pull_secrets");
  });

  test("starts no pod before the Secret exists", () => {
    const running = [
      ...["deployment", "cron_job", "job", "stateful_set"].flatMap((kind) => graph.of(`kubernetes_${kind}_v1`)),
      ...manifests(json, "RabbitmqCluster").map(() => graph.one("kubernetes_manifest", '"RabbitmqCluster"')),
    ];
    expect(running.length).toBeGreaterThan(4);
    for (const address of running) expect([address, ...graph.before(address)]).toContain(secret);
    // Only the namespace is needed for it.
    expect([...graph.before(secret)].every((address) => address.startsWith("kubernetes_namespace_v1."))).toBe(true);
  });

  test("takes every image of ours from the mirrors, and the application's own from where they are", () => {
    const text = JSON.stringify([
      json.resource.kubernetes_deployment_v1,
      json.resource.kubernetes_stateful_set_v1,
      json.resource.kubernetes_job_v1,
      json.resource.kubernetes_cron_job_v1,
      json.resource.kubernetes_manifest,
    ]);
    const images = [...text.matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image ?? "");
    const hosts = new Set(images.map((image) => image.split("/")[0]));
    expect([...hosts].sort()).toEqual(["mirror.example.com", "registry.example.com"]);
    expect(images).toContainEqual(expect.stringMatching(`^${MIRROR}/library/nginx:.*@sha256:`));
  });
});

describe("add-ons", () => {
  const values = (from: typeof synthesis, environment: string, release: string) => {
    const found = Object.values(stack(from, `${environment}-platform`).resource.helm_release ?? {}).find(
      (block) => block.name === release,
    );
    return parse(String(found?.values)) as Record<string, unknown>;
  };

  test("come from a mirror that needs no login", () => {
    expect(values(synthesis, "production", "traefik")).toMatchObject({
      image: { registry: "mirror.example.com", repository: "hub/library/traefik" },
    });
    expect(values(synthesis, "production", "reloader")).toMatchObject({
      image: { repository: "mirror.example.com/ghcr/stakater/reloader" },
    });
    // No mirror has its registry.
    expect(values(synthesis, "production", "metrics-server")).toEqual(values(plain, "production", "metrics-server"));
  });

  test("come from where they are published if it needs one", () => {
    const login = { registry: "mirror.example.com", username: "acme" };
    const needing = synthesizeEnvironments(withRegistries({ ...REGISTRIES, logins: { mirror: login } }));
    for (const release of ["traefik", "reloader", "external-secrets"]) {
      expect(values(needing, "production", release)).toEqual(values(plain, "production", release));
    }
  });
});

test("with a login of its own, the local cluster's store has a placeholder that nobody writes over", () => {
  const found = Object.values(stack(synthesis, "local-platform").resource.kubernetes_secret_v1 ?? {});
  expect(found.map(({ metadata }) => (metadata as { name: string }).name).sort()).toEqual(["local.ghcr", "local.hub"]);
  for (const secret of found) expect(secret).toMatchObject({ data_wo: { value: "placeholder" }, data_wo_revision: 1 });
});
