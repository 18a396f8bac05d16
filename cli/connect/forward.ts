import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

/** An open way from a port of this machine, until it ends. */
export interface Forward {
  readonly port: number;
  /** What it said when it ended, by itself or because it was told to. */
  readonly ended: Promise<string>;
  stop(): void;
}

/** Whether nobody on this machine listens there. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(true);
      });
    });
  });

const OPEN = /Forwarding from 127\.0\.0\.1:(\d+) ->/;

/**
 * Runs `kubectl port-forward` until it is stopped, or this program is ended.
 *
 * @param interrupted whoever opened it is done with it, also before it is open
 * @throws Error with what it said where it does not open
 */
export function forward(
  words: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
  interrupted: Promise<unknown>,
): Promise<Forward> {
  const [file = "", ...args] = words;
  // A group of its own: an interrupt from the keyboard is this program's to handle, which ends the session first.
  const child: ChildProcess = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...env }, detached: true });
  const stop = (): void => {
    child.kill();
  };
  process.once("exit", stop);
  void interrupted.then(stop);
  let said = "";
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => {
      resolve(error.message);
    });
    child.once("close", () => {
      process.off("exit", stop);
      resolve(said.trim());
    });
  });
  return new Promise((resolve, reject) => {
    const heard = (text: string): void => {
      said += text;
      const port = OPEN.exec(said)?.[1];
      if (port !== undefined) resolve({ port: Number(port), ended, stop });
    };
    child.stdout?.setEncoding("utf8").on("data", heard);
    child.stderr?.setEncoding("utf8").on("data", heard);
    void ended.then((why) => {
      reject(new Error(why));
    });
  });
}
