import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { local } from "../../constructs/clouds/local";
import { environment } from "../../constructs/environment";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { cron, release, worker } from "../../constructs/model/workload";
import { alertGroups } from "../../constructs/observability/alerts/alerts";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { ingress } from "../../constructs/routing/ingress";
import { literalParts } from "../../scripts/engine/application-objects";
import { api, apply, KUBECONFIG, kubectl, must } from "../cluster/support/cluster";
import { guarded } from "../cluster/support/guarded";
import { ofKind, withTag } from "../cluster/support/rendered";
import { FAILS, NEVER_READY } from "../cluster/support/stages";
import { giveWork } from "../cluster/support/work";
import { freePort, type Program, sleep, startProgram } from "../real/support/program";
import { type Faults, rulesOf, startFaults } from "./support/faults";
import { SPEED } from "./support/rows";

/* An application on a control plane whose kubelets are played, told of by kube-state-metrics, and what goes wrong with it. */

const PROGRAM = join(__dirname, "..", "..", ".cache", "observability", "bin", "kube-state-metrics");
const image = "registry.example.com/shop:v1.2.3";
const everyMinute = {
  image,
  schedule: "* * * * *",
  startingDeadlineSeconds: 60,
  activeDeadlineSeconds: 60,
  retries: 0,
};

const [loaded] = loadEnvironments([
  environment({
    name: "faults",
    cloud: local(),
    routing: ingress(),
    observability: prometheus({ runbooks: "https://git.example.com/runbooks", slack: { channel: "#shop-alerts" } }),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    applications: [
      {
        application: application({
          name: "shop",
          owner: "team-shop",
          workloads: {
            migrate: release({ image, command: ["migrate"], retries: 0 }),
            queue: worker({ image, command: ["work"], replicas: 2 }),
            mails: worker({ image, command: ["mail"], autoscaling: { min: 2, max: 4, cpu: 70 } }),
            reports: cron({ ...everyMinute, command: ["report"] }),
            cleaning: cron({ ...everyMinute, command: ["clean"] }),
          },
          routes: [],
        }),
      },
    ],
  }),
]);
const [resolved] = loaded?.applications ?? [];
if (loaded === undefined || resolved === undefined) throw new Error("there is no application");
const { namespace } = resolved;
const { prepared, released } = literalParts(loaded, resolved);
const objects = [...prepared, ...released];

/** What the quota counts of which nothing else may be made. */
const RESOURCE = "limits.memory";

const folder = mkdtempSync(join(tmpdir(), "goldenpath-faults-"));
const started: { readonly stop: (signal?: NodeJS.Signals) => Promise<void> }[] = [];
const add = <T extends (typeof started)[number]>(one: T): T => {
  started.push(one);
  return one;
};

let metrics: Program;
let faults: Faults;
beforeAll(async () => {
  const [port, telemetry] = [await freePort(), await freePort()];
  metrics = add(
    startProgram(
      guarded([
        ...[PROGRAM, `--kubeconfig=${KUBECONFIG}`, `--namespaces=${namespace}`],
        ...["--host=127.0.0.1", `--port=${port}`, "--telemetry-host=127.0.0.1", `--telemetry-port=${telemetry}`],
      ]),
      { log: join(folder, "metrics.log") },
    ),
  );
  // The network of this machine itself, where the control plane is.
  const network = { holder: process.pid, stop: () => Promise.resolve() };
  const context = { application: resolved, runbookUrl: (alert: string) => `https://git.example.com/${alert}.md` };
  const groups = rulesOf(
    alertGroups({ application: resolved, objects }),
    (expression) => /\bkube_/.test(expression) && !/\bup\{/.test(expression),
    context,
  );
  faults = await startFaults({ folder, network, add }, groups, [
    { address: `127.0.0.1:${port}`, path: "/metrics", labels: {} },
  ]);
  must(await apply(objects));
  await sleep(120 / SPEED);
});
afterAll(async () => {
  await Promise.all(started.map((one) => one.stop("SIGKILL")));
  rmSync(folder, { recursive: true });
});

const named = (name: string) => (object: KubernetesObject) => object.metadata.name.startsWith(`shop-${name}`);
/** What runs, for an image with which something else becomes of its pods. */
const withImage = async (kind: "CronJob" | "Deployment", name: string, tag: string): Promise<void> => {
  must(
    await apply(
      ofKind(objects, kind)
        .filter(named(name))
        .map((object) => withTag(object, tag)),
    ),
  );
};

test("what goes wrong with workloads", async () => {
  await Promise.all([
    faults.measure("A migration fails", { alert: "JobFailed", within: 240 }, async () => {
      const [job] = ofKind(objects, "Job");
      if (job === undefined) throw new Error("there is no migration");
      must(await kubectl(["delete", "job", job.metadata.name, "-n", namespace]));
      must(await apply([withTag(job, FAILS)]));
    }),
    faults.measure("Each run of a CronJob fails", { alert: "CronJobFailed", within: 300 }, () =>
      withImage("CronJob", "reports", FAILS),
    ),
    faults.measure(
      "No run of a CronJob comes to its end",
      { alert: "CronJobOverdue", labels: { workload: "cleaning" }, within: 900 },
      () => withImage("CronJob", "cleaning", NEVER_READY),
    ),
    faults.measure(
      "None of the pods of a worker becomes ready",
      { alert: "WorkloadDown", labels: { workload: "queue" }, within: 240 },
      async () => {
        must(await kubectl(["delete", "deployment", "shop-queue", "-n", namespace]));
        await withImage("Deployment", "queue", NEVER_READY);
      },
    ),
    faults.measure(
      "There is more work than the most pods that an autoscaler may make can do",
      { alert: "AutoscalerAtMaximum", labels: { workload: "mails" }, within: 1200 },
      () => giveWork(namespace, "shop-mails", "50"),
    ),
  ]);
});

test("a quota that somebody has lowered", async () => {
  await faults.measure("A quota has room for no more pods", { alert: "QuotaNearlyFull", within: 1200 }, async () => {
    const [quota] = ofKind(objects, "ResourceQuota");
    const name = quota?.metadata.name ?? "";
    const { status } = await api.get(`/api/v1/namespaces/${namespace}/resourcequotas/${name}`);
    await api.patch(`/api/v1/namespaces/${namespace}/resourcequotas/${name}`, {
      spec: { hard: { [RESOURCE]: String(status.used[RESOURCE]) } },
    });
  });
});

test("who tells of all that is gone", async () => {
  await faults.measure(
    "kube-state-metrics ends",
    { alert: "SignalMissing", labels: { source: "kube-state-metrics" }, within: 1020 },
    () => metrics.stop("SIGKILL"),
  );
});
