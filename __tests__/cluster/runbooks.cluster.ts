import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { besideOf } from "../../constructs/observability/runbooks/beside";
import { runbookPages } from "../../constructs/observability/runbooks/runbooks";
import { literalObjects } from "../../scripts/engine/application-objects";
import { waitUntil } from "../real/support/program";
import { commands } from "../support/runbooks";
import { api, apply, KUBECONFIG, kubectl, KUBECTL, must, type Output } from "./support/cluster";
import { environmentsOf, ofKind, withTag } from "./support/rendered";
import { NEVER_READY } from "./support/stages";

/*
 * Commands of runbooks, as they are pasted, against an application whose release is stuck. What no container answers here is
 * left out: logs, shells, measures, ports, and the controllers of the platform. The tests are one story, in order.
 */

const staging = loadEnvironments(environmentsOf("runbooks")).find(({ name }) => name === "staging");
const [application] = staging?.applications ?? [];
if (staging === undefined || application === undefined) throw new Error("there is no application");
const { namespace } = application;
const objects = literalObjects(staging, application);
const beside = besideOf(staging, application);
const pages = runbookPages({ application, objects, release: "terraform", dashboards: [], charts: "helm", beside });

const NOT_HERE =
  /^(?!(?:if )?kubectl )|^kubectl -n \S+ (?:logs|exec|top|port-forward) |^kubectl -n (?:external-secrets|cert-manager) |^kubectl get clustersecretstores/;

/** Commands in one part of the page of an alert, each once. */
function linesOf(alert: string, part: "Diagnosis" | "Mitigation"): string[] {
  const page = pages[`staging/my-app/${alert}.md`] ?? "";
  const [found = ""] = page.split(/^## /m).filter((text) => text.startsWith(part));
  return [...new Set(commands(found))].filter((line) => !NOT_HERE.test(line));
}

/** Runs a line in a shell that finds kubectl, and the cluster. */
const paste = (line: string): Promise<Output> =>
  new Promise((resolve) => {
    const env = { PATH: `${dirname(KUBECTL)}:${process.env["PATH"] ?? ""}`, HOME: "/nonexistent", KUBECONFIG };
    execFile(
      "bash",
      ["-o", "pipefail", "-c", line],
      { env, encoding: "utf8", timeout: 170_000 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      },
    );
  });

async function pasted(lines: readonly string[]): Promise<string> {
  let said = "";
  for (const line of lines) {
    const output = await paste(line);
    if (output.code !== 0) throw new Error(`${line}: ${output.stdout}${output.stderr}`);
    said += output.stdout;
  }
  return said;
}

const only = (lines: readonly string[], pattern: RegExp): string[] => {
  const found = lines.filter((line) => pattern.test(line));
  if (found.length === 0) throw new Error(`no command like ${pattern.source}`);
  return found;
};

/** Those of workloads: what measures data services has no release of its own. */
const deployments = ofKind(objects, "Deployment").filter(({ metadata }) => !metadata.name.endsWith("-exporter"));

const rolledOut = async (): Promise<void> => {
  for (const { metadata } of deployments) {
    must(await kubectl(["rollout", "status", `deployment/${metadata.name}`, "-n", namespace, "--timeout=150s"]));
  }
};

const replicas = async (name: string): Promise<number> =>
  Number((await api.get(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`)).spec.replicas);

beforeAll(async () => {
  must(await apply(objects));
  await rolledOut();
  // A release whose pods never become ready.
  must(await apply(deployments.map((deployment) => withTag(deployment, NEVER_READY))));
  await waitUntil("its pods are there", async () => {
    const pods = await api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=version=${NEVER_READY}`);
    return pods.length >= deployments.length;
  });
});

test.each([
  "WorkloadDown",
  "ReplicasMissing",
  "PodCrashLooping",
  "ImagePullFailing",
  "AutoscalerAtMaximum",
  "AutoscalerInactive",
  "HighErrorRate",
  "HighMemoryUsage",
  "QuotaNearlyFull",
  "VolumeFillingUp",
  "CronJobFailed",
  "CronJobOverdue",
  "JobFailed",
  "SecretNotSynchronised",
  "half-applied-deploy",
  "lost-cluster",
  "lost-zone",
  "restore-a-database",
  "roll-back",
  "rotate-secrets",
])("the diagnosis of %s answers", async (alert) => {
  const lines = linesOf(alert, "Diagnosis");
  expect(lines.length).toBeGreaterThan(0);
  expect(await pasted(lines)).not.toBe("");
});

test("it shows the release that is stuck", async () => {
  expect(await pasted(only(linesOf("PodCrashLooping", "Diagnosis"), /get pods .*RESTARTS/))).toContain(
    "my-app-backend-",
  );
  expect(await pasted(only(linesOf("ImagePullFailing", "Diagnosis"), /IMAGES/))).toContain(`:${NEVER_READY}`);
});

test("the page of a roll-back shows both releases", async () => {
  const said = await pasted(only(linesOf("roll-back", "Diagnosis"), /get replicasets /));
  expect(said).toContain(`:${NEVER_READY}`);
  expect(said.split("\n").filter((line) => line.includes("/backend:") && !line.includes(NEVER_READY))).not.toEqual([]);
});

test("the way back of Kubernetes mends it", async () => {
  await pasted(only(linesOf("WorkloadDown", "Mitigation"), / rollout undo /));
  await pasted(only(linesOf("WorkloadDown", "Mitigation"), / rollout status /));
  const pods = await api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=version=${NEVER_READY}`);
  expect(pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)).toEqual([]);
});

test("a restart goes through", async () => {
  await pasted(only(linesOf("WorkloadDown", "Mitigation"), / rollout (?:restart|status) /));
});

test("a raised minimum brings pods, and a number of replicas does where no autoscaler keeps it", async () => {
  const lines = linesOf("HighCpuUsage", "Mitigation");
  await pasted(only(lines, / patch horizontalpodautoscaler\/my-app-backend-hpa /));
  await waitUntil("there are five", async () => (await replicas("my-app-backend")) === 5, { seconds: 60 });
  await pasted(only(lines, / scale deployment\/my-app-consumer /));
  const consumer = deployments.find(({ metadata }) => metadata.name === "my-app-consumer");
  expect(await replicas("my-app-consumer")).toBe(Number(consumer?.spec.replicas) + 1);
});

test("a run by hand runs, and schedules stop", async () => {
  await pasted(linesOf("CronJobFailed", "Mitigation"));
  const found = await api.get(`/apis/batch/v1/namespaces/${namespace}/cronjobs/my-app-cron`);
  expect(found.spec.suspend).toBe(true);
});
