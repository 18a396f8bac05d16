import type { ApplicationSpec } from "../../../constructs/model/application";
import { ClusterStory } from "../support/cluster-story";
import { edited, shipped, withWorkload } from "../support/edits";
import { answering, answersOver, interruptions } from "../support/serving";
import { NEVER_READY } from "../support/stages";
import { storyStack } from "../support/story-stack";

/*
 * Another port and other variables, of a workload that a route and another workload lead to: the stand-ins of
 * `stand-in-objects.ts` in place of the provider, with a real API server, its controllers, pods and endpoints.
 */

const environment = shipped("gke-staging", "port");
const WEB = "www.gke-staging.example.com/";

/** One that calls the frontend, whose pods stay those of the release before all the time. */
const called = (application: ApplicationSpec): ApplicationSpec =>
  withWorkload(application, "consumer", { needs: [...(application.workloads.consumer?.needs ?? []), "frontend"] });

const frontend = (tag: string, port: number) =>
  storyStack(
    edited(environment, (application) =>
      withWorkload(called(application), "frontend", {
        image: `registry.example.com/frontend:${tag}`,
        port,
        config: { NODE_ENV: "production", PORT_IS: String(port) },
      }),
    ),
  );

let story: ClusterStory;
beforeAll(async () => {
  story = await ClusterStory.begin();
});
afterAll(() => {
  story.end();
});

const ofFrontend = (names: readonly string[]): string[] => names.filter((name) => name.startsWith("my-app-frontend-"));

test("pods of both ports answer side by side, until the old ones are gone and their policy with them", async () => {
  await story.deploy(frontend("v1", 3000));
  const history = await story.deploy(frontend("v2", 9090));
  expect(interruptions(history)).toEqual([]);
  expect(answersOver(history, WEB)).toEqual([
    "frontend:v1 3000",
    "frontend:v1 3000 and frontend:v2 9090",
    "frontend:v2 9090",
  ]);
  expect(ofFrontend(history.gone("networkpolicies"))).toHaveLength(1);
  expect(ofFrontend(history.gone("configmaps"))).toHaveLength(1);
});

test("a rollout that never ends leaves the old pods their port and what they read", async () => {
  // It is given up after less than the ten minutes of a rollout.
  const { ok, problems, history } = await story.apply(frontend(NEVER_READY, 7070), 6);
  expect({ ok, said: problems.join() }).toEqual({ ok: false, said: expect.stringContaining("waiting for rollout") });
  expect(interruptions(history)).toEqual([]);
  expect(answering(history.last(), WEB)).toBe("frontend:v2 9090");
});

test("deployed once more as it is, it is refused, though Terraform has nothing left to change there", async () => {
  const { ok, problems, history } = await story.apply(frontend(NEVER_READY, 7070), 6);
  expect({ ok, said: problems.join() }).toEqual({
    ok: false,
    said: expect.stringContaining("Deployment my-app-frontend: the last rollout has not ended"),
  });
  expect(interruptions(history)).toEqual([]);
  expect(answering(history.last(), WEB)).toBe("frontend:v2 9090");
});

test("mended, it goes to its end", async () => {
  const history = await story.deploy(frontend("v3", 7070));
  expect(interruptions(history)).toEqual([]);
  expect(answering(history.last(), WEB)).toBe("frontend:v3 7070");
  expect((await story.plan(frontend("v3", 7070))).text).toContain("No changes.");
});
