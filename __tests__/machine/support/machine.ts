import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a command on the machine has said. */
export interface Said {
  readonly code: number;
  readonly text: string;
}

/** A copy of this machine that systemd has booted in, without a network, and which is gone with its first process. */
export interface Machine {
  run(command: readonly string[], env?: Readonly<Record<string, string>>): Said;
  /** Starts a program that goes on. */
  start(command: readonly string[]): void;
  stop(): void;
}

const ENTERED = ["--mount", "--pid", "--uts", "--ipc", "--cgroup", "--net", "--root", "--wd"];

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** The one child of a process, once there is one. */
function childOf(pid: number): number | undefined {
  const file = `/proc/${pid}/task/${pid}/children`;
  const [child] = existsSync(file) ? readFileSync(file, "utf8").trim().split(" ") : [];
  return child === undefined || child === "" ? undefined : Number(child);
}

/**
 * Boots a copy of this machine. Needs root, Debian's packages and a kernel with overlays.
 *
 * @param folder a folder that is empty, for what the copy has otherwise
 * @param seen folders that are seen in it at the same place
 */
export async function boot(folder: string, seen: readonly string[]): Promise<Machine> {
  const script = join(__dirname, "prepare.sh");
  const said: string[] = [];
  const first = spawn("unshare", ["--mount", "sh", script, folder, ...seen], { stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [first.stdout, first.stderr]) {
    stream.on("data", (data: Buffer) => {
      said.push(data.toString());
    });
  }
  const started: ChildProcess[] = [];
  const systemd = (): number | undefined => {
    const child = first.pid === undefined ? undefined : childOf(first.pid);
    return child !== undefined && readFileSync(`/proc/${child}/comm`, "utf8").trim() === "systemd" ? child : undefined;
  };
  const entered = (): readonly string[] => {
    const pid = systemd();
    if (pid === undefined) throw new Error(`the machine is gone:\n${said.join("")}`);
    return ["--target", String(pid), ...ENTERED];
  };
  const machine: Machine = {
    run: ([program = "", ...args], env = {}) => {
      const PATH = "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
      const done = spawnSync("nsenter", [...entered(), program, ...args], {
        env: { PATH, LC_ALL: "C.UTF-8", HOME: "/root", ...env },
        encoding: "utf8",
      });
      return { code: done.status ?? -1, text: done.stdout + done.stderr };
    },
    start: (command) => {
      started.push(spawn("nsenter", [...entered(), ...command], { stdio: "ignore" }));
    },
    stop: () => {
      for (const one of started) one.kill("SIGKILL");
      const pid = systemd();
      if (pid !== undefined) process.kill(pid, "SIGKILL");
    },
  };
  const ends = Date.now() + 120_000;
  while (Date.now() < ends) {
    if (first.exitCode !== null) throw new Error(`no machine:\n${said.join("")}`);
    const pid = systemd();
    if (pid !== undefined && machine.run(["systemctl", "is-system-running"]).text.trim() === "running") return machine;
    await wait(200);
  }
  first.kill("SIGKILL");
  throw new Error(`the machine does not boot:\n${said.join("")}`);
}
