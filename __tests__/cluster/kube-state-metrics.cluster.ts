import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job } from "../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../constructs/model/load";
import { autoscalerAlerts } from "../../constructs/observability/alerts/autoscalers";
import { KUBE_STATE_METRICS } from "../../constructs/observability/metrics/kube-state-metrics";
import { missing } from "../real/support/families";
import { freePort, type Program, startProgram, waitUntil } from "../real/support/program";
import { api, apply, KUBECONFIG, kubectl, must } from "./support/cluster";
import { guarded } from "./support/guarded";
import { environmentsOf, inCluster, ofKind, rendered, withTag } from "./support/rendered";
import { FAILS } from "./support/stages";
import { reasons } from "./support/work";

/*
 * What kube-state-metrics tells of the reference application with everything that it can have: the families and labels that
 * alerts and dashboards go by, of the version that the stack's chart has, which its Go module is built of.
 */

const PROGRAM = join(__dirname, "..", "..", ".cache", "observability", "bin", "kube-state-metrics");

const staging = rendered("ksm", inCluster).find(({ environment }) => environment === "staging");
if (staging === undefined) throw new Error("there is no environment staging");
const { namespace, objects } = staging;
const [resolved] =
  loadEnvironments(environmentsOf("ksm").map(inCluster)).find(({ name }) => name === "staging")?.applications ?? [];
if (resolved === undefined) throw new Error("staging has no application");
const [release] = ofKind(objects, "Job").filter(({ metadata }) => metadata.name.includes("-migrate-"));
if (release === undefined) throw new Error("there is no Job of a release");

/** The same Job for an image with which it ends with an error, and is not tried again. */
const failing: Job = {
  ...withTag(release, FAILS),
  metadata: { ...release.metadata, name: "my-app-fails" },
  spec: { ...withTag(release, FAILS).spec, backoffLimit: 0 },
};

const folder = mkdtempSync(join(tmpdir(), "goldenpath-ksm-"));
let program: Program;
let port: number;

const told = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

const status = (path: string, body: object) =>
  api.ask("PATCH", `${path}/status`, { status: body }, "application/merge-patch+json");

const group = (kind: string): string => `/apis/batch/v1/namespaces/${namespace}/${kind}`;

beforeAll(async () => {
  if (!existsSync(PROGRAM)) throw new Error("kube-state-metrics is not installed: run .ci/install-observability");
  must(await apply([...objects, failing]));
  [port] = [await freePort()];
  const telemetry = await freePort();
  program = startProgram(
    guarded([
      PROGRAM,
      ...[`--kubeconfig=${KUBECONFIG}`, `--namespaces=${namespace}`],
      ...["--host=127.0.0.1", `--port=${port}`, "--telemetry-host=127.0.0.1", `--telemetry-port=${telemetry}`],
    ]),
    { log: join(folder, "log") },
  );
  await waitUntil(
    "kube-state-metrics answers",
    () =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { seconds: 30, details: program.log },
  );
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  let last: unknown;
  await waitUntil(
    "a pod of the back end is ready",
    async () => {
      const found = await api.list(`${pods}?labelSelector=app=my-app-backend`);
      last = found[0]?.status;
      return found.some(({ status: of }) => of.containerStatuses?.[0]?.ready === true);
    },
    { seconds: 90, details: () => JSON.stringify(last) },
  );
  // No container runs here, so none crashes, and no run of a CronJob comes by within the test: both are said.
  const [pod] = await api.list(`${pods}?labelSelector=app=my-app-backend`);
  const waiting = (pod.status.containerStatuses as object[]).map((one) => ({
    ...one,
    ...{ ready: false, started: false, restartCount: 3, state: { waiting: { reason: "CrashLoopBackOff" } } },
  }));
  expect((await status(`${pods}/${String(pod.metadata.name)}`, { containerStatuses: waiting })).status).toBe(200);
  const at = "2026-01-31T13:45:00Z";
  const cron = await status(`${group("cronjobs")}/my-app-cron`, { lastScheduleTime: at, lastSuccessfulTime: at });
  expect(cron.status).toBe(200);
});

afterAll(async () => {
  await program.stop("SIGKILL");
  rmSync(folder, { recursive: true });
});

test("every family of the catalogue is told, with every label that the catalogue has", async () => {
  let absent: readonly string[] = ["nothing was asked"];
  await waitUntil(
    "all of them are told",
    async () => {
      absent = missing(KUBE_STATE_METRICS, await told());
      return absent.length === 0;
    },
    { seconds: 60, details: () => absent.join("\n") },
  );
});

test("numbers are those of the objects", async () => {
  const lines = (await told()).split("\n");
  const value = (family: string, ...labels: readonly string[]): string[] =>
    lines
      .filter((line) => line.startsWith(`${family}{`) && labels.every((label) => line.includes(label)))
      .map((line) => line.slice(line.lastIndexOf(" ") + 1));
  const [autoscaler] = ofKind(objects, "HorizontalPodAutoscaler");
  const of = `horizontalpodautoscaler="${autoscaler?.metadata.name ?? ""}"`;
  const condition = 'condition="ScalingActive"';
  await waitUntil("the autoscaler is active", async () =>
    (await told())
      .split("\n")
      .some((line) => [of, condition, 'status="true"'].every((part) => line.includes(part)) && line.endsWith(" 1")),
  );
  expect(value("kube_pod_container_status_restarts_total", 'container="backend"')).toContain("3");
  expect(value("kube_pod_container_status_waiting_reason", 'reason="CrashLoopBackOff"')).toContain("1");
  expect(value("kube_cronjob_status_last_successful_time", 'cronjob="my-app-cron"')).toEqual(["1.7698671e+09"]);
  expect(value("kube_job_failed", 'job_name="my-app-fails"', 'condition="true"')).toEqual(["1"]);
  expect(value("kube_cronjob_spec_suspend", 'cronjob="my-app-cron"')).toEqual(["0"]);
});

test("two autoscalers of the same pods are told as inactive, both, as the alert asks it; and a workload of no pods by its number", async () => {
  const [autoscaler] = ofKind(objects, "HorizontalPodAutoscaler");
  if (autoscaler === undefined) throw new Error("nothing is scaled");
  const { name } = autoscaler.metadata;
  const deployment = autoscaler.spec.scaleTargetRef.name;
  const rule = autoscalerAlerts({ application: resolved, objects }).find(
    (one) => one.name === "AutoscalerInactive" && one.value.includes(`horizontalpodautoscaler="${name}"`),
  );
  const asked = [...(rule?.value.matchAll(/(\w+)\{([^}]*)\}/g) ?? [])];
  expect(asked.map(([, family]) => family)).toEqual([
    "kube_horizontalpodautoscaler_status_condition",
    "kube_deployment_spec_replicas",
  ]);
  /** What the series is that the alert's selector chooses. */
  const chosen = async (at: number): Promise<string[]> => {
    const [, family = "", labels = ""] = asked[at] ?? [];
    return (await told())
      .split("\n")
      .filter(
        (line) => line.startsWith(`${family}{`) && labels.split(",").every((label) => line.includes(label.trim())),
      )
      .map((line) => line.slice(line.lastIndexOf(" ") + 1));
  };
  const conditionIs = (value: string, reason: string): Promise<void> =>
    waitUntil(
      `${name} is told to be ${value}, for ${reason}`,
      async () => (await chosen(0)).join() === value && (await reasons(autoscaler))["ScalingActive"] === reason,
      { seconds: 90 },
    );
  await conditionIs("1", "ValidMetricFound");
  const second = { ...autoscaler, metadata: { ...autoscaler.metadata, name: "second" } };
  must(await apply([second]));
  await conditionIs("0", "AmbiguousSelector");
  expect((await reasons(second))["ScalingActive"]).toBe("AmbiguousSelector");
  expect(Number((await chosen(1)).join())).toBeGreaterThan(0);
  must(await kubectl(["delete", "horizontalpodautoscaler", "second", "-n", namespace]));
  await conditionIs("1", "ValidMetricFound");
  must(await kubectl(["scale", `deployment/${deployment}`, "-n", namespace, "--replicas=0"]));
  await conditionIs("0", "ScalingDisabled");
  expect(await chosen(1)).toEqual(["0"]);
});
