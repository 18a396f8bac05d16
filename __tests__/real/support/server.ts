import { readFileSync } from "node:fs";
import { inNetwork, type Network } from "./network";
import { type Program, startProgram, waitUntil } from "./program";

/** Whoever runs the servers: some refuse to be root. No user of this machine need have the number. */
export const SERVER_USER = 2000;

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** A server as clients reach it. */
export interface Server {
  readonly port: number;
  readonly admin: Login;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  readonly network: Network;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly log: string;
  /** What its log says when it answers. */
  readonly ready: string;
}

/** The programs' own variables, nothing of this machine's. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * A server with process ids of its own: with the first of them everything it ever started is gone, and with the tests
 * the first, however they end.
 */
export async function startServer({ network, command, env, log, ready }: ServerOptions): Promise<Program> {
  const program = startProgram(
    inNetwork(network, [
      ...["bwrap", "--dev-bind", "/", "/", "--proc", "/proc", "--unshare-pid", "--die-with-parent", "--"],
      ...asServerUser(command),
    ]),
    { log, user: SERVER_USER, env: { PATH, LANG: "C.UTF-8", ...env } },
  );
  try {
    await waitUntil(`${command[0]} is ready`, () => program.log().includes(ready) || !program.running(), {
      seconds: 90,
      details: program.log,
    });
    if (!program.running()) throw new Error(`${command[0]} ended: ${program.log()}`);
    return { ...program, stop: (...how) => stopWhole(program, how) };
  } catch (error) {
    await program.stop("SIGKILL");
    throw error;
  }
}

/**
 * When the first process has ended the kernel has yet to end the others, and on a busy machine a server answers for a
 * moment more.
 */
async function stopWhole(program: Program, how: Parameters<Program["stop"]>): Promise<void> {
  const others = descendants(program.pid);
  await program.stop(...how);
  await waitUntil("all processes of a server are gone", () => !others.some(isAlive));
}

function descendants(pid: number): number[] {
  const children = contents(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** One that has ended stays in the list until its parent has asked how. */
const isAlive = (pid: number): boolean => /^State:\s+[^ZX\s]/m.test(contents(`/proc/${pid}/status`));

/** Of a file that may be gone, as those of processes are. */
function contents(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

export const asServerUser = (command: readonly string[]): string[] => [
  ...["setpriv", `--reuid=${SERVER_USER}`, `--regid=${SERVER_USER}`, "--clear-groups", "--"],
  ...command,
];
