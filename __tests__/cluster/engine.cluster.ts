import { SERVER_COMPONENT } from "../../constructs/kubernetes/labels";
import type { ApplicationSpec } from "../../constructs/model/application";
import type { ApplicationOverlay } from "../../constructs/model/environment";
import type { Outcome } from "../../scripts/engine/engine";
import { api, kubectl, must } from "./support/cluster";
import { type EngineRun, engineRuns } from "./support/engine-runs";
import { installOperators } from "./support/installed-operators";
import { asPlanner, makePlanner, PLANNER } from "./support/planner";

/*
 * The Kubernetes half of every shipped environment, and of one with all its services in the cluster, applied by the
 * engine on the PATH through the real providers to a real control plane; the tests are one story, in order. Where there
 * is no engine, or it gets no providers, it says so and proves nothing.
 */

const { ready, absent, edit } = engineRuns();

for (const reason of absent) {
  process.stderr.write(`\nNO ENGINE RAN: ${reason}\n`);
  test.skip(`did not run: ${reason.split("\n", 1)[0] ?? ""}`, () => undefined);
}

const COMPONENT = "app.kubernetes.io/component";

const NO_CHANGES = "No changes.";

/** In each stack at the same time: an apply waits most of its time. Its last words, or all of them if it failed. */
async function inEach(
  act: (run: EngineRun) => Promise<Outcome>,
  says: string,
  { runs = ready, ok = true }: { readonly runs?: readonly EngineRun[]; readonly ok?: boolean } = {},
): Promise<void> {
  const said = runs.map(async (run) => {
    const outcome = await act(run);
    return { stack: run.stack, ok: outcome.ok, said: outcome.text.includes(says) ? says : outcome.text };
  });
  expect(await Promise.all(said)).toEqual(runs.map(({ stack }) => ({ stack, ok, said: says })));
}

/** What of an application holds data, in the words of `drops`. */
const dataOf = ({ application }: ApplicationOverlay): string[] => [
  ...Object.keys(application.services ?? {}),
  ...Object.entries(application.workloads).flatMap(([workload, { volumes = {} }]) =>
    Object.keys(volumes).map((volume) => `${workload}/${volume}`),
  ),
];

const withoutVolumes = ({ workloads, ...application }: ApplicationSpec): ApplicationSpec => ({
  ...application,
  workloads: Object.fromEntries(Object.entries(workloads).map(([name, one]) => [name, { ...one, volumes: {} }])),
});

/** Names of Deployments that an autoscaler scales: of the others Terraform has the number. */
const scaledIn = async (namespace: string): Promise<readonly string[]> =>
  (await api.list(`/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`)).map(({ spec }) =>
    String(spec.scaleTargetRef.name),
  );

(ready.length > 0 ? describe : describe.skip)(`the engine, ${ready.length} stacks`, () => {
  test("is planned by who may read alone, and applied by nobody who may no more", async () => {
    await installOperators();
    await makePlanner();
    await asPlanner(() => inEach(({ run }) => run("plan", "-lock=false"), "Plan: "));
    await asPlanner(() => inEach(({ run }) => run("apply", "-auto-approve"), "forbidden", { ok: false }));
    for (const verb of ["create", "update", "patch", "delete"]) {
      const { stdout } = await kubectl(["auth", "can-i", verb, "secrets", `--context=${PLANNER}`]);
      expect([verb, stdout.trim()]).toEqual([verb, "no"]);
    }
  });

  test("applies: users, then the release's Jobs, then Deployments that become available", async () => {
    await inEach(({ run }) => run("apply", "-auto-approve"), "Apply complete!");
    for (const { namespace } of ready) {
      const jobs = await api.list(`/apis/batch/v1/namespaces/${namespace}/jobs`);
      const deployments = await api.list(`/apis/apps/v1/namespaces/${namespace}/deployments`);
      const ends = (part: RegExp): string[] =>
        jobs
          .filter(({ metadata }) => part.test(String(metadata.name)))
          .map(({ status }) => String(status.completionTime));
      const [users, release] = [ends(/-users-[0-9a-f]{8}$/), ends(/-migrate-[0-9a-f]{8}$/)];
      expect({ namespace, users: users.length > 0, release: release.length > 0 }).toEqual({
        ...{ namespace, users: true, release: true },
      });
      // Times of one format: as texts they are in their order.
      // What is in front of a data service comes with it.
      const workloads = deployments.filter(({ metadata }) => metadata.labels[COMPONENT] !== SERVER_COMPONENT);
      const firstDeployment = workloads.map(({ metadata }) => String(metadata.creationTimestamp)).sort()[0] ?? "";
      expect(users.every((user) => release.every((job) => user <= job))).toBe(true);
      expect(release.every((job) => job <= firstDeployment)).toBe(true);
    }
  });

  test("has nothing to do after that", async () => {
    await inEach(({ run }) => run("plan", "-detailed-exitcode"), NO_CHANGES);
  });

  test("is as it is for who may read alone, too: Secrets, kinds of other programs, what is of no namespace", async () => {
    await asPlanner(() => inEach(({ run }) => run("plan", "-detailed-exitcode", "-lock=false"), NO_CHANGES));
  });

  test("leaves alone what was scaled by hand", async () => {
    const scaled: string[] = [];
    for (const { namespace } of ready) {
      const [name] = await scaledIn(namespace);
      if (name === undefined) continue;
      must(await kubectl(["scale", `deployment/${name}`, "-n", namespace, "--replicas=5"]));
      scaled.push(namespace);
    }
    // A cluster on one machine has no autoscalers.
    expect(scaled).toHaveLength(ready.length - 1);
    await inEach(({ run }) => run("plan", "-detailed-exitcode"), NO_CHANGES);
  });

  test("lets go of a volume: its claim goes after the pods that mounted it", async () => {
    const runs = ready.filter(({ stack }) => stack === "gke-staging");
    // One application is in several environments: what is edited is one again.
    const edited = new Map<ApplicationSpec, ApplicationSpec>();
    edit((environment) => ({
      ...environment,
      applications: environment.applications.map((placed) => {
        const application = edited.get(placed.application) ?? withoutVolumes(placed.application);
        edited.set(placed.application, application);
        return { ...placed, application };
      }),
    }));
    await inEach(({ run }) => run("apply", "-auto-approve"), "Apply complete!", { runs });
    for (const { namespace } of runs) {
      const claim = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/my-app-backend-uploads`;
      expect((await api.ask("GET", claim)).status).toBe(404);
    }
  });

  test("destroys nothing of a protected environment before all that holds data was dropped by name", async () => {
    const runs = ready.filter((run) => run.protected);
    expect(runs.length).toBeGreaterThan(0);
    await inEach(({ run }) => run("destroy", "-auto-approve"), "lifecycle.prevent_destroy", { runs, ok: false });
    edit((environment) => ({
      ...environment,
      applications: environment.applications.map((placed) => ({ ...placed, drops: dataOf(placed) })),
    }));
    await inEach(({ run }) => run("apply", "-auto-approve"), "Apply complete!", { runs });
  });

  test("destroys, and nothing is left", async () => {
    await inEach(({ run }) => run("destroy", "-auto-approve"), "Destroy complete!");
    for (const { namespace } of ready)
      expect((await api.ask("GET", `/api/v1/namespaces/${namespace}`)).status).toBe(404);
    const volumes = await api.list("/api/v1/persistentvolumes");
    const namespaces = ready.map(({ namespace }) => namespace);
    expect(volumes.filter(({ spec }) => namespaces.includes(String(spec.claimRef?.namespace)))).toEqual([]);
  });
});
