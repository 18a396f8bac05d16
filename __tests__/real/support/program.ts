import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";

/** A program that was started, and is stopped by its process id. */
export interface Program {
  readonly pid: number;
  /** Its end; `code` is `null` if a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly running: () => boolean;
  /** Everything it wrote to its output so far. */
  readonly log: () => string;
  /** Asks it to end, and ends it if it has not after some seconds. */
  readonly stop: (signal?: NodeJS.Signals, seconds?: number) => Promise<void>;
}

export interface ProgramOptions {
  /** File for its output. */
  readonly log: string;
  readonly env?: Readonly<Record<string, string>>;
  /** User that owns the output, so that a program that opens `/dev/stderr` may. @default - who runs the tests */
  readonly user?: number;
  /** Takes what the program writes to its file descriptor 3. @default - none */
  readonly onInfo?: (text: string) => void;
}

export function startProgram([file = "", ...args]: readonly string[], options: ProgramOptions): Program {
  const out = openSync(options.log, "a", 0o644);
  if (options.user !== undefined) chownSync(options.log, options.user, options.user);
  const info = options.onInfo === undefined ? "ignore" : "pipe";
  const child = spawn(file, args, { stdio: ["ignore", out, out, info], ...(options.env && { env: options.env }) });
  closeSync(out);
  child.stdio[3]?.on("data", (data: Buffer) => options.onInfo?.(data.toString()));
  return program(child, options.log);
}

function program(child: ChildProcess, log: string): Program {
  const { pid } = child;
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  // Who waits for the end is told of it; a program that nobody waits for must not fail the tests by having ended.
  exited.catch(() => undefined);
  if (pid === undefined) throw new Error(`${child.spawnfile} could not be started`);
  const running = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    exited,
    running,
    log: () => readFileSync(log, "utf8"),
    stop: async (signal = "SIGTERM", seconds = 10) => {
      if (!running()) return;
      child.kill(signal);
      if (
        await within(
          seconds,
          exited.then(() => true),
        )
      )
        return;
      child.kill("SIGKILL");
      await exited;
    },
  };
}

export const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });

/** What a promise gives, or `undefined` if that takes longer. */
export async function within<T>(seconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, seconds * 1000);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Until something holds, or an error that says what did not. */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { seconds = 10, details }: { readonly seconds?: number; readonly details?: () => string } = {},
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not after ${seconds} s: ${what}\n${details?.() ?? ""}`);
    await sleep(0.1);
  }
}

/** A port of the loopback interface that nothing listens on now, for a program that has no network of its own. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}
