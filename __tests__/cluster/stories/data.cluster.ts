import type { EnvironmentSpec } from "../../../constructs/environment";
import type { ApplicationSpec } from "../../../constructs/model/application";
import { http } from "../../../constructs/model/workload";
import { redis } from "../../../constructs/services/redis";
import { kubectl } from "../support/cluster";
import { ClusterStory } from "../support/cluster-story";
import { omit, said, shipped } from "../support/edits";
import type { History } from "../support/history";
import { interruptions } from "../support/serving";
import { type StoryStack, storyStack } from "../support/story-stack";

/*
 * A data service in the cluster of a protected environment is taken out of the model: the stand-ins of
 * `stand-in-objects.ts` in place of the provider, with a real API server, its controllers, pods and volumes.
 */

const SHIPPED = shipped("production", "data");

/** The shipped environment with two of its services, both in the cluster, and one workload that needs neither to be edited. */
function stack(edit: (application: ApplicationSpec) => ApplicationSpec, drops: readonly string[] = []): StoryStack {
  const environment: EnvironmentSpec = {
    ...SHIPPED,
    applications: SHIPPED.applications.map((overlay) => {
      const { services = {}, ...application } = overlay.application;
      const kept = edit({
        ...application,
        services: Object.fromEntries(
          Object.entries(services).filter(([, { kind }]) => kind === "redis" || kind === "mysql"),
        ),
        defaultWorkload: "web",
        workloads: { web: http({ image: "registry.example.com/web:v1", replicas: 2 }) },
        routes: [{ host: "api", path: "/", to: "web" }],
        mainHost: "api",
        externals: {},
        secrets: {},
      });
      const inCluster = Object.keys(kept.services ?? {}).map((name) => [
        name,
        { placement: "in-cluster", highAvailability: false } as const,
      ]);
      return {
        application: kept,
        hosts: { api: "api.example.com" },
        services: Object.fromEntries(inCluster) as NonNullable<typeof overlay.services>,
        ...(drops.length > 0 && { drops }),
      };
    }),
  };
  return storyStack(environment);
}

const all = (application: ApplicationSpec): ApplicationSpec => application;
const withoutCache = (application: ApplicationSpec): ApplicationSpec => ({
  ...application,
  services: omit(application.services ?? {}, "cache"),
});
const renamedCache = (application: ApplicationSpec): ApplicationSpec => ({
  ...application,
  services: { ...omit(application.services ?? {}, "cache"), sessions: redis() },
});

const DATA = ["persistentvolumeclaims", "statefulsets", "pods", "secrets"] as const;
const gone = (history: History): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(DATA.map((kind) => [kind, history.gone(kind)]));
const NOTHING = Object.fromEntries(DATA.map((kind) => [kind, []]));

const deletion = (what: string) =>
  kubectl(["delete", what, "-n", stack(all).namespace, "--dry-run=server", "--wait=false"]);

let story: ClusterStory;
beforeAll(async () => {
  story = await ClusterStory.begin();
});
afterAll(() => {
  story.end();
});

test("both are there with their pods and volumes", async () => {
  const history = await story.deploy(stack(all));
  expect(history.last().names("statefulsets")).toEqual(["my-app-cache", "my-app-orders-db"]);
  expect(history.last().names("persistentvolumeclaims")).toEqual(["my-app-cache.data", "my-app-orders-db.data"]);
  expect(history.last().names("pods")).toEqual(expect.arrayContaining(["my-app-cache-0", "my-app-orders-db-0"]));
  expect(interruptions(history)).toEqual([]);
});

test.each([
  ["removed", withoutCache],
  ["renamed", renamedCache],
])("one that is %s is refused with the steps to take, and all of it is still there", async (_how, edit) => {
  const { ok, problems, history } = await story.apply(stack(edit));
  expect(ok).toBe(false);
  expect(said(problems.join("\n"))).toMatch(
    /applications\.my-app: "cache" \(redis\): holds data .* 1\. copy what is still needed.* 2\. put it back .* drops: \["cache"\].* 3\. take it out/,
  );
  expect(gone(history)).toEqual(NOTHING);
  const { code, stderr } = await deletion("persistentvolumeclaim/my-app-cache.data");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining("holds data of a protected environment"),
  });
});

test("out of the model before the word was deployed, it is refused too", async () => {
  const { ok, problems, history } = await story.apply(stack(withoutCache, ["cache"]));
  expect({ ok, said: said(problems.join()) }).toEqual({
    ok: false,
    said: expect.stringContaining("was never deployed with the word in drops"),
  });
  expect(gone(history)).toEqual(NOTHING);
});

test("the second step takes protection off this one and deletes nothing", async () => {
  const history = await story.deploy(stack(all, ["cache"]));
  expect(gone(history)).toEqual(NOTHING);
  expect((await deletion("persistentvolumeclaim/my-app-cache.data")).code).toBe(0);
  expect((await deletion("persistentvolumeclaim/my-app-orders-db.data")).code).toBe(1);
});

test("the third deletes it, and the other one's pod and volume stay as they are", async () => {
  const history = await story.deploy(stack(withoutCache, ["cache"]));
  expect(gone(history)).toEqual({
    persistentvolumeclaims: ["my-app-cache.data"],
    statefulsets: ["my-app-cache"],
    pods: ["my-app-cache-0", expect.stringMatching(/^my-app-cache-exporter-/)],
    secrets: ["my-app-cache-exporter", "my-app-cache.login"],
  });
  expect(history.last().names("persistentvolumeclaims")).toEqual(["my-app-orders-db.data"]);
  expect(interruptions(history)).toEqual([]);
});

test("the fourth has nothing more to change", async () => {
  expect((await story.plan(stack(withoutCache))).text).toContain("No changes.");
});
