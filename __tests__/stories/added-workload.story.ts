import type { EnvironmentSpec } from "../../constructs/environment";
import type { Workload } from "../../constructs/model/workload";
import { environments } from "../../environments";
import { StoryCluster } from "./support/cluster";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";
import { placeOf } from "./support/steps";

/*
 * An environment that runs gets one more workload, which one that is there calls: what the first deploy does to the state of
 * a release that had neither, in each shipped environment.
 */

const ADDED = "notifications";
const CALLER = "backend";

type Applications = EnvironmentSpec["applications"];

const omit = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

/** The environment with another application, which has other workloads. */
const withWorkloads = (
  environment: EnvironmentSpec,
  change: (workloads: Readonly<Record<string, Workload>>) => Readonly<Record<string, Workload>>,
  placed: (overlay: Applications[number]) => Applications[number] = (overlay) => overlay,
): EnvironmentSpec => ({
  ...environment,
  applications: environment.applications.map(({ application, ...overlay }) =>
    placed({ ...overlay, application: { ...application, workloads: change(application.workloads) } }),
  ),
});

/** The release before: no such workload, and no edge to it. */
const before = (environment: EnvironmentSpec): EnvironmentSpec =>
  withWorkloads(
    environment,
    (workloads) =>
      Object.fromEntries(
        Object.entries(omit(workloads, ADDED)).map(([name, { needs = [], ...workload }]) => [
          name,
          { ...workload, needs: needs.filter((need) => need !== ADDED) },
        ]),
      ),
    ({ workloads = {}, ...overlay }) => ({ ...overlay, workloads: omit(workloads, ADDED) }),
  );

/** Of what is named by its content: the object with another content stands beside it until nothing goes by it. */
const REVISION = /-[0-9a-f]{8}$/;

const those = (steps: readonly string[], verb: string): string[] =>
  steps
    .filter((step) => step.startsWith(`${verb} `))
    .map((step) => step.replace(`${verb} `, "").replace(REVISION, ""))
    .sort();

describe.each(environments.map((environment) => [environment.name, environment] as const))("in %s", (name, shipped) => {
  const run = story();
  const cluster = new StoryCluster(run);
  const isLocal = name === "local";
  /** Policies with an edge more: the caller's own, and that of a cache in the cluster, which lets one more in. */
  const widened = [`network_policy_v1 my-app-${CALLER}`, ...(isLocal ? ["network_policy_v1 my-app-cache"] : [])];
  /** Groups of rules that name workloads. */
  const groups = ["", "-containers", "-services", "-signals", "-workloads"];
  const watching = isLocal
    ? []
    : [...groups.map((group) => `PrometheusRule my-app${group}`), "config_map_v1 my-app.dashboard"];
  let steps: readonly string[];

  test("what was there is changed in place, or stays until nothing goes by it", async () => {
    await cluster.release(stackOf(name, before(shipped)));
    expect(cluster.problems()).toEqual([]);
    steps = await cluster.release(stackOf(name, shipped));
    expect(those(steps, "update")).toEqual([...watching, `deployment_v1 my-app-${CALLER}`, "resource_quota_v1 quota"]);
    expect(those(steps, "delete")).toEqual(widened);
    expect(cluster.calls()).toContain(`my-app-${CALLER} → my-app-${ADDED}`);
    const rolled = placeOf(steps, `update deployment_v1 my-app-${CALLER}`);
    // What watches it is told at any time, and what scales and guards the new pods comes when they are there: nobody waits for it.
    const others = (step: string): boolean =>
      !/ (?:PrometheusRule|PodMonitor|PodDisruptionBudget|horizontal_pod_autoscaler_v2|config_map_v1 my-app\.dashboard)/.test(
        step,
      );
    for (const [index, step] of [...steps.entries()].filter(([, each]) => others(each))) {
      expect({ step, after: step.startsWith("delete ") }).toEqual({ step, after: index > rolled });
    }
  });

  test("all else is the workload's own, and is there before it is called", () => {
    const own = `my-app-${ADDED}`;
    const scaled = [`PodDisruptionBudget ${own}-pdb`, `PodMonitor ${own}`, `horizontal_pod_autoscaler_v2 ${own}-hpa`];
    expect(those(steps, "create")).toEqual(
      [
        ...["config_map_v1", "deployment_v1", "network_policy_v1", "service_account_v1", "service_v1"].map(
          (kind) => `${kind} ${own}`,
        ),
        ...[`config_map_v1 ${own}.connections`, ...(isLocal ? [] : scaled), ...widened],
      ].sort(),
    );
    const ready = placeOf(steps, `create deployment_v1 ${own}`);
    expect(placeOf(steps, `update deployment_v1 my-app-${CALLER}`)).toBeGreaterThan(ready);
  });

  test("a plan after that is empty", async () => {
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });
});

describe("together with a version whose migration fails", () => {
  const cluster = new StoryCluster(story());
  const [shipped] = environments.filter(({ name }) => name === "staging");
  if (shipped === undefined) throw new Error("no staging");
  const next = withWorkloads(shipped, (workloads) =>
    Object.fromEntries(
      Object.entries(workloads).map(([name, workload]) => [
        name,
        { ...workload, image: workload.image.replace(":v1.2.3", ":v1.3.0") },
      ]),
    ),
  );

  test("it does not start, and nothing that runs is told of it", async () => {
    await cluster.release(stackOf("staging", before(shipped)));
    const failed = await cluster.release(stackOf("staging", next), /job-my-app-migrate/);
    expect(those(failed, "create")).toContain(`network_policy_v1 my-app-${ADDED}`);
    expect(failed.filter((step) => / deployment_v1 /.test(step))).toEqual([]);
    expect(those(failed, "delete").filter((one) => !one.startsWith("job_v1 "))).toEqual([]);
    expect(cluster.problems()).toEqual([]);
  });

  test("it comes with the release that mends it", async () => {
    const steps = await cluster.release(stackOf("staging", next));
    expect(placeOf(steps, `update deployment_v1 my-app-${CALLER}`)).toBeGreaterThan(
      placeOf(steps, `create deployment_v1 my-app-${ADDED}`),
    );
    expect(cluster.problems()).toEqual([]);
  });
});
