import { FORMATS } from "../../../constructs/teardown/formats";
import type { Rehearsal } from "../../../constructs/teardown/rehearsal";
import { rehearse } from "../../../constructs/teardown/rehearse";
import type { WrittenStack } from "../../../constructs/teardown/stack";
import { environments } from "../../../environments";
import { rehearsalOf } from "../../../stacks/rehearse";
import { type StackJson, stack as stackOf, synthesizeReference } from "../../support/reference";

/* The shipped environments, taken down: three clouds and a machine, three without protection and one with it. */

const found = new Map<string, Rehearsal>();
const rehearsal = (name: string): Rehearsal => {
  const known = found.get(name) ?? rehearsalOf(environments, name);
  found.set(name, known);
  return known;
};

const commands = (name: string): string[] => rehearsal(name).steps.flatMap(({ run }) => [...run]);

test.each(["staging", "gke-staging", "aks-staging", "local"])("%s would go through as it is", (name) => {
  const { through, stops, unlifted, waits } = rehearsal(name);
  expect(through).toBe(true);
  expect(unlifted).toEqual([]);
  expect(stops.filter(({ lift }) => lift !== "never")).toEqual([]);
  expect(waits.map(({ verdict }) => verdict)).toEqual(waits.map(() => "before"));
  expect(commands(name).filter((line) => / deploy /.test(line))).toEqual([]);
});

test("production would not, and says the words that lift it", () => {
  const { through, steps, stops } = rehearsal("production");
  expect(through).toBe(false);
  // Every line that waits asks the cluster that kubectl has.
  expect(steps[0]?.run).toEqual([
    "aws eks update-kubeconfig --region eu-central-1 --name production",
    "kubectl config current-context",
  ]);
  expect(steps[1]?.say).toContain('drops: ["orders-db", "cache", "events", "uploads", "backend/uploads"]');
  expect(stops).toContainEqual(
    expect.objectContaining({
      element: "my-app / orders-db",
      by: "RDS refuses it (deletion_protection)",
      lift: "drops",
    }),
  );
  expect(stops).toContainEqual(
    expect.objectContaining({
      element: "cluster / Cluster",
      by: "EKS refuses it (deletion_protection)",
      lift: "protect",
    }),
  );
});

describe("what is left is said of what is there, and of nothing else", () => {
  const stays = (name: string): string[] =>
    rehearsal(name).made.flatMap((one) => (one.becomes === "stays" ? [one.what] : []));

  test("volumes go by their class, those of AKS with the cluster at the latest", () => {
    expect(stays("staging")).toEqual([]);
    expect(stays("production")).toEqual([
      "volume my-app-backend-uploads",
      ...["kube-prometheus-stack", "loki", "tempo"].map((release) => `volume of the release ${release}`),
    ]);
    const disk = rehearsal("aks-staging").made.find(({ by }) => by === "disk.csi.azure.com");
    expect(disk).toMatchObject({
      becomes: "goes",
      says: expect.stringContaining("at the latest with the cluster") as string,
    });
  });

  test("copies that AWS has made by itself stay, though the policy is off by then", () => {
    const remains = rehearsal("production").remains.filter(({ billed }) => billed);
    expect(remains.map(({ what }) => what).sort()).toEqual([
      "automated backups of production-my-app-orders-db",
      "final snapshot production-my-app-cache-final-…",
      "final snapshot production-my-app-orders-db-final-…",
      "log group RDSOSMetrics",
      "log groups /aws/amazonmq/broker/<id>/ of production_my-app_events",
      "recovery points in the vault aws/efs/automatic-backup-vault",
    ]);
    expect(rehearsal("staging").remains.filter(({ what }) => /snapshot|recovery point/.test(what))).toEqual([]);
  });

  test("names that stay taken: for ever, for days, or to everybody", () => {
    const says = (name: string, part: string) => rehearsal(name).names.find((one) => one.name.includes(part))?.says;
    expect(says("gke-staging", "key ring gke-staging-tfstate")).toContain("taken for ever");
    expect(says("gke-staging", "key ring gke-staging_my-app_")).toContain("drawn");
    expect(says("aks-staging", "vault aks-stagi-key")).toMatch(
      /^taken in all of Azure for 90 days, nobody can purge it/,
    );
    expect(says("staging", "bucket staging-my-app-uploads")).toContain("to everybody on AWS");
    // Google frees the name of a deleted instance at once: https://docs.cloud.google.com/sql/docs/mysql/delete-instance
    expect(rehearsal("gke-staging").names.filter(({ of }) => of === "my-app / orders-db")).toEqual([]);
  });

  test("the peering that the provider leaves is deleted before the network, and nowhere else", () => {
    const lines = commands("gke-staging");
    const peering = lines.findIndex((line) => line.includes("peerings delete"));
    expect(peering).toBe(lines.indexOf("npx cdktf destroy gke-staging-cluster") - 1);
    for (const name of ["staging", "production", "aks-staging", "local"]) {
      expect(commands(name).join("\n")).not.toContain("peerings");
    }
  });

  test("what an environment has not is not named", () => {
    for (const format of ["text", "markdown", "json"] as const) {
      const text = FORMATS[format](rehearsal("local"));
      expect(text).not.toMatch(
        /aws|google|gcloud|azure|karpenter|velero|keda|LoadBalancer|external-dns|undefined|\$\{/i,
      );
    }
  });
});

test("records are waited for before the platform goes, which takes external-dns with it", () => {
  const lines = commands("production");
  expect(lines.indexOf("dig +short api.example.com")).toBeGreaterThan(
    lines.indexOf("npx cdktf deploy production-platform"),
  );
  expect(lines.indexOf("dig +short api.example.com")).toBeLessThan(
    lines.indexOf("npx cdktf destroy production-platform"),
  );
});

describe("a stack in another order", () => {
  const { stacks } = synthesizeReference();
  const written = (edit: (platform: StackJson) => unknown): WrittenStack[] => [
    { name: "staging-platform", part: "platform", written: edit(stack("staging-platform")), elements: {} },
    { name: "staging", part: "application", application: "my-app", written: stack("staging"), elements: {} },
  ];
  const stack = (name: string): StackJson => stackOf({ files: {}, stacks }, name);
  const rehearsed = (edit: (platform: StackJson) => unknown): Rehearsal =>
    rehearse({
      environment: "staging",
      stacks: written(edit),
      words: { drops: {} },
      ...{ hosts: [], releasedElsewhere: [], charts: [], credentials: [] },
    });
  const edited = (name: string, edit: (block: Record<string, unknown>) => object) => (platform: StackJson) => ({
    ...platform,
    resource: {
      ...platform.resource,
      helm_release: Object.fromEntries(
        Object.entries(platform.resource.helm_release ?? {}).map(([id, block]) => [
          id,
          block.name === name ? edit(block) : block,
        ]),
      ),
    },
  });

  const withoutOrder = (block: Record<string, unknown>): object =>
    Object.fromEntries(Object.entries(block).filter(([key]) => key !== "depends_on"));

  test("that nothing is done to is sound", () => {
    expect(rehearsed((platform) => platform).through).toBe(true);
  });

  test.each([
    ["karpenter-objects", "NodeClaims and classes of nodes"],
    ["observability", "ExternalSecrets"],
    ["traefik", "Services of type LoadBalancer"],
  ])("that takes the controller from below %s hangs", (name, what) => {
    const { through, waits } = rehearsed(edited(name, withoutOrder));
    expect(through).toBe(false);
    expect(waits.filter(({ verdict }) => verdict === "hangs").map((wait) => wait.what)).toEqual([what]);
    expect(FORMATS.text(rehearsed(edited(name, withoutOrder)))).toContain(`${what} (`);
  });

  test("whose controller nobody has is left to whoever runs it", () => {
    const without = (platform: StackJson) => ({
      ...platform,
      resource: {
        ...platform.resource,
        helm_release: Object.fromEntries(
          Object.entries(platform.resource.helm_release ?? {}).filter(([, { name }]) => name !== "cert-manager"),
        ),
      },
    });
    const { through, waits } = rehearsed(without);
    expect(through).toBe(true);
    expect(waits.find(({ what }) => what.startsWith("Challenges"))?.verdict).toBe("elsewhere");
  });

  test("with something that nobody here knows says so, by its address", () => {
    const { unknown } = rehearsed((platform) => ({
      ...platform,
      resource: { ...platform.resource, aws_redshift_cluster: { warehouse: { name: "warehouse" } } },
    }));
    expect(unknown).toEqual([
      expect.stringContaining("staging-platform: aws_redshift_cluster.warehouse: aws_redshift_cluster is not known"),
    ]);
  });
});
