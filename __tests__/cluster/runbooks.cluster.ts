import { loadEnvironments } from "../../constructs/model/load";
import { runbooks } from "../../constructs/outputs/outputs";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { NOT_RUN, notRun } from "../../scripts/runbooks/not-run";
import { waitUntil } from "../real/support/program";
import { checkRequirements } from "../real/support/requirements";
import { api, apply, must } from "./support/cluster";
import { Terminal } from "./support/paste";
import { environmentsOf } from "./support/rendered";
import { Faults } from "./support/runbook-faults";
import { Pages } from "./support/runbook-pages";
import { type SamplePods, startSamplePods } from "./support/sample-pods";
import { CRASH_CODE, CRASHES, NEVER_READY, NOT_PUSHED } from "./support/stages";
import { Kubelets } from "./support/tell-kubelets";

/*
 * Commands of runbooks, as they are pasted, each after the fault that it is for. What containers say and do is asked of the
 * sample services, in pods as they are rendered. The tests are one story, in order; the last one says what is missing.
 */

const staging = renderEnvironments(
  loadEnvironments(environmentsOf("runbooks")).filter(({ name }) => name === "staging"),
);
const [application] = staging.flatMap(({ applications }) => applications);
if (application === undefined) throw new Error("there is no application");
const { namespace } = application.application;
const objects = [...application.prepared, ...application.released];

// Some pages have fifty commands for each look at them.
jest.setTimeout(400_000);

const terminal = new Terminal();
const faults = new Faults(namespace, objects);
const pages = new Pages(runbooks.render(staging, {}), terminal, async () => kubelets?.tell());
let samples: SamplePods | undefined;
let kubelets: Kubelets | undefined;

beforeAll(async () => {
  checkRequirements("npm run test:cluster", [
    "bubblewrap",
    "busybox",
    "composer",
    "curl",
    "nginx",
    "php-",
    "util-linux",
  ]);
  must(await apply(objects));
  await faults.rolledOut();
  samples = await startSamplePods(api, namespace, objects);
  kubelets = new Kubelets(api, namespace, samples);
  await kubelets.begin();
});

afterAll(async () => {
  terminal.close();
  await samples?.stop();
});

beforeEach(() => {
  pages.another();
});

const replicas = async (name: string): Promise<number> =>
  Number((await api.get(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`)).spec.replicas);

const stuck = async (): Promise<string[]> =>
  (await faults.pods(`version=${NEVER_READY}`))
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => String(metadata.name));

describe("a release whose pods never become ready", () => {
  beforeAll(() => faults.released(NEVER_READY));

  test.each([
    ["WorkloadDown", /^my-app-backend-\S+ +0\/2 +Running/m],
    ["ReplicasMissing", /^my-app-backend-\S+ +0\/2 +Running/m],
    ["half-applied-deploy", /^pod\/my-app-backend-\S+ +0\/2 +Running/m],
    ["roll-back", new RegExp(`^my-app-backend-\\S+ +\\S+/backend:${NEVER_READY}`, "m")],
    ["roll-back", /^my-app-backend-\S+ +\S+\/backend:v1/m],
  ])("is what the page %s shows", async (name, shown) => {
    expect(await pages.diagnosis(name)).toMatch(shown);
  });

  test("lines of its containers are those of the samples", async () => {
    const said = await pages.diagnosis("HighErrorRate");
    expect(said).toMatch(/^\[pod\/my-app-frontend-\S+\/frontend\] \{.*"level":/m);
    expect(said).toMatch(/^\[pod\/my-app-backend-\S+\/backend\] /m);
  });

  test("is taken back by Kubernetes' own way", async () => {
    await pages.mitigation("roll-back");
    expect(await stuck()).toEqual([]);
  });
});

describe("a container that ends whenever it is started", () => {
  beforeAll(async () => {
    await faults.released(CRASHES, ["my-app-consumer"]);
    await waitUntil("it has been started again", async () =>
      (await faults.pods(`version=${CRASHES}`)).some(({ status }) => status.containerStatuses?.[0]?.restartCount > 0),
    );
  });

  test("is what the page shows, with the last words of the sample", async () => {
    expect(samples?.crash.code).toBe(CRASH_CODE);
    const said = await pages.diagnosis("PodCrashLooping");
    expect(said).toMatch(new RegExp(`^my-app-consumer-\\S+ +4 +Error +${CRASH_CODE}$`, "m"));
    const [words = ""] = samples?.crash.output.trim().split("\n").slice(-1) ?? [];
    expect(words).toContain('"level":"error"');
    expect(said).toContain(`/consumer] ${words}`);
  });

  test("is taken back, and a shell is one in the container that is named", async () => {
    const said = await pages.mitigation("PodCrashLooping", "consumer");
    expect(said).toContain("shell-of-1000");
  });
});

describe("an image that was not pushed", () => {
  beforeAll(() => faults.released(NOT_PUSHED, ["my-app-frontend"]));

  test("is what the page shows", async () => {
    await waitUntil("the kubelet has said so", async () =>
      (await api.list(`/api/v1/namespaces/${namespace}/events`)).some(({ reason }) => reason === "Failed"),
    );
    const said = await pages.diagnosis("ImagePullFailing");
    expect(said).toContain("not found");
    expect(said).toMatch(new RegExp(`^my-app-frontend-\\S+ +Pending +\\S+:${NOT_PUSHED}$`, "m"));
  });

  test("is taken back", async () => {
    await pages.mitigation("ImagePullFailing", "frontend");
    // The page waits for the new ones: the old one may be about to go.
    await waitUntil("its pods are gone", async () => (await faults.pods(`version=${NOT_PUSHED}`)).length === 0);
  });
});

describe("a quota that is full", () => {
  const restart = `kubectl -n ${namespace} rollout restart deployment/my-app-consumer`;
  beforeAll(async () => {
    await faults.quotaFull();
    await pages.paste([restart]);
  });
  afterAll(async () => {
    await faults.mended("ResourceQuota");
    // Once more: what was refused is tried again only after a while, which becomes longer each time.
    await pages.paste([restart]);
    await faults.rolledOut("my-app-consumer");
  });

  test("is what the pages show, with what was refused", async () => {
    const refused = async () =>
      (await api.list(`/api/v1/namespaces/${namespace}/events`)).some(({ reason }) => reason === "FailedCreate");
    await waitUntil("a pod was refused", refused, { seconds: 30 });
    expect(await pages.diagnosis("QuotaNearlyFull")).toMatch(/exceeded quota: quota/);
    pages.another();
    expect(await pages.diagnosis("ReplicasMissing")).toMatch(/exceeded quota: quota/);
  });
});

describe("a secret that the store has not", () => {
  beforeAll(() => faults.secretAbsent("my-app-secrets"));

  test("is what the pages show", async () => {
    expect(await pages.diagnosis("SecretNotSynchronised")).toMatch(/my-app-secrets .*SecretSyncedError +False/);
    expect(await pages.diagnosis("rotate-secrets")).toMatch(/my-app-secrets .*SecretSyncedError +False/);
  });

  test("is read again when it is there", async () => {
    await faults.mended("ExternalSecret");
    expect(await pages.mitigation("SecretNotSynchronised")).toContain(
      "externalsecret.external-secrets.io/my-app-secrets condition met",
    );
    await pages.mitigation("rotate-secrets", "stripe-key");
  });
});

describe("a run that fails", () => {
  const byHand = () => {
    const [found = []] = pages.blocks("CronJobFailed", { title: "Mitigation" });
    return found;
  };

  let jobFailed: () => Promise<void>;
  beforeAll(async () => {
    jobFailed = await faults.jobFails("my-app-migrate");
    await faults.runsFail();
  });

  test("by hand is kept, with what it said", async () => {
    const done = await pages.attempt(byHand().slice(1));
    expect(done.map(({ code }) => code)).toEqual([0, 0, 0, 1]);
    expect(done[1]?.output).toContain("Failed");
    expect(done[2]?.output).toContain('"level":"error"');
    expect(await pages.diagnosis("CronJobFailed")).toMatch(/my-app-cron-by-hand +Failed/);
  });

  test("is gone when another one succeeds, and schedules stop", async () => {
    await faults.mended("CronJob");
    expect(await pages.mitigation("CronJobFailed")).toContain("Complete");
    const found = await api.get(`/apis/batch/v1/namespaces/${namespace}/cronjobs/my-app-cron`);
    expect(found.spec.suspend).toBe(true);
    expect((await api.ask("GET", `/apis/batch/v1/namespaces/${namespace}/jobs/my-app-cron-by-hand`)).status).toBe(404);
  });

  test("of a release is what the page shows", async () => {
    await jobFailed();
    expect(await pages.diagnosis("JobFailed")).toMatch(/my-app-migrate-\S+ +Failed/);
  });
});

describe("a node that is lost", () => {
  let ended: () => Promise<void>;
  beforeAll(async () => {
    ended = await faults.nodeLost("runbooks-lost");
  });
  afterAll(() => ended());

  test("is what the pages show, is emptied and taken away", async () => {
    expect(await pages.diagnosis("lost-node")).toMatch(/runbooks-lost +NotReady/);
    const said = await pages.mitigation("lost-node");
    expect(said).toMatch(/pod\/on-lost-node-\S+ evicted/);
    expect(said).toContain('node "runbooks-lost" deleted');
    pages.another();
    expect(await pages.diagnosis("lost-zone")).toMatch(/on-lost-node-\S+ +0\/1 +Pending/);
  });
});

test("a certificate that is not issued is what the page shows, and is waited for", async () => {
  const issue = await faults.certificatesPending();
  expect(await pages.diagnosis("CertificateNotReady")).toMatch(/^my-app-tls .*my-app-tls/m);
  await issue();
  expect(await pages.mitigation("CertificateNotReady")).toContain(
    "certificate.cert-manager.io/my-app-tls condition met",
  );
});

test("a restart goes through", async () => {
  const restarts = ["backend", "frontend", "notifications"].flatMap((about) =>
    pages
      .blocks("WorkloadDown", { title: "Mitigation", about })
      .filter((lines) => lines.some((line) => line.includes(" rollout restart "))),
  );
  expect(restarts.length).toBe(3);
  // By three people: a pod after the other of each takes a while.
  await Promise.all(restarts.map((lines) => pages.paste(lines)));
});

test("a raised minimum brings pods, and a number of replicas does where no autoscaler keeps it", async () => {
  const before = await replicas("my-app-consumer");
  // Not those that go back to the release before: that is the one that was stuck.
  const blocks = pages
    .blocks("HighCpuUsage", { title: "Mitigation" })
    .filter((lines) => lines.some((line) => / (?:patch|scale) /.test(line)));
  await pages.paste(...blocks);
  await waitUntil("there are five", async () => (await replicas("my-app-backend")) === 5, { seconds: 60 });
  expect(await replicas("my-app-consumer")).toBe(before + 1);
});

test("what a pod measures is asked from this machine", async () => {
  expect(await pages.diagnosis("WorkloadMetricsMissing")).toMatch(/^# (?:HELP|TYPE) http_requests_total/m);
});

/** What leaves nothing of the application running: it comes last. */
const STOPS = / scale deployments --all --replicas=0$|^kubectl -n \S+ get cronjobs -o name \| xargs /;

test.each(pages.names)("everything else on the page %s answers", async (name) => {
  const left = () => pages.left(name).map((lines) => lines.filter((line) => !STOPS.test(line)));
  await pages.paste(...left());
  expect(left().flat()).toEqual([]);
});

test("an application of a region that is back is stopped, with its schedules", async () => {
  await pages.paste(...pages.left("lost-region"));
  const [crons, deployments] = await Promise.all([
    api.list(`/apis/batch/v1/namespaces/${namespace}/cronjobs`),
    api.list(`/apis/apps/v1/namespaces/${namespace}/deployments`),
  ]);
  expect(crons.map(({ spec }) => Boolean(spec.suspend))).toEqual(crons.map(() => true));
  expect(deployments.map(({ spec }) => Number(spec.replicas))).toEqual(deployments.map(() => 0));
});

test("every command was pasted, or is listed as one that cannot be", () => {
  const missing = pages.commands.filter((line) => !pages.pasted.has(line) && notRun(line) === undefined);
  expect(missing).toEqual([]);
  expect(pages.commands.filter((line) => pages.pasted.has(line) && notRun(line) !== undefined)).toEqual([]);
  expect(NOT_RUN.filter((one) => !pages.commands.some((line) => notRun(line) === one))).toEqual([]);
});
