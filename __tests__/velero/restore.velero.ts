import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LOCATION, VELERO as NAMESPACE } from "../../constructs/addons/cluster-backups/names";
import { platformAddons } from "../../constructs/addons/platform";
import { isJsonObject, type JsonObject } from "../../constructs/kubernetes/json";
import { loadEnvironments } from "../../constructs/model/load";
import { VELERO_METRICS } from "../../constructs/observability/metrics/velero";
import { besideOf } from "../../constructs/observability/runbooks/beside";
import { runbookPages } from "../../constructs/observability/runbooks/runbooks";
import { literalObjects } from "../../scripts/engine/application-objects";
import { veleroDefinitions } from "../../scripts/velero/definitions";
import { api, apply, diff, KUBECONFIG, kubectl, KUBECTL, must, type Output } from "../cluster/support/cluster";
import { environmentsOf, ofKind } from "../cluster/support/rendered";
import { type Program, waitUntil } from "../real/support/program";
import { commands } from "../support/runbooks";
import { namespaceObjects } from "./support/objects";
import { startStore, type Store } from "./support/s3";
import { INSTALLED, type Running, startVelero, VELERO } from "./support/velero";

/*
 * A namespace with the reference application, copied by what is rendered, deleted, and restored by the commands of its runbook:
 * Velero and its plugin for AWS, an S3 server, and the control plane of the cluster's tests. No driver of disks is here: claims
 * find their volumes again, and nothing is shown of what is on them. The tests are one story, in order.
 */

const PROMISED = { rpo: "26h", rto: "1h" } as const;
const RTO_SECONDS = 3600;

const [staging] = loadEnvironments(
  environmentsOf("velero")
    .filter(({ name }) => name === "staging")
    .map((environment) => ({
      ...environment,
      ...{ protect: true, clusterBackups: {} },
    })),
);
const [application] = staging?.applications ?? [];
if (staging === undefined || application === undefined) throw new Error("there is no application");
const { namespace } = application;
const objects = literalObjects(staging, application);

const addon = platformAddons(staging, staging.cloud.facts(staging)).find(({ name }) => name === "velero");
const ofAddon = (kind: string): JsonObject[] => (addon?.objects ?? []).filter((object) => object.kind === kind);

const pages = runbookPages({
  ...{ application, objects, release: "terraform", dashboards: [], charts: "helm" },
  beside: besideOf(staging, application),
});
const page = pages["staging/my-app/restore-a-namespace.md"] ?? "";

/** What a pod of Velero would run: no container answers here. */
const IN_POD = /^kubectl -n velero exec deployment\/velero -c velero -- \/velero /;

let folder = "";
let store: Store;
let velero: Running;
/** What was started, and ends with the tests however far they came. */
const started: Program[] = [];
let before: ReadonlyMap<string, JsonObject>;

/** Lines of one part of the page, in one shell: later ones use what earlier ones export. */
const paste = (lines: readonly string[]): Promise<Output> =>
  new Promise((resolve) => {
    const env = { PATH: `${dirname(KUBECTL)}:${process.env["PATH"] ?? ""}`, HOME: folder, KUBECONFIG };
    const script = lines.map((line) => line.replace(IN_POD, `${VELERO} -n ${NAMESPACE} `)).join("\n");
    execFile(
      "bash",
      ["-e", "-o", "pipefail", "-c", script],
      { env, encoding: "utf8", timeout: 170_000 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      },
    );
  });

const partOf = (title: string): string[] => {
  const [found = ""] = page.split(/^##+ /m).filter((text) => text.startsWith(title));
  return commands(found);
};

const copy = async (name: string): Promise<void> => {
  const asked = ["backup", "create", name, "--from-schedule", "my-app", "--wait"];
  must(await paste([`${VELERO} -n ${NAMESPACE} ${asked.join(" ")}`]));
  const found = await api.get(`/apis/velero.io/v1/namespaces/${NAMESPACE}/backups/${name}`);
  if (found.status.phase !== "Completed")
    throw new Error(`${JSON.stringify(found.status)}\n${velero.errors().join("\n")}`);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "goldenpath-velero-"));
  store = await startStore(folder, started);
  const values = addon?.values({
    identity: { annotations: {} },
    loadBalancerAnnotations: {},
    store: { interface: "s3", bucket: store.bucket, region: store.region },
  });
  const configuration = isJsonObject(values?.configuration) ? values.configuration : {};
  const [location] = configuration.backupStorageLocation as JsonObject[];
  if (location?.name !== LOCATION) throw new Error("no place for copies");
  velero = await startVelero(folder, store, location, started);
  must(await apply([...ofAddon("VolumeSnapshotClass"), ...ofAddon("ConfigMap"), ...ofAddon("Schedule")]));
  must(await apply(objects));
  for (const { metadata } of ofKind(objects, "Deployment")) {
    must(await kubectl(["rollout", "status", `deployment/${metadata.name}`, "-n", namespace, "--timeout=150s"]));
  }
});

afterAll(async () => {
  for (const program of started) await program.stop("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

test("the schedule is one that Velero takes", async () => {
  await waitUntil(
    "it is enabled",
    async () => {
      const schedule = await api.get(`/apis/velero.io/v1/namespaces/${NAMESPACE}/schedules/my-app`);
      return schedule.status?.phase === "Enabled";
    },
    { seconds: 60, details: () => velero.errors().join("\n") },
  );
});

test("a copy by the schedule is whole, and in the store", async () => {
  await copy("first");
  await copy("second");
  before = await namespaceObjects(namespace);
  expect(await paste(partOf("Diagnosis"))).toMatchObject({ code: 0, stdout: expect.stringContaining("second") });
});

test("a namespace that is deleted stays for as long as its claims are protected", async () => {
  must(await kubectl(["delete", "namespace", namespace, "--wait=false"]));
  let said = "";
  await waitUntil(
    "its controller is refused",
    async () => {
      const { status } = await api.get(`/api/v1/namespaces/${namespace}`);
      said = JSON.stringify(status);
      return said.includes("holds data of a protected environment");
    },
    { seconds: 120, details: () => said },
  );
  const claims = await api.list(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`);
  expect(claims.map(({ metadata }) => metadata.deletionTimestamp as unknown)).toEqual([undefined]);
});

test("the commands of the runbook let it go, and its volumes outlive it", async () => {
  const { code, stdout, stderr } = await paste(partOf("The namespace is being deleted"));
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toContain("holds data of a protected environment");
  expect((await api.ask("GET", `/api/v1/namespaces/${namespace}`)).status).toBe(404);
  const volumes = await api.list("/api/v1/persistentvolumes");
  const left = volumes.filter(({ spec }) => spec.claimRef?.namespace === namespace);
  expect(left.map(({ status }) => String(status.phase))).toEqual(["Released"]);
});

test("the commands of the runbook bring all of it back, within what is promised", async () => {
  const lines = partOf("The volumes are there").filter((line) => !/ logs |^npx /.test(line));
  const said = velero.errors().length;
  const began = Date.now();
  const { code, stdout, stderr } = await paste(lines);
  expect({ code, stderr, log: velero.errors().slice(said) }).toMatchObject({ code: 0, log: [] });
  expect(stdout).toMatch(/^second-\d+ +Completed /m);
  const seconds = (Date.now() - began) / 1000;
  await waitUntil("claims have their volumes", async () => {
    const claims = await api.list(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`);
    return claims.length > 0 && claims.every(({ status }) => status.phase === "Bound");
  });
  const after = await namespaceObjects(namespace);
  console.log(`restored ${after.size} objects in ${seconds.toFixed(1)} s; promised are ${PROMISED.rto}`);
  expect(seconds).toBeLessThan(RTO_SECONDS);
  expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
});

test("all of it runs again, and no Job did a second time", async () => {
  for (const { metadata } of ofKind(objects, "Deployment")) {
    must(await kubectl(["rollout", "status", `deployment/${metadata.name}`, "-n", namespace, "--timeout=90s"]));
  }
  expect(await api.list(`/apis/batch/v1/namespaces/${namespace}/jobs`)).toEqual([]);
});

test("Terraform finds everything but the Jobs, and takes two labels off each", async () => {
  const prepared = objects.filter(({ kind }) => kind !== "Job");
  const { stdout } = await diff(prepared);
  expect(stdout.split("\n").filter((line) => /^[-+][^-+]/.test(line) && !/velero\.io\//.test(line))).toEqual([]);
});

test("no copy holds a secret of the cloud's store", () => {
  const archive = join(store.objects, "backups", "second", "second.tar.gz");
  const files = execFileSync("tar", ["--list", "--file", archive], { encoding: "utf8" });
  expect(files).toContain("externalsecrets.external-secrets.io");
  expect(files).not.toContain("resources/secrets/");
});

test("it tells what the alerts go by", async () => {
  const told = await velero.metrics();
  for (const [family, { type, labels }] of Object.entries(VELERO_METRICS.families)) {
    expect(told).toContain(`# TYPE ${family} ${type}\n`);
    const line = told.split("\n").find((one) => one.startsWith(`${family}{`) && one.includes('"my-app"')) ?? family;
    expect([...line.matchAll(/(\w+)=/g)].map(([, label]) => label).sort()).toEqual([...labels].sort());
  }
});

test("the definitions in the chart are those of this Velero", () => {
  const folder = join(__dirname, "..", "..", "constructs", "addons", "charts", "velero-crds", "templates");
  const inChart = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]);
  expect(Object.fromEntries(inChart)).toEqual(veleroDefinitions(join(INSTALLED, "definitions")));
});
