import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { KUBECONFIG, KUBECTL } from "./cluster";
import { guarded } from "./guarded";

/** Sees every change of the number of available replicas, however short: the API server tells of each. */
export class AvailableReplicas {
  readonly #least = new Map<string, number>();
  readonly #child: ChildProcess;

  constructor(namespace: string) {
    const columns = '{.metadata.name} {.status.availableReplicas}{"\\n"}';
    const [file = "", ...args] = guarded([
      KUBECTL,
      "get",
      "deployments",
      "-n",
      namespace,
      "--watch",
      "-o",
      `jsonpath=${columns}`,
    ]);
    const child = spawn(file, args, {
      env: { PATH: process.env["PATH"], KUBECONFIG, HOME: "/nonexistent" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [name = "", available = ""] = line.split(" ");
      this.#least.set(name, Math.min(this.#least.get(name) ?? Infinity, Number(available)));
    });
    this.#child = child;
  }

  /** The least that each Deployment ever had. */
  stop(): Readonly<Record<string, number>> {
    this.#child.kill();
    return Object.fromEntries(this.#least);
  }
}
