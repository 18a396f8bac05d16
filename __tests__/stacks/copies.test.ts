import { environments } from "../../environments";
import { withCopies } from "../support/copied";
import { type Block, stack, synthesizeEnvironments } from "../support/reference";

/* An environment that copies its database, its cache, its broker's definitions and its objects, added and taken out: what Terraform makes of it. */

const [local] = environments.filter(({ name }) => name === "local");

function resources(copied: boolean): Record<string, Block> {
  if (local === undefined) throw new Error("no local environment");
  const synthesis = synthesizeEnvironments(copied ? withCopies([local]) : [local]);
  return Object.fromEntries(
    Object.entries(stack(synthesis, "local").resource).flatMap(([type, all]) =>
      Object.entries(all).map(([id, block]) => [`${type}.${id}`, block]),
    ),
  );
}

const before = resources(false);
const after = resources(true);
const named = (type: string, name: string): Block => {
  const found = Object.entries(after).find(
    ([address, { metadata }]) =>
      address.startsWith(`${type}.`) && (metadata as { readonly name?: string } | undefined)?.name === name,
  );
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found[1];
};

test("adds its own and replaces nothing; taking the word out takes these away and nothing else", () => {
  const added = Object.keys(after).filter((address) => !Object.hasOwn(before, address));
  expect(added.map((address) => address.split(".")[0]).sort()).toEqual(
    [
      ...["orders-db", "cache", "events", "uploads"].flatMap(() => [
        ...["kubernetes_config_map_v1", "kubernetes_cron_job_v1", "kubernetes_network_policy_v1"],
        ...["kubernetes_persistent_volume_claim_v1", "kubernetes_service_account_v1"],
      ]),
      // The database's log, and the password of who copies the cache.
      ...["kubernetes_cron_job_v1", "kubernetes_network_policy_v1", "kubernetes_secret_v1"],
    ].sort(),
  );
  expect(Object.keys(before).filter((address) => !Object.hasOwn(after, address))).toEqual([]);
});

test("changes what servers are told and whom they let in, and nothing of what holds its data", () => {
  // What waits for what is no change of anything.
  const text = (block: Block | undefined) => JSON.stringify({ ...block, depends_on: undefined });
  const changed = Object.keys(before).filter((address) => text(before[address]) !== text(after[address]));
  expect(changed.map((address) => address.split(".")[0]).sort()).toEqual(
    [
      ...["kubernetes_config_map_v1", "kubernetes_stateful_set_v1"],
      // Those who copy are let in: to the database, to the cache, to the broker and to the objects.
      ...Array.from({ length: 4 }, () => "kubernetes_network_policy_v1"),
      // The cache's users, for which its pod is replaced.
      "kubernetes_manifest",
      "kubernetes_resource_quota_v1",
      // The records of what a release brought, and of what holds data.
      ...["terraform_data", "terraform_data"],
    ].sort(),
  );
});

test("runs wait for the volume, the program and the sign-in that they mount", () => {
  const job = named("kubernetes_cron_job_v1", "my-app-orders-db-backup");
  const waits = JSON.stringify(job["depends_on"] ?? []);
  for (const type of ["persistent_volume_claim", "config_map", "service_account"]) expect(waits).toContain(type);
  const text = JSON.stringify(job);
  expect(text).toContain('"TASK"');
  // The program has a name of its content, by which the pods mount it.
  expect(text).toMatch(/"config_map":\[\{"name":"my-app-orders-db-backup-[0-9a-f]{8}"\}\]/);
});

test("where Helm releases the application, they are Terraform's all the same: they are of the server", () => {
  const [copied] = withCopies(local === undefined ? [] : [local]);
  if (copied === undefined) throw new Error("no local environment");
  const { resource, ...rest } = stack(synthesizeEnvironments([{ ...copied, release: "helm" }]), "local");
  const { removed } = rest as { readonly removed?: unknown };
  const names = Object.values(resource["kubernetes_cron_job_v1"] ?? {}).map(
    ({ metadata }) => (metadata as { readonly name: string }).name,
  );
  expect(names.sort()).toEqual(
    ["cache-backup", "events-backup", "orders-db-backup", "orders-db-log", "uploads-backup"].map(
      (name) => `my-app-${name}`,
    ),
  );
  // And nothing takes them off the state as it does workloads.
  expect(JSON.stringify(removed)).toContain("my-app-cron");
  expect(JSON.stringify(removed)).not.toContain("orders-db-backup");
});

test.each(["staging", "gke-staging", "aks-staging"])(
  "in the cluster of %s the same are copied, and who copies the cache has a password of the cloud's store",
  (name) => {
    const [spec] = environments.filter((one) => one.name === name);
    if (spec === undefined) throw new Error(`no environment ${name}`);
    const inside = { placement: "in-cluster", backups: {} } as const;
    const applications = spec.applications.map((overlay) => ({
      ...overlay,
      services: { ...overlay.services, "orders-db": inside, cache: inside, events: inside, uploads: inside },
    }));
    const made = stack(synthesizeEnvironments([{ ...spec, applications }]), name);
    const names = Object.values(made.resource["kubernetes_cron_job_v1"] ?? {}).map(
      ({ metadata }) => (metadata as { readonly name: string }).name,
    );
    expect(names).toEqual(
      expect.arrayContaining(
        ["cache-backup", "events-backup", "orders-db-backup", "orders-db-log", "uploads-backup"].map(
          (one) => `my-app-${one}`,
        ),
      ),
    );
    const claims = Object.values(made.resource["kubernetes_persistent_volume_claim_v1"] ?? {}).filter((one) =>
      JSON.stringify(one["metadata"]).includes(".copies"),
    );
    expect(claims.map(({ spec: asked }) => JSON.stringify(asked))).toEqual(
      Array.from({ length: 4 }, () => expect.stringContaining('"access_modes":["ReadWriteMany"]') as string),
    );
    // Made while Terraform runs, and written to the store alone.
    expect(Object.keys(made.ephemeral ?? {}).length).toBeGreaterThan(0);
    const texts = JSON.stringify(made.resource);
    expect(texts).toMatch(/User backup of service cache of my-app/);
    expect(texts).toMatch(/user backup reset on >\{\{/);
  },
);
