import type { EnvironmentSpec } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import { http } from "../../../constructs/model/workload";
import { ClusterStory } from "../support/cluster-story";
import { said, shipped } from "../support/edits";
import { History } from "../support/history";
import { interruptions } from "../support/serving";
import { type StoryStack, storyStack, storyStacks } from "../support/story-stack";

/*
 * Another application is put above the first one in the list: the stand-ins of `stand-in-objects.ts` in place of the
 * provider, with a real API server, its controllers, pods and endpoints.
 */

const environment = shipped("local", "above");
const [overlay] = environment.applications;
const FIRST = overlay?.application.name ?? "";

const billing = application({
  name: "billing",
  owner: "team-billing",
  workloads: { api: http({ image: "registry.example.com/billing:v1" }) },
  routes: [{ host: "api", path: "/", to: "api" }],
});

/** @param stack application that has the stack `local` */
function both(stack: string, name: string): StoryStack {
  const spec: EnvironmentSpec = {
    ...environment,
    defaultApplication: stack,
    applications: [{ application: billing, hosts: { api: "billing.localhost" } }, ...environment.applications],
  };
  const found = storyStacks(spec).get(name);
  if (found === undefined) throw new Error(`no application ${name}`);
  return found;
}

let first: ClusterStory;
let other: ClusterStory;
beforeAll(async () => {
  [first, other] = await Promise.all([ClusterStory.begin(), ClusterStory.begin()]);
});
afterAll(() => {
  first.end();
  other.end();
});

test("the first one is deployed with its services in the cluster", async () => {
  const history = await first.deploy(storyStack(environment));
  expect(interruptions(history)).toEqual([]);
  expect(history.last().names("statefulsets").length).toBeGreaterThan(1);
});

test("another one above it comes beside it: of the first one no pod restarts, and nothing goes", async () => {
  const meanwhile = await History.of(storyStack(environment).namespace);
  const history = await other.deploy(both(FIRST, billing.name));
  expect(interruptions(history)).toEqual([]);
  expect((await first.plan(both(FIRST, FIRST))).text).toContain("No changes.");
  await first.deploy(both(FIRST, FIRST));
  await meanwhile.end();
  expect(meanwhile.stopped()).toEqual([]);
  expect(interruptions(meanwhile)).toEqual([]);
});

test("with the first one's stack it is refused, and the first one runs on", async () => {
  const meanwhile = await History.of(storyStack(environment).namespace);
  const { ok, problems } = await first.apply(both(billing.name, billing.name));
  expect({ ok, said: said(problems.join()) }).toEqual({
    ok: false,
    said: expect.stringContaining(`its state is that of "${FIRST}"`),
  });
  await meanwhile.end();
  expect(meanwhile.stopped()).toEqual([]);
  expect([meanwhile.gone("statefulsets"), meanwhile.gone("persistentvolumeclaims")]).toEqual([[], []]);
  expect(interruptions(meanwhile)).toEqual([]);
});
