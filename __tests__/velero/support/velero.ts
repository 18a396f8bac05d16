import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { LOCATION } from "../../../constructs/addons/cluster-backups/names";
import type { JsonObject } from "../../../constructs/kubernetes/json";
import { api, apply, KUBECONFIG, must } from "../../cluster/support/cluster";
import { guarded } from "../../cluster/support/guarded";
import { freePort, type Program, startProgram, waitUntil } from "../../real/support/program";
import { definitions } from "./definitions";
import type { Store } from "./s3";

export const INSTALLED = join(__dirname, "..", "..", "..", ".cache", "velero");
export const VELERO = join(INSTALLED, "bin", "velero");

export interface Running {
  readonly program: Program;
  /** What went wrong, by its log. */
  readonly errors: () => string[];
  /** What it tells of what it has done, in Prometheus' text. */
  readonly metrics: () => Promise<string>;
}

/** What the chart makes, which Velero reads its own image of. Its pod is kwok's, and does nothing. */
const deployment = (namespace: string): JsonObject => {
  const labels = { deploy: "velero" };
  return {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "velero", namespace } },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "velero", image: "docker.io/velero/velero:v1.18.1" }] },
      },
    },
  };
};

/** Velero beside the control plane, as its pod would run it; `location` is the place of copies as the chart is told of it. */
export async function startVelero(
  folder: string,
  store: Store,
  location: JsonObject,
  started: Program[],
): Promise<Running> {
  if (!existsSync(VELERO)) {
    throw new Error("npm run test:velero cannot run here: there is no Velero. Run bash .ci/install-velero");
  }
  must(await apply(definitions(INSTALLED)));
  const namespace = "velero";
  must(await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }]));
  must(await apply([deployment(namespace)]));
  const { name, config, bucket, ...spec } = location;
  const of = { s3Url: store.url, s3ForcePathStyle: "true" };
  await waitUntil("the kind of places is served", async () => {
    const { code } = await apply([
      {
        ...{ apiVersion: "velero.io/v1", kind: "BackupStorageLocation", metadata: { name, namespace } },
        spec: { ...spec, objectStorage: { bucket }, config: { ...(config as JsonObject), ...of } },
      },
    ]);
    return code === 0;
  });
  const [metrics, profiler] = [await freePort(), await freePort()];
  const scratch = join(folder, "scratch");
  mkdirSync(scratch);
  const program = startProgram(
    guarded([
      ...[VELERO, "server", "--features=EnableCSI", "--log-format=json", `--plugin-dir=${join(INSTALLED, "plugins")}`],
      ...[`--metrics-address=127.0.0.1:${metrics}`, `--profiler-address=127.0.0.1:${profiler}`],
    ]),
    {
      log: join(folder, "velero.log"),
      env: {
        ...{ PATH: process.env["PATH"] ?? "", HOME: folder, KUBECONFIG },
        ...{ VELERO_NAMESPACE: namespace, VELERO_SCRATCH_DIR: scratch, TMPDIR: folder, ...store.env },
      },
    },
  );
  started.push(program);
  await waitUntil(
    "Velero reaches its store",
    async () => {
      if (!program.running()) throw new Error(program.log());
      const place = await api.get(`/apis/velero.io/v1/namespaces/${namespace}/backupstoragelocations/${LOCATION}`);
      return place.status?.phase === "Available";
    },
    { seconds: 60, details: program.log },
  );
  const errors = (): string[] =>
    program
      .log()
      .split("\n")
      .filter((line) => line.includes('"level":"error"'));
  return { program, errors, metrics: async () => (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text() };
}
