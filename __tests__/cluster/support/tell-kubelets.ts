import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { word } from "../../../constructs/releases/shell";
import { inNetwork } from "../../real/support/network";
import type { Api, Found } from "./api";
import type { Kept } from "./container-logs";
import { INTO, told } from "./kubelet-kinds";
import type { Inside, SamplePods } from "./sample-pods";

const lines = ({ container, file, previous }: Kept): object => ({
  containers: [container],
  logsFile: file,
  previousLogsFile: previous,
  follow: true,
});

/** Tells kwok's kubelets what is behind the pods of a namespace. */
export class Kubelets {
  readonly #known = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly namespace: string,
    private readonly samples: SamplePods,
  ) {}

  /** Lines by the names of containers alone, for pods that come between one command and the next. */
  async begin(): Promise<void> {
    const spec = { selector: { matchNamespaces: [this.namespace] }, logs: this.samples.logs.all.map(lines) };
    await this.api.post(...told("ClusterLogs", { name: this.namespace }, spec));
  }

  /** Lines, shells and ports of the pods that have come since. */
  async tell(): Promise<void> {
    for (const pod of await this.api.list(`/api/v1/namespaces/${this.namespace}/pods`)) {
      const metadata = { name: String(pod.metadata.name), namespace: this.namespace };
      if (this.#known.has(metadata.name)) continue;
      this.#known.add(metadata.name);
      const app = String(pod.metadata.labels?.app);
      const kept = this.samples.logs.all.filter((one) => one.app === app);
      if (kept.length > 0) await this.api.post(...told("Logs", metadata, { logs: kept.map(lines) }));
      const inside = this.samples.inside.get(app);
      if (inside === undefined) continue;
      await this.api.post(...told("Exec", metadata, { execs: this.#shells(app, inside) }));
      await this.api.post(...told("PortForward", metadata, { forwards: ports(pod, inside) }));
    }
  }

  #shells(app: string, { containers }: Inside): object[] {
    return [...containers].map(([container, running]) => {
      const program = join(this.samples.folder, `into-${app}.${container}`);
      writeFileSync(program, `#!/bin/sh\nexec ${running.inside([]).map(word).join(" ")} "$@"\n`, { mode: 0o700 });
      return { containers: [container], local: { envs: [{ name: INTO, value: program }] } };
    });
  }
}

const ports = ({ spec }: Found, { network }: Inside): object[] =>
  (spec.containers as { readonly ports?: readonly { readonly containerPort: number }[] }[])
    .flatMap((container) => container.ports ?? [])
    .map(({ containerPort }) => ({
      ports: [containerPort],
      command: inNetwork(network, [process.execPath, join(__dirname, "connect.mjs"), String(containerPort)]),
    }));
