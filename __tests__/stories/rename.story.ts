import { http } from "../../constructs/model/workload";
import { StoryCluster } from "./support/cluster";
import { story } from "./support/engine";
import { shop, stackOf } from "./support/release";

/* A workload under another name is another workload: what was there answers until the other one does. */

const MIGRATION = /job-shop-migrate/;

function workloads(version: string) {
  const { api, web, migrate } = shop({ version }).workloads;
  if (api === undefined || web === undefined || migrate === undefined) throw new Error("no such workload");
  return { api, web, migrate };
}

describe("a renamed workload", () => {
  const run = story();
  const cluster = new StoryCluster(run);
  const { api, web, migrate } = workloads("v2");
  const renamed = { api, migrate, site: web };
  const both = stackOf({ workloads: { ...renamed, web }, to: "site" });

  test("is refused in one release, with the two that it takes", async () => {
    await cluster.release(stackOf({ workloads: workloads("v1"), to: "web" }));
    await run.write(stackOf({ workloads: renamed, to: "site" }));
    const { ok, text } = await run.plan();
    const said = text.replace(/[│╷╵\s]+/g, " ");
    expect(ok).toBe(false);
    expect(said).toContain(
      'environments.story.applications.shop.workloads: "web": answers https://www.localhost/, and is gone from the application',
    );
    expect(said).toMatch(/1\. put it back, beside what takes its place; .* 2\. take it out, and deploy again/);
  });

  test("is refused still where the first of the two failed, for the route is where it was", async () => {
    await cluster.release(both, MIGRATION);
    await run.write(stackOf({ workloads: renamed, to: "site" }));
    expect(await run.plan()).toMatchObject({ ok: false, text: expect.stringContaining('"web"') as string });
    expect(cluster.problems()).toEqual([]);
  });

  test("goes when the other one has its route", async () => {
    await cluster.release(both);
    await cluster.release(stackOf({ workloads: renamed, to: "site" }));
    expect(cluster.names("deployment_v1")).toEqual(["shop-api", "shop-site"]);
    expect(cluster.problems()).toEqual([]);
  });

  test("is refused for its callers, too, who would have nobody to call", async () => {
    const site = http({ image: "registry.example.com/web:v3", needs: ["server"] });
    await run.write(stackOf({ workloads: { migrate, server: api, site }, to: "site" }));
    expect(await run.plan()).toMatchObject({ ok: false, text: expect.stringContaining("workload/site") as string });
  });
});
