import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  ContainerProbe,
  Container as ContainerSpec,
  KubernetesObject,
  PodSpec,
} from "../../../constructs/kubernetes/objects";
import { find } from "../../support/resolved";
import { type Answer, ask, type Ask } from "./client";
import { type Container, type Image, type Result, startContainer } from "./container";
import { inNetwork, type Network, startNetwork } from "./network";
import { PodFiles } from "./pod-files";
import { type Program, startProgram, waitUntil, within } from "./program";

/* A rendered Deployment's pod, run as a kubelet runs it: everything that is run and mounted is read from the objects. */

export interface PodOptions {
  readonly objects: readonly KubernetesObject[];
  readonly deployment: string;
  /** By name of the container. */
  readonly images: Readonly<Record<string, Image>>;
}

export interface Pod {
  /** From the first notice to SIGKILL. */
  readonly graceSeconds: number;
  readonly container: (name: string) => Container;
  /** Directory of this machine behind a volume. */
  readonly volume: (name: string) => string;
  /** A request to the port named `http`. */
  readonly ask: (path: string, options?: Ask) => Promise<Answer>;
  /** Asks once, as the kubelet does, and returns whether the answer counts as a success. */
  readonly probe: (name: string, kind: "livenessProbe" | "readinessProbe") => Promise<boolean>;
  /** Runs a container's hook, for so many seconds at most. @returns - `undefined`: it has none */
  readonly preStop: (name: string, seconds: number) => Promise<Result | undefined>;
  /** Ends it as the kubelet does: hooks of all containers at once, then the signals, at last SIGKILL. */
  readonly stop: (how?: { readonly hooks: boolean }) => Promise<Stopped>;
  readonly network: Network;
  /** Ends and removes whatever is left. */
  readonly remove: () => Promise<void>;
}

export interface Stopped {
  readonly seconds: number;
  /** Containers in the order in which they ended. */
  readonly order: readonly string[];
  /** Containers that had to be killed at the end of the grace period. */
  readonly killed: readonly string[];
}

export async function startPod({ objects, deployment, images }: PodOptions): Promise<Pod> {
  const { spec } = find(objects, "Deployment", deployment).spec.template;
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-pod-"));
  chmodSync(folder, 0o755);
  const started: Program[] = [];
  const files = new PodFiles(join(folder, "volumes"), spec, objects);
  const network = await startNetwork(join(folder, "network.log"));
  const containers = new Map<string, Container>();
  const remove = async (): Promise<void> => {
    await Promise.all([...containers.values()].map((container) => container.stop("SIGKILL")));
    await Promise.all([network, ...started].map((program) => program.stop("SIGKILL")));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const container of spec.containers) {
      const image = images[container.name];
      if (image === undefined) throw new Error(`no image for the container ${container.name}`);
      containers.set(
        container.name,
        await startContainer({
          image,
          command: container.command,
          env: files.variables(container),
          mounts: files.mounts(container),
          user: spec.securityContext.runAsUser,
          group: spec.securityContext.runAsGroup,
          readOnlyRoot: container.securityContext.readOnlyRootFilesystem,
          network,
          log: join(folder, `${container.name}.log`),
        }),
      );
    }
    const socket = join(folder, "http.sock");
    const relay = [process.execPath, join(__dirname, "relay.mjs"), socket, String(port(spec, "http"))];
    started.push(startProgram(inNetwork(network, relay), { log: join(folder, "relay.log") }));
    return pod(spec, { containers, files, images, socket, network, remove });
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Running {
  readonly containers: ReadonlyMap<string, Container>;
  readonly files: PodFiles;
  readonly images: PodOptions["images"];
  readonly socket: string;
  readonly network: Network;
  readonly remove: () => Promise<void>;
}

function pod(spec: PodSpec, { containers, files, images, socket, network, remove }: Running): Pod {
  const container = (name: string): Container => known(containers.get(name), name);
  const specOf = (name: string): ContainerSpec =>
    known(
      spec.containers.find((one) => one.name === name),
      name,
    );
  const preStop: Pod["preStop"] = async (name, seconds) => {
    const command = specOf(name).lifecycle?.preStop.exec.command;
    return command && container(name).exec(command, seconds);
  };
  const graceSeconds = spec.terminationGracePeriodSeconds;
  return {
    graceSeconds,
    container,
    network,
    preStop,
    volume: (name) => files.folder(name),
    ask: (path, options) => ask(socket, path, options),
    remove,
    probe: (name, kind) => probe(container(name), known(specOf(name)[kind], kind), socket),
    stop: async ({ hooks } = { hooks: true }) => {
      const start = Date.now();
      const order: string[] = [];
      const killed: string[] = [];
      const left = (): number => graceSeconds - (Date.now() - start) / 1000;
      await Promise.all(
        spec.containers.map(async ({ name }) => {
          const running = container(name);
          if (hooks) await preStop(name, left());
          running.signal(known(images[name], name).stopSignal);
          // The kubelet gives a container two seconds after a hook that took all of its time.
          if (
            (await within(
              Math.max(left(), 2),
              running.exited.then(() => true),
            )) === undefined
          ) {
            killed.push(name);
            running.signal("SIGKILL");
            await running.exited;
          }
          order.push(name);
        }),
      );
      return { seconds: (Date.now() - start) / 1000, order, killed };
    },
  };
}

async function probe(container: Container, { exec, httpGet, timeoutSeconds }: ContainerProbe, socket: string) {
  if (exec !== undefined) return (await container.exec(exec.command, timeoutSeconds)).code === 0;
  const { status } = await ask(socket, httpGet?.path ?? "/", { seconds: timeoutSeconds }).catch(() => ({ status: 0 }));
  return status >= 200 && status < 400;
}

function port(spec: PodSpec, name: string): number {
  const ports = spec.containers.flatMap((container) => container.ports ?? []);
  return known(ports.find((one) => one.name === name)?.containerPort, `port ${name}`);
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the pod has no ${name}`);
  return value;
}

/** Until every probe of a pod succeeds. */
export async function ready(running: Pod, names: readonly string[]): Promise<void> {
  await waitUntil(
    "the pod is ready",
    async () => (await Promise.all(names.map((name) => running.probe(name, "readinessProbe")))).every(Boolean),
    { details: () => names.map((name) => `${name}: ${running.container(name).log()}`).join("\n") },
  );
}
