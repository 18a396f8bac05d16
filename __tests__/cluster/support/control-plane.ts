import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deletionProtection } from "../../../constructs/addons/deletion-protection";
import { freePort, type Program, startProgram, waitUntil } from "../../real/support/program";
import { Api, type Found } from "./api";
import { definitions } from "./definitions";
import { apiServer, asArguments, controllerManager, type Flags, kwok, scheduler, store } from "./flags";
import { guarded } from "./guarded";
import { kubeletKinds, programsOfContainers } from "./kubelet-kinds";
import { registration, serveMetrics } from "./metrics-api";
import { nodes } from "./nodes";
import { ADMINISTRATORS, kubeconfig, makePki, type Pki } from "./pki";
import { kwokConfiguration } from "./stages";

export interface ControlPlaneOptions {
  /** For data, keys and logs; the caller's to remove. */
  readonly folder: string;
  /** With `bin` and `definitions`, as `.ci/install-control-plane` makes it. */
  readonly installed: string;
  /** A folder of charts with more definitions. */
  readonly charts: string;
}

/** Everything on 127.0.0.1, behind TLS, on ports that were free. It starts once, and stops whenever it is told to. */
export class ControlPlane {
  /** For whoever may do everything. */
  readonly kubeconfig: string;
  /** Rejects when a program ends that nobody has stopped. */
  readonly broken: Promise<never>;
  readonly #fail: (error: Error) => void;
  readonly #programs: Program[] = [];
  #stopped = false;

  constructor(private readonly options: ControlPlaneOptions) {
    this.kubeconfig = join(options.folder, "admin.kubeconfig");
    let fail: (error: Error) => void = () => undefined;
    this.broken = new Promise((_resolve, reject) => (fail = reject));
    this.broken.catch(() => undefined);
    this.#fail = fail;
  }

  start(): Promise<Api> {
    return Promise.race([this.#startAll(), this.broken]);
  }

  /** At once: what they would put in order goes with the folder. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#programs.map((program) => program.stop("SIGKILL")));
  }

  async #startAll(): Promise<Api> {
    const { folder, installed, charts } = this.options;
    const pki = makePki(join(folder, "pki"));
    const [storePort, peerPort, port, kubeletPort] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const user = (name: string, subject: string): string => {
      const file = join(folder, `${name}.kubeconfig`);
      const text = kubeconfig(`https://127.0.0.1:${port}`, pki, pki.issue("authority", name, subject));
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    };
    const api = new Api(user("admin", `${ADMINISTRATORS}/CN=admin`));
    this.#run("etcd", store(folder, pki, storePort, peerPort));
    this.#run("kube-apiserver", apiServer(pki, port, storePort));
    await answers("the API server", () => api.ask("GET", "/readyz"));
    const manager = user("kube-controller-manager", "/CN=system:kube-controller-manager");
    this.#run("kube-controller-manager", controllerManager(pki, manager));
    this.#run("kube-scheduler", scheduler(user("kube-scheduler", "/CN=system:kube-scheduler")));
    for (const node of nodes(kubeletPort)) await api.post("/api/v1/nodes", node);
    await bring(api, kubeletKinds());
    const stages = join(folder, "stages.yaml");
    writeFileSync(stages, kwokConfiguration());
    const kubelets = user("kwok", `${ADMINISTRATORS}/CN=kwok`);
    this.#run("kwok", kwok(pki, kubelets, stages, kubeletPort), { PATH: programsOfContainers(folder) });
    const account = "/api/v1/namespaces/default/serviceaccounts/default";
    await Promise.all([
      bring(api, definitions({ installed, charts })),
      bringProtection(api),
      bringMetrics(api, pki),
      waitUntil("every node is ready", async () => (await api.list("/api/v1/nodes")).every(isReady), { seconds: 30 }),
      answers("the default service account", () => api.ask("GET", account)),
    ]);
    return api;
  }

  #run(name: string, flags: Flags, env: Readonly<Record<string, string>> = {}): void {
    if (this.#stopped) throw new Error("the control plane was stopped");
    const log = join(this.options.folder, `${name}.log`);
    const command = [join(this.options.installed, "bin", name), ...asArguments(flags)];
    const program = startProgram(guarded(command), {
      log,
      env: { ...(process.env as Record<string, string>), ...env },
    });
    this.#programs.push(program);
    const ended = (what: string): void => {
      const said = program.log().trimEnd().split("\n").slice(-15).join("\n");
      if (!this.#stopped) this.#fail(new Error(`${name} ${what}:\n${said}`));
    };
    program.exited.then(
      (code) => {
        ended(`ended with ${String(code)}`);
      },
      (error: unknown) => {
        ended(String(error));
      },
    );
  }
}

async function bring(api: Api, brought: readonly Found[]): Promise<void> {
  const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  await Promise.all(brought.map((definition) => api.post(path, definition)));
  // Established it is some moments before its objects can be asked for.
  const lists = brought.flatMap(({ spec }): string[] =>
    (spec.versions as Found[])
      .filter(({ served }) => served === true)
      .map(({ name }) => `/apis/${String(spec.group)}/${String(name)}/${String(spec.names.plural)}`),
  );
  await Promise.all(lists.map((list) => answers(list, () => api.ask("GET", list))));
}

/** What the platform's stack brings beside add-ons. */
async function bringProtection(api: Api): Promise<void> {
  const group = "/apis/admissionregistration.k8s.io/v1";
  for (const object of deletionProtection()) {
    const binding = object.kind === "ValidatingAdmissionPolicyBinding";
    await api.post(`${group}/validatingadmission${binding ? "policybindings" : "policies"}`, object);
  }
}

async function bringMetrics(api: Api, pki: Pki): Promise<void> {
  const { port } = await serveMetrics(api, pki.issue("authority", "metrics", "/CN=metrics"), pki.aggregator);
  const made = registration(port, pki.authority);
  for (const [path, body] of made) await api.patch(path, body, "apply");
  let state: Found;
  await waitUntil(
    "the metrics API is available",
    async () => {
      state = (await api.get(made.at(-1)?.[0] ?? "")).status?.conditions;
      return has(state, "Available");
    },
    { seconds: 30, details: () => JSON.stringify(state) },
  );
}

const has = (conditions: unknown, type: string): boolean =>
  ((conditions ?? []) as { type: string; status: string }[]).some(
    (condition) => condition.type === type && condition.status === "True",
  );

const isReady = ({ status }: Found): boolean => has(status.conditions, "Ready");

const answers = (what: string, ask: () => Promise<{ readonly status: number }>): Promise<void> =>
  waitUntil(
    `${what} is there`,
    () =>
      ask().then(
        ({ status }) => status === 200,
        () => false,
      ),
    { seconds: 90 },
  );
