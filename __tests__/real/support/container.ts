import { spawn } from "node:child_process";
import { type Dirent, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { inNetwork, type Network } from "./network";
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
  /** Files and folders of the image, from one of this machine each. */
  readonly files: Readonly<Record<string, string>>;
  /** Variables that the image sets. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Symbolic links of the image, with their targets. */
  readonly links?: Readonly<Record<string, string>>;
  /** Where its programs start. @default "/" */
  readonly directory?: string;
}

/** Something of this machine, or so many bytes of memory. */
export type Mount =
  | { readonly path: string; readonly source: string; readonly readOnly: boolean }
  | { readonly path: string; readonly memory: number };

export interface ContainerOptions {
  readonly image: Image;
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly user: number;
  readonly group: number;
  readonly readOnlyRoot: boolean;
  readonly network: Network;
}

export interface Container extends Pick<Program, "log" | "running" | "exited" | "stop"> {
  /** Runs a command beside the container's own, as `kubectl exec`, probes and hooks do. */
  readonly exec: (command: readonly string[], seconds?: number) => Promise<Result>;
  /** The command of this machine that runs one so. */
  readonly inside: (command: readonly string[]) => readonly string[];
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

const TOOLS = [
  ...["basename", "cat", "cut", "date", "env", "grep", "kill", "ls", "rm", "sed", "sh", "sleep", "timeout", "touch"],
];

export async function startContainer(options: ContainerOptions & { readonly log: string }): Promise<Container> {
  const { user, group } = options;
  const env = variables(options);
  let info = "";
  const program = startProgram(bubblewrap(options, ["--info-fd", "3"]), {
    log: options.log,
    user,
    env,
    onInfo: (text) => (info += text),
  });
  while (!info.includes("}") && program.running()) await new Promise((resolve) => setImmediate(resolve));
  const first = (JSON.parse(info === "" ? "{}" : info) as { readonly "child-pid"?: number })["child-pid"];
  if (first === undefined) throw new Error(`no container: ${program.log()}`);
  const inside = [`--target=${first}`, "--user", "--mount", "--pid", "--net", `--setuid=${user}`, `--setgid=${group}`];
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const entered = (command: readonly string[]) => ["nsenter", ...inside, "--", "env", "-i", ...assignments, ...command];
  return {
    log: program.log,
    running: program.running,
    exited: program.exited,
    stop: program.stop,
    inside: entered,
    exec: (command, seconds) => run(entered(command), seconds),
    signal: (signal) => {
      if (program.running()) process.kill(first, signal);
    },
    processes: () => sharing("ns/pid", first),
  };
}

/**
 * Runs a container to its end. `trace` is a file that tells of every program that was started for it: its arguments and
 * variables, all of them as `\\x61`.
 */
export function runContainer(options: ContainerOptions, seconds?: number, trace?: string): Promise<Result> {
  const command = bubblewrap(options);
  const strace = ["strace", "--follow-forks", "--quiet=all", "--trace=execve", "--signal=none", "--no-abbrev"];
  const all = [...strace, "--strings-in-hex=all", "--string-limit=1000000"];
  return run(trace === undefined ? command : [...all, `--output=${trace}`, "--", ...command], seconds);
}

const variables = ({ image, env }: ContainerOptions): Readonly<Record<string, string>> => ({
  PATH,
  ...image.env,
  ...env,
});

function bubblewrap(options: ContainerOptions, more: readonly string[] = []): string[] {
  const { image, command = image.command, user, group } = options;
  return inNetwork(options.network, [
    ...["setpriv", `--reuid=${user}`, `--regid=${group}`, "--clear-groups", "--no-new-privs", "--"],
    ...["bwrap", ...sandbox(options), ...more, "--", ...command],
  ]);
}

function sandbox(options: ContainerOptions): string[] {
  const { image, mounts, readOnlyRoot } = options;
  const of = image.userland === "alpine" ? () => "/usr/bin/busybox" : (tool: string) => `/usr/bin/${tool}`;
  const tools = Object.fromEntries(TOOLS.map((tool) => [`/bin/${tool}`, of(tool)]));
  return [
    ...["user", "pid", "ipc", "uts", "cgroup"].map((kind) => `--unshare-${kind}`),
    ...["--as-pid-1", "--die-with-parent", "--new-session", "--clearenv"],
    ...Object.entries(variables(options)).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--ro-bind", "/usr", "/usr", "--tmpfs", "/usr/local", ...etc()],
    ...["--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"],
    ...["--proc", "/proc", "--dev", "/dev"],
    ...Object.entries({ ...tools, ...image.links }).flatMap(([path, target]) => ["--symlink", target, path]),
    ...Object.entries(image.files).flatMap(([path, source]) => ["--ro-bind", source, path]),
    ...mounts.flatMap((mount) =>
      "memory" in mount
        ? ["--perms", "1777", "--size", String(mount.memory), "--tmpfs", mount.path]
        : [mount.readOnly ? "--ro-bind" : "--bind", mount.source, mount.path],
    ),
    ...["--chdir", image.directory ?? "/"],
    ...(readOnlyRoot ? ["/dev", "/usr/local", "/etc", "/"].flatMap((path) => ["--remount-ro", path]) : []),
  ];
}

/** This machine's, entry by entry: a container has mounts where this machine has nothing. */
function etc(): string[] {
  const ofOthers = ({ name }: Dirent): boolean => name !== "goldenpath";
  const entries = readdirSync("/etc", { withFileTypes: true })
    .filter(ofOthers)
    .flatMap((entry) => {
      const path = join("/etc", entry.name);
      return entry.isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : ["--ro-bind", path, path];
    });
  return ["--tmpfs", "/etc", ...entries];
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
