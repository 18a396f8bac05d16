import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import { google } from "../../constructs/clouds/google";
import { http, worker } from "../../constructs/model/workload";
import { gatewayApi } from "../../constructs/routing/gateway-api";
import { AWS_PROPS } from "../support/aws-environment";
import { AZURE_PROPS } from "../support/azure-environment";
import { GOOGLE_PROPS } from "../support/google-environment";
import before from "./fixtures/before-revisions.json";
import { StoryCluster } from "./support/cluster";
import { story } from "./support/engine";
import { shop, stackOf } from "./support/release";
import { placeOf } from "./support/steps";

/*
 * Whatever serves goes on serving until what replaces it is available, and a release that fails changes nothing that
 * serves. `StoryCluster` looks at all of it after each step of an apply.
 */

const migrateOf = (version: string) => {
  const { migrate } = shop({ version }).workloads;
  if (migrate === undefined) throw new Error("no migration");
  return { migrate };
};

const MIGRATION = /job-shop-migrate/;
const A = shop();

describe.each([
  ["local", {}],
  ["aws", { cloud: aws(AWS_PROPS) }],
  ["google", { cloud: google(GOOGLE_PROPS) }],
  ["azure", { cloud: azure(AZURE_PROPS) }],
  ["the Gateway API", { routing: gatewayApi() }],
])("another port and other variables, on %s", (_name, place) => {
  const cluster = new StoryCluster(story());
  const a = stackOf({ ...A, ...place });
  const b = stackOf({ ...shop({ api: { port: 9090, config: { MODE: "b" } }, version: "v2" }), ...place });

  test("are there for the new pods, and the old ones for the old pods until there are none", async () => {
    await cluster.release(a);
    expect(cluster.problems()).toEqual([]);
    expect(cluster.calls()).toEqual(["shop-web → shop-api"]);
    const before = [cluster.names("config_map_v1"), cluster.names("network_policy_v1")];
    const steps = await cluster.release(b);
    const rolled = placeOf(steps, "update deployment_v1 shop-api");
    const gone = steps.flatMap((step, index) => (/^delete (config|network)/.test(step) ? [index] : []));
    expect(gone).toHaveLength(3);
    for (const index of gone) expect(index).toBeGreaterThan(rolled);
    expect(placeOf(steps, "update deployment_v1 shop-web")).toBeGreaterThan(rolled);
    expect([cluster.names("config_map_v1"), cluster.names("network_policy_v1")].map(({ length }) => length)).toEqual(
      before.map(({ length }) => length),
    );
  });

  test("stay as they were where the migration fails, and are tidied up by the release that mends it", async () => {
    const c = stackOf({ ...shop({ api: { port: 7070, config: { MODE: "c" } }, version: "v3" }), ...place });
    const serving = (): string[] => [cluster.names("config_map_v1"), cluster.names("network_policy_v1")].flat();
    const before = serving();
    const failed = await cluster.release(c, MIGRATION);
    expect(serving()).toEqual(expect.arrayContaining(before));
    expect(failed.join()).toMatch(/create (config_map|network_policy)_v1/);
    expect(failed.filter((step) => /(deployment|ingress|service)_v1|HTTPRoute/.test(step))).toEqual([]);
    expect(failed.filter((step) => /^delete (config|network)/.test(step))).toEqual([]);
    await cluster.release(c);
    expect(serving()).toHaveLength(before.length);
    expect(serving()).not.toEqual(before);
  });

  test("come back where a release is taken back half-way", async () => {
    const all = (): string[] => [cluster.names("config_map_v1"), cluster.names("network_policy_v1")].flat();
    const before = all();
    await cluster.release(b, MIGRATION);
    expect(all().length).toBeGreaterThan(before.length);
    await cluster.release(
      stackOf({ ...shop({ api: { port: 7070, config: { MODE: "c" } }, version: "v3" }), ...place }),
    );
    expect(all()).toEqual(before);
    expect(cluster.problems()).toEqual([]);
  });
});

describe.each([
  ["an Ingress", {}, "ingress_v1"],
  ["an HTTPRoute", { routing: gatewayApi() }, "HTTPRoute"],
])("a route by %s", (_name, by, kind) => {
  const cluster = new StoryCluster(story());
  const site = http({ image: "registry.example.com/site:v2", needs: ["api"] });
  const v2 = shop({ version: "v2" });
  const both = stackOf({ workloads: { ...v2.workloads, site }, to: "site", ...by });

  test("stays where it is where the migration fails", async () => {
    await cluster.release(stackOf({ ...A, ...by }));
    const failed = await cluster.release(both, MIGRATION);
    expect(failed.join()).toContain("create network_policy_v1 shop-site");
    expect(failed.join()).not.toContain(kind);
    expect(cluster.names("deployment_v1")).toEqual(["shop-api", "shop-web"]);
    expect(cluster.problems()).toEqual([]);
  });

  test("moves once the other workload is available, which is called by nobody before", async () => {
    const steps = await cluster.release(both);
    expect(placeOf(steps, new RegExp(`^update ${kind} `))).toBeGreaterThan(
      placeOf(steps, "create deployment_v1 shop-site"),
    );
    expect(cluster.problems()).toEqual([]);
  });

  test("needs the workload before no longer, which can go with the next release", async () => {
    const { api, migrate } = v2.workloads;
    if (api === undefined || migrate === undefined) throw new Error("no such workload");
    await cluster.release(stackOf({ workloads: { api, migrate, site }, to: "site", ...by }));
    expect(cluster.names("deployment_v1")).toEqual(["shop-api", "shop-site"]);
    expect(cluster.names("network_policy_v1").join()).not.toContain("shop-web");
    expect(cluster.problems()).toEqual([]);
  });
});

describe("the state of the release before names went by content", () => {
  const cluster = new StoryCluster(story());
  const b = stackOf(shop({ api: { port: 9090, config: { MODE: "b" } }, version: "v2" }));

  test("is taken over without anything being down, though the first migration fails", async () => {
    await cluster.release(before);
    expect(cluster.names("config_map_v1")).toContain("shop-api");
    await cluster.release(b, MIGRATION);
    expect(cluster.names("config_map_v1")).toContain("shop-api");
    expect(cluster.names("network_policy_v1")).toContain("shop-api");
    expect(cluster.problems()).toEqual([]);
  });

  test("is left of its old names by the release that succeeds, Jobs and servers being as they were", async () => {
    const steps = await cluster.release(b);
    const fixed = [...cluster.names("config_map_v1"), ...cluster.names("network_policy_v1")];
    expect(fixed.filter((name) => !/-[0-9a-f]{8}$/.test(name))).toEqual([
      "shop-api.connections",
      "shop-db",
      "shop-db-users",
      "shop-migrate",
      "shop-migrate.connections",
      "shop-nightly.connections",
      "allow-dns",
      "default-deny",
    ]);
    expect(placeOf(steps, "delete config_map_v1 shop-api")).toBeGreaterThan(
      placeOf(steps, "update deployment_v1 shop-api"),
    );
    expect(cluster.names("stateful_set_v1")).toEqual(["shop-db"]);
    expect(steps.join()).not.toContain("stateful_set_v1");
    expect(cluster.problems()).toEqual([]);
  });
});

describe("a release that Helm takes over", () => {
  const run = story();
  const cluster = new StoryCluster(run);
  const edited = shop({ api: { config: { MODE: "b" } }, nightly: { config: { MODE: "b" } }, version: "v2" });

  test("leaves all that Terraform released where it is, though the configuration changes in the same step", async () => {
    await cluster.release(stackOf(A));
    const kinds = ["deployment_v1", "config_map_v1", "service_v1", "ingress_v1"];
    const there = kinds.map((kind) => cluster.names(kind));
    const steps = await cluster.release(stackOf({ ...edited, release: "helm" }));
    expect(steps.filter((step) => step.startsWith("delete"))).toEqual([expect.stringMatching(/job_v1 shop-migrate-/)]);
    expect(kinds.map((kind) => cluster.names(kind))).toEqual(there);
    expect(cluster.problems()).toEqual([]);
  });

  test("is Terraform's again, which changes nothing after that", async () => {
    await cluster.release(stackOf(edited));
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });
});

describe("what a release leaves out", () => {
  const cluster = new StoryCluster(story());

  test("an edge that goes is closed when the pods that had it are gone", async () => {
    await cluster.release(stackOf(A));
    const alone = { ...shop().workloads, web: http({ image: "registry.example.com/web:v2" }) };
    const failed = await cluster.release(stackOf({ ...A, workloads: { ...alone, ...migrateOf("v2") } }), MIGRATION);
    expect(failed.join()).toContain("create network_policy_v1");
    expect(failed.filter((step) => step.startsWith("delete network"))).toEqual([]);
    const steps = await cluster.release(stackOf({ ...A, workloads: { ...alone, ...migrateOf("v2") } }));
    const closed = placeOf(steps, /delete network_policy_v1 shop-web/);
    expect(closed).toBeGreaterThan(placeOf(steps, "update deployment_v1 shop-web"));
    expect(cluster.problems()).toEqual([]);
  });

  test("a workload that nobody is led to any more goes with what was its own", async () => {
    const { api, web, migrate } = { ...shop().workloads };
    if (api === undefined || web === undefined || migrate === undefined) throw new Error("no such workload");
    const extra = { queue: worker({ image: "registry.example.com/api:v1", command: ["work"] }) };
    await cluster.release(stackOf({ ...A, workloads: { api, web, migrate, ...extra } }));
    expect(cluster.names("config_map_v1").join()).toContain("shop-queue");
    await cluster.release(stackOf({ ...A, workloads: { api, web, migrate } }));
    expect(
      ["config_map_v1", "network_policy_v1", "deployment_v1"].flatMap((kind) => cluster.names(kind)).join(),
    ).not.toContain("shop-queue");
    expect(cluster.problems()).toEqual([]);
  });
});
