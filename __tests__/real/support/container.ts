import { spawn } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { type Program, startProgram, within } from "./program";

/*
 * A container in the sense that matters here: own file tree, mounts, process ids and user, the network of its pod. It
 * is made by bubblewrap from the packages of this machine, whose /usr and /etc stand for those of an image.
 */

/** What an image brings. */
export interface Image {
  readonly command: readonly string[];
  /** What a runtime sends to stop it. */
  readonly stopSignal: NodeJS.Signals;
  /** Whose shell and tools: BusyBox, or those of this machine. */
  readonly userland: "alpine" | "debian";
  /** Files of the image, from a file of this machine each. */
  readonly files: Readonly<Record<string, string>>;
  /** Symbolic links of the image, with their targets. */
  readonly links?: Readonly<Record<string, string>>;
}

export interface Mount {
  readonly source: string;
  readonly path: string;
  readonly readOnly: boolean;
}

export interface ContainerOptions {
  readonly image: Image;
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly user: number;
  readonly group: number;
  readonly readOnlyRoot: boolean;
  /** Process whose network it shares. */
  readonly network: number;
  readonly log: string;
}

export interface Container extends Pick<Program, "log" | "running" | "exited" | "stop"> {
  /** Runs a command beside the container's own, as `kubectl exec`, probes and hooks do. */
  readonly exec: (command: readonly string[], seconds?: number) => Promise<Result>;
  /** Sends a signal to the container's process 1. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Process ids, as this machine counts them, of what runs in it. */
  readonly processes: () => number[];
}

export interface Result {
  /** `undefined`: it took too long and was killed, or the container ended under it. */
  readonly code: number | undefined;
  readonly output: string;
  readonly seconds: number;
}

/** The tools of the image before those of this machine. */
const PATH = "/usr/local/sbin:/usr/local/bin:/bin:/usr/sbin:/usr/bin";

const TOOLS = ["cat", "date", "env", "grep", "kill", "ls", "rm", "sed", "sh", "sleep", "timeout", "touch"];

export async function startContainer(options: ContainerOptions): Promise<Container> {
  const { image, user, group } = options;
  const env = { PATH, ...options.env };
  let info = "";
  const program = startProgram(
    [
      ...["nsenter", `--net=/proc/${options.network}/ns/net`, "--"],
      ...["setpriv", `--reuid=${user}`, `--regid=${group}`, "--clear-groups", "--no-new-privs", "--"],
      ...["bwrap", ...sandbox(options), "--info-fd", "3", "--", ...(options.command ?? image.command)],
    ],
    { log: options.log, user, env, onInfo: (text) => (info += text) },
  );
  while (!info.includes("}") && program.running()) await new Promise((resolve) => setImmediate(resolve));
  const first = (JSON.parse(info === "" ? "{}" : info) as { readonly "child-pid"?: number })["child-pid"];
  if (first === undefined) throw new Error(`no container: ${program.log()}`);
  const inside = [`--target=${first}`, "--user", "--mount", "--pid", "--net", `--setuid=${user}`, `--setgid=${group}`];
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return {
    log: program.log,
    running: program.running,
    exited: program.exited,
    stop: program.stop,
    exec: (command, seconds) => run(["nsenter", ...inside, "--", "env", "-i", ...assignments, ...command], seconds),
    signal: (signal) => {
      if (program.running()) process.kill(first, signal);
    },
    processes: () => sharing("ns/pid", first),
  };
}

function sandbox({ image, mounts, env, readOnlyRoot }: ContainerOptions): string[] {
  const of = image.userland === "alpine" ? () => "/usr/bin/busybox" : (tool: string) => `/usr/bin/${tool}`;
  const tools = Object.fromEntries(TOOLS.map((tool) => [`/bin/${tool}`, of(tool)]));
  return [
    ...["user", "pid", "ipc", "uts", "cgroup"].map((kind) => `--unshare-${kind}`),
    ...["--as-pid-1", "--die-with-parent", "--new-session", "--clearenv"],
    ...Object.entries({ PATH, ...env }).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--ro-bind", "/usr", "/usr", "--tmpfs", "/usr/local", "--ro-bind", "/etc", "/etc"],
    ...["--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"],
    ...["--proc", "/proc", "--dev", "/dev"],
    ...Object.entries({ ...tools, ...image.links }).flatMap(([path, target]) => ["--symlink", target, path]),
    ...Object.entries(image.files).flatMap(([path, source]) => ["--ro-bind", source, path]),
    ...mounts.flatMap(({ source, path, readOnly }) => [readOnly ? "--ro-bind" : "--bind", source, path]),
    ...(readOnlyRoot ? ["--remount-ro", "/dev", "--remount-ro", "/usr/local", "--remount-ro", "/"] : []),
  ];
}

/** Processes of the same namespace. */
function sharing(namespace: string, pid: number): number[] {
  const of = (process: number | string): string | undefined => {
    try {
      return readlinkSync(`/proc/${process}/${namespace}`);
    } catch {
      return undefined; // It has ended meanwhile.
    }
  };
  const wanted = of(pid);
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return wanted === undefined ? [] : all.filter((process) => of(process) === wanted).map(Number);
}

/** Runs a command of this machine to its end, or for so many seconds. */
export async function run([file = "", ...args]: readonly string[], seconds = 30): Promise<Result> {
  const start = Date.now();
  // A process group of its own: what the command started ends with it.
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const code = await within(seconds, ended);
  if (code === undefined && child.pid !== undefined) {
    process.kill(-child.pid, "SIGKILL");
    await ended;
  }
  return { code: code ?? undefined, output, seconds: (Date.now() - start) / 1000 };
}
