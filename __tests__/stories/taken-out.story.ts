import { cron, http, release, worker } from "../../constructs/model/workload";
import { ingressNginx } from "../../constructs/routing/controllers";
import { ingress } from "../../constructs/routing/ingress";
import { redis } from "../../constructs/services/redis";
import type { Stack } from "../../scripts/engine/stand-in";
import { StoryCluster } from "./support/cluster";
import { story } from "./support/engine";
import { type Release, stackOf } from "./support/release";

/*
 * What is taken out goes when nothing goes by it any more. Terraform deletes first and changes then, and an edge or a route
 * that leaves in the same release is in pods and proxies until they are changed.
 */

const routing = ingress({ controller: ingressNginx() });
const image = "registry.example.com/shop:v1";
const web = http({ image });

const withoutServing = (stack: Stack): Stack => {
  const { Serving: record, ...records } = stack.resource?.terraform_data ?? {};
  if (record === undefined) throw new Error("nothing to leave out");
  return { ...stack, resource: { ...stack.resource, terraform_data: records } };
};

/** What leaves, what it was, and what was there before in two releases. */
interface Case {
  readonly before: Release;
  /** In one release. */
  readonly after: Release;
  /** The first of two. */
  readonly between: Release;
  readonly refused: RegExp;
  /** What would be missing, and when. */
  readonly lost: RegExp;
}

const api = http({ image });
const docs = http({ image });
const calling = http({ image, needs: ["api"] });
const measured = http({ image, ports: { metrics: 9090 } });
const measuring = http({ image, needs: [{ to: "api", port: "metrics" }] });
const cache = { cache: redis() };

const CASES: readonly (readonly [string, Case])[] = [
  [
    "a workload with the edge of one that stays",
    {
      before: { workloads: { api, web: calling }, to: "web" },
      between: { workloads: { api, web }, to: "web" },
      after: { workloads: { web }, to: "web" },
      refused: /applications\.shop\.workloads: "api": answers workload\/web, and is gone/,
      lost: /after .*delete deployment_v1 shop-api:\nshop-web → shop-api: nothing behind it/,
    },
  ],
  [
    "a workload that becomes a CronJob, with the edge of one that stays",
    {
      before: { workloads: { api, web: calling }, to: "web" },
      between: { workloads: { api, web }, to: "web" },
      after: { workloads: { api: cron({ image, schedule: "0 3 * * *" }), web }, to: "web" },
      refused: /applications\.shop\.workloads: "api": answers workload\/web, and is gone/,
      lost: /delete deployment_v1 shop-api:\nshop-web → shop-api: nothing behind it/,
    },
  ],
  [
    "a workload with its route, below one that answers in its place",
    {
      before: { workloads: { docs, web }, to: "web", routes: [{ path: "/docs/", to: "docs" }] },
      between: { workloads: { docs, web }, to: "web" },
      after: { workloads: { web }, to: "web" },
      refused: /"docs": answers https:\/\/www\.localhost\/docs\/, and is gone/,
      lost: /delete deployment_v1 shop-docs:\nthe route → shop-docs: nothing behind it/,
    },
  ],
  [
    "a workload with its exact route, below one that answers in its place",
    {
      // Traefik would give the path's requests to the one below.
      before: {
        workloads: { docs, web },
        to: "web",
        routes: [{ path: "/docs", pathType: "Exact", to: "docs" }],
        routing,
      },
      between: { workloads: { docs, web }, to: "web", routing },
      after: { workloads: { web }, to: "web", routing },
      refused: /"docs": answers exactly:https:\/\/www\.localhost\/docs, and is gone/,
      lost: /delete deployment_v1 shop-docs:\nthe route → shop-docs: nothing behind it/,
    },
  ],
  [
    "a port by name with the edge of a workload that stays",
    {
      before: { workloads: { api: measured, web: measuring }, to: "web" },
      between: { workloads: { api: measured, web }, to: "web" },
      after: { workloads: { api, web }, to: "web" },
      refused: /applications\.shop\.workloads: "api:metrics:9090": answers workload\/web, and is gone/,
      lost: /update service_v1 shop-api:\nshop-web → shop-api: its Service has no port 9090/,
    },
  ],
  [
    "the number of a port by name, of which its caller is told later",
    {
      before: { workloads: { api: measured, web: measuring }, to: "web" },
      between: { workloads: { api: measured, web }, to: "web" },
      after: { workloads: { api: http({ image, ports: { metrics: 9091 } }), web: measuring }, to: "web" },
      refused: /applications\.shop\.workloads: "api:metrics:9090": answers workload\/web, and is gone/,
      lost: /shop-web → shop-api: its Service has no port 9090/,
    },
  ],
  [
    "a service in the cluster with the edge of a workload that stays",
    {
      before: { workloads: { web: http({ image, needs: ["db", "cache"] }) }, to: "web", services: cache },
      between: { workloads: { web: http({ image, needs: ["db"] }) }, to: "web", services: cache },
      after: { workloads: { web: http({ image, needs: ["db"] }) }, to: "web" },
      refused: /applications\.shop\.services: "cache": is used by workload\/web, and is gone/,
      lost: /delete stateful_set_v1 shop-cache:\nshop-web → .*"shop-cache".*: no such server/,
    },
  ],
];

describe.each(CASES)("%s", (_name, { before, between, after, refused, lost }) => {
  const run = story();
  const cluster = new StoryCluster(run);
  const unrecorded = new StoryCluster(story());

  test("would be gone while pods and proxies of the release before go by it", async () => {
    await unrecorded.release(withoutServing(stackOf(before)));
    expect(unrecorded.problems()).toEqual([]);
    await expect(unrecorded.release(withoutServing(stackOf(after)))).rejects.toThrow(lost);
  });

  test("is refused in one release, with the two that it takes", async () => {
    await cluster.release(stackOf(before));
    await run.write(stackOf(after));
    const { ok, text } = await run.plan();
    const said = text.replace(/[│╷╵\s]+/g, " ");
    expect(ok).toBe(false);
    expect(said).toMatch(refused);
    expect(said).toMatch(/1\. put it back, .*take them out; and deploy 2\. take it out, and deploy again/);
  });

  test("goes in two, and nothing is without it", async () => {
    await cluster.release(stackOf(between));
    await cluster.release(stackOf(after));
    expect(cluster.problems()).toEqual([]);
    await run.write(stackOf(after));
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });
});

describe("a port by name with another number", () => {
  const run = story();
  const cluster = new StoryCluster(run);
  const both = http({ image, ports: { metrics: 9090, measures: 9091 } });
  const second = http({ image, ports: { measures: 9091 } });
  const moved = http({ image, needs: [{ to: "api", port: "measures" }] });

  test("is a second port to which callers move before the first is taken out", async () => {
    await cluster.release(stackOf({ workloads: { api: measured, web: measuring }, to: "web" }));
    await cluster.release(stackOf({ workloads: { api: both, web: moved }, to: "web" }));
    await cluster.release(stackOf({ workloads: { api: second, web: moved }, to: "web" }));
    expect(cluster.problems()).toEqual([]);
    expect(cluster.calls()).toEqual(["shop-web → shop-api"]);
  });
});

describe("a workload that answers no more", () => {
  const run = story();
  const cluster = new StoryCluster(run);

  test("is refused as long as a caller has to be replaced, though its name stays", async () => {
    await cluster.release(stackOf({ workloads: { api, web: calling }, to: "web" }));
    await run.write(stackOf({ workloads: { api: worker({ image }), web }, to: "web" }));
    expect(await run.plan()).toMatchObject({ ok: false, text: expect.stringContaining('"api"') as string });
  });
});

describe("what leaves with all that went by it", () => {
  const run = story();
  const cluster = new StoryCluster(run);
  const alone = { workloads: { web }, to: "web" };

  test("goes in one release: its callers, its services, and a release's Job has ended", async () => {
    const desk = http({ image, needs: ["stock", "cache"] });
    const stock = http({ image, needs: ["cache"] });
    const seed = release({ image, command: ["seed"], needs: ["cache"] });
    await cluster.release(stackOf({ workloads: { web, desk, stock, seed }, to: "web", services: cache }));
    expect(cluster.calls()).toEqual(["shop-desk → shop-stock"]);
    await cluster.release(stackOf({ workloads: { web, seed: release({ image, command: ["seed"] }) }, to: "web" }));
    expect(cluster.names("deployment_v1")).toEqual(["shop-web"]);
    expect(cluster.names("stateful_set_v1").join()).not.toContain("cache");
    await cluster.release(stackOf(alone));
  });

  test("is remembered where a caller of its name comes back, until the record is taken out of the state", async () => {
    const back = stackOf({ ...alone, workloads: { web, desk: http({ image }) } });
    await run.write(back);
    const { ok, text } = await run.plan();
    expect(ok).toBe(false);
    expect(text.replace(/[│╷╵\s]+/g, " ")).toContain(
      'run terraform state rm terraform_data.Serving in the folder of the stack "story", and deploy.',
    );
    await run.forget("terraform_data.Serving");
    await cluster.release(back);
    expect(cluster.problems()).toEqual([]);
  });
});

describe("a workload with a route in whose place no other answers", () => {
  const cluster = new StoryCluster(story());
  const part = { to: "web", path: "/web" };

  test("goes with it in one release, and the path is answered by nothing from its beginning instead of its end", async () => {
    const routes = [
      { path: "/docs", to: "docs" },
      { path: "/webs", to: "web" },
    ];
    await cluster.release(stackOf({ ...part, workloads: { web, docs }, routes }));
    expect(cluster.problems()).toEqual([]);
    await expect(cluster.release(stackOf({ ...part, workloads: { web } }))).rejects.toThrow(/the route → shop-docs/);
  });
});
