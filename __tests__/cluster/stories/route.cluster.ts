import type { ApplicationSpec } from "../../../constructs/model/application";
import { http } from "../../../constructs/model/workload";
import { ClusterStory } from "../support/cluster-story";
import { edited, omit, said, shipped, withWorkload } from "../support/edits";
import { answering, interruptions } from "../support/serving";
import { FAILS } from "../support/stages";
import { storyStack } from "../support/story-stack";

/*
 * A route goes to another workload while a migration runs: the stand-ins of `stand-in-objects.ts` in place of the provider,
 * with a real API server, its controllers, pods and endpoints.
 */

const environment = shipped("gke-staging", "route");
const WEB = `www.gke-staging.example.com/`;

/** The frontend's successor beside it, with the route. */
const switched = (application: ApplicationSpec): ApplicationSpec => ({
  ...application,
  workloads: {
    ...application.workloads,
    site: http({ image: "registry.example.com/site:v1", replicas: 2, needs: ["backend"] }),
  },
  routes: (application.routes ?? []).map((route) => (route.to === "frontend" ? { ...route, to: "site" } : route)),
});

const renamed = (application: ApplicationSpec): ApplicationSpec => {
  const both = switched(application);
  return { ...both, workloads: omit(both.workloads, "frontend") };
};

const migrated = (application: ApplicationSpec, tag: string): ApplicationSpec =>
  withWorkload(application, "migrate", { image: `registry.example.com/backend:${tag}`, retries: 0 });

const stack = (edit: (application: ApplicationSpec) => ApplicationSpec) => storyStack(edited(environment, edit));

let story: ClusterStory;
beforeAll(async () => {
  story = await ClusterStory.begin();
});
afterAll(() => {
  story.end();
});

test("what is shipped is deployed, and answers when all of it has come", async () => {
  const history = await story.deploy(storyStack(environment));
  expect(interruptions(history)).toEqual([]);
  expect(answering(history.last(), WEB)).toBe("frontend:v1.2.3 3000");
  expect((await story.plan(storyStack(environment))).text).toContain("No changes.");
});

test("a workload under another name in one release is refused, and its pods are still there", async () => {
  const { ok, problems, history } = await story.apply(stack(renamed));
  expect(ok).toBe(false);
  expect(said(problems.join())).toMatch(
    /"frontend": answers https:\/\/www\.gke-staging\.example\.com\/.* 1\. put it back, beside what takes its place/,
  );
  expect(history.stopped()).toEqual([]);
  expect(interruptions(history)).toEqual([]);
});

test("where the migration fails, the old workload goes on, and nothing that pods read has changed", async () => {
  const { ok, problems, history } = await story.apply(stack((application) => migrated(switched(application), FAILS)));
  expect({ ok, said: problems.join() }).toEqual({ ok: false, said: expect.stringContaining("is in failed state") });
  expect(interruptions(history)).toEqual([]);
  expect(answering(history.last(), WEB)).toBe("frontend:v1.2.3 3000");
  expect(history.last().names("deployments").join()).not.toContain("site");
  // The dashboard is no pod's.
  expect([history.changed("configmaps"), history.changed("secrets")]).toEqual([["my-app.dashboard"], []]);
  expect([history.gone("configmaps"), history.gone("secrets"), history.gone("networkpolicies")]).toEqual([[], [], []]);
});

test("mended, the new workload gets the route when it is ready, and nobody was without an answer", async () => {
  const history = await story.deploy(stack((application) => migrated(switched(application), "v1.2.4")));
  expect(interruptions(history)).toEqual([]);
  expect(answering(history.last(), WEB)).toBe("site:v1 3000");
});

test("the old workload goes with the next release, and nothing else does", async () => {
  const history = await story.deploy(stack((application) => migrated(renamed(application), "v1.2.4")));
  expect(interruptions(history)).toEqual([]);
  expect(history.gone("deployments")).toEqual(["my-app-frontend"]);
  expect(history.gone("services")).toEqual(["my-app-frontend"]);
  expect(history.stopped().filter((pod) => !pod.startsWith("my-app-frontend-"))).toEqual([]);
});
