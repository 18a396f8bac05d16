import { namedByContent } from "../../../constructs/kubernetes/by-content";
import { withoutCloud } from "../../../scripts/engine/without-cloud";
import { identityOf } from "../support/asked";
import { kubectl, must } from "../support/cluster";
import { ClusterStory } from "../support/cluster-story";
import { type Chart, chartOf, helm } from "../support/helm";
import { History } from "../support/history";
import { environmentsOf } from "../support/rendered";
import { interruptions } from "../support/serving";
import { storyStack } from "../support/story-stack";

/*
 * What Terraform released goes over to Helm and comes back: the stand-ins of `stand-in-objects.ts` in place of Terraform's
 * provider, Helm itself, and a real API server with its controllers, pods and endpoints.
 */

const SUITE = "story-helm";
const NAME = "gke-staging";
const environment = environmentsOf(SUITE).find(({ name }) => name === NAME);
if (environment === undefined) throw new Error(`no environment ${NAME}`);
const byTerraform = storyStack(environment);
const byHelm = storyStack({ ...environment, release: "helm" });
const { namespace } = byTerraform;

let story: ClusterStory;
let chart: Chart;
beforeAll(async () => {
  // What a cloud would say are the same literals in the chart as in the stack.
  chart = chartOf(SUITE, withoutCloud);
  story = await ClusterStory.begin();
});
afterAll(() => {
  story.end();
  chart.remove();
});

const release = async (tag: string): Promise<History> => {
  const history = await History.of(namespace);
  const values = [`environment=${NAME}`, `image.tag=${tag}`].flatMap((value) => ["--set", value]);
  const flags = ["--wait", "--timeout", "120s", "--take-ownership", "--force-conflicts"];
  must(await helm(4, ["upgrade", "--install", "my-app", chart.folder, "-n", namespace, ...values, ...flags]));
  return history.end();
};

test("Terraform lets go of what it released, and none of it stops", async () => {
  await story.deploy(byTerraform);
  const history = await story.deploy(byHelm);
  expect(history.stopped()).toEqual([]);
  expect([history.gone("deployments"), history.gone("services"), history.gone("configmaps")]).toEqual([[], [], []]);
  expect(interruptions(history)).toEqual([]);
});

test("Helm takes it over and releases, and all of it answers", async () => {
  expect(interruptions(await release("v2"))).toEqual([]);
  const history = await History.of(namespace);
  must(await kubectl(["delete", "configmap", "-n", namespace, "-l", "goldenpath/revision"]));
  expect(interruptions(await history.end())).toEqual([]);
});

test("back again, Terraform says that it exists, and changes none of it", async () => {
  const { ok, problems, history } = await story.apply(byTerraform);
  expect({ ok, said: problems.join() }).toEqual({ ok: false, said: expect.stringContaining("already exists") });
  expect(history.stopped()).toEqual([]);
  expect(interruptions(history)).toEqual([]);
});

test("when each was imported Terraform releases it again, and all of it answers", async () => {
  const released = namedByContent([...chart.prepared(NAME), ...chart.released(NAME)]);
  story.provider.adopt(released.map(identityOf));
  must(await kubectl(["delete", "secret", "-n", namespace, "-l", "owner=helm,name=my-app"]));
  expect(interruptions(await story.deploy(byTerraform))).toEqual([]);
  expect((await story.plan(byTerraform)).text).toContain("No changes.");
});
