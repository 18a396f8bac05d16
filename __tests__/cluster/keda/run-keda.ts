import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { KEDA } from "../../../constructs/kubernetes/queue-scaling";
import { freePort, type Program, startProgram, waitUntil } from "../../real/support/program";
import { api, apply, KUBECONFIG, must } from "../support/cluster";
import { guarded } from "../support/guarded";
import { makePki } from "../support/pki";

/* KEDA on the control plane of these tests: its programs run here, and the API server finds what they serve. */

const INSTALLED = join(__dirname, "..", "..", "..", ".cache", "keda");

const API = "v1beta1.external.metrics.k8s.io";

export interface RunningKeda {
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** What the chart brings beside its programs. */
const definitions = (): object[] =>
  readdirSync(join(INSTALLED, "definitions")).map(
    (file) => parse(readFileSync(join(INSTALLED, "definitions", file), "utf8")) as object,
  );

/** As the chart starts them, but for ports, certificates and who they are: the administrator, as no account is made here. */
export async function runKeda(folder: string): Promise<RunningKeda> {
  if (!existsSync(INSTALLED)) throw new Error("KEDA is not installed: run .ci/install-keda");
  must(await apply(definitions()));
  must(await apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: KEDA.namespace } }]));
  const pki = makePki(join(folder, "pki"));
  const certificates = join(folder, "certificates");
  const own = pki.issue("authority", "keda", "/CN=keda");
  mkdirSync(certificates);
  copyFileSync(pki.authority.certificate, join(certificates, "ca.crt"));
  copyFileSync(own.certificate, join(certificates, "tls.crt"));
  copyFileSync(own.key, join(certificates, "tls.key"));
  const [measures, health, secure, metrics] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    KUBECONFIG,
    POD_NAMESPACE: KEDA.namespace,
    WATCH_NAMESPACE: "",
    KEDA_CLUSTER_OBJECT_NAMESPACE: KEDA.namespace,
  };
  const start = (program: "adapter" | "operator", flags: readonly string[]): Program =>
    startProgram(guarded([join(INSTALLED, "bin", `keda-${program}`), ...flags]), {
      env,
      log: join(folder, `${program}.log`),
    });
  const operator = start("operator", [
    ...["--enable-webhook-patching=false", "--enable-apiservice-patching=false", "--enable-cert-rotation=false"],
    ...["--enable-prometheus-metrics=false", `--cert-dir=${certificates}`],
    ...[`--metrics-service-bind-address=127.0.0.1:${measures}`, `--health-probe-bind-address=127.0.0.1:${health}`],
  ]);
  const adapter = start("adapter", [
    ...["--bind-address=127.0.0.1", `--secure-port=${secure}`, `--port=${metrics}`],
    ...[`--cert-dir=${certificates}`, `--metrics-service-address=localhost:${measures}`],
    ...[`--tls-cert-file=${join(certificates, "tls.crt")}`, `--tls-private-key-file=${join(certificates, "tls.key")}`],
    ...["lister", "authentication", "authorization"].map((what) => `--${what}-kubeconfig=${KUBECONFIG}`),
  ]);
  const log = (): string => `${operator.log()}\n${adapter.log()}`;
  const stop = async (): Promise<void> => {
    await Promise.all([operator, adapter].map((program) => program.stop("SIGKILL")));
  };
  try {
    const service = { namespace: KEDA.namespace, name: "measures", port: secure };
    must(
      await apply([
        {
          apiVersion: "v1",
          kind: "Service",
          metadata: { name: service.name, namespace: service.namespace },
          spec: { type: "ExternalName", externalName: "127.0.0.1", ports: [{ port: secure }] },
        },
        {
          apiVersion: "apiregistration.k8s.io/v1",
          kind: "APIService",
          metadata: { name: API },
          spec: {
            ...{
              group: "external.metrics.k8s.io",
              version: "v1beta1",
              groupPriorityMinimum: 100,
              versionPriority: 100,
            },
            ...{ service, insecureSkipTLSVerify: true },
          },
        },
      ]),
    );
    await waitUntil(
      "KEDA's API is available",
      async () => {
        for (const program of [operator, adapter]) if (!program.running()) throw new Error(`KEDA ended: ${log()}`);
        const { status } = await api.get(`/apis/apiregistration.k8s.io/v1/apiservices/${API}`);
        return ((status?.conditions ?? []) as { type: string; status: string }[]).some(
          (condition) => condition.type === "Available" && condition.status === "True",
        );
      },
      { seconds: 90, details: log },
    );
    return { log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
