import { execFile } from "node:child_process";
import { join } from "node:path";
import { KUBECONFIG, type Output } from "./cluster";
import { guarded } from "./guarded";

const ROOT = join(__dirname, "..", "..", "..");

/** The chart as it is in the repository. */
export const CHART = join(ROOT, "helm", "my-app");

/** Both are in use, and differ in how they apply: the newer lets the server merge, and asks who owns a field. */
export const HELMS = ["helm3", "helm4"] as const;

export type Helm = (typeof HELMS)[number];

/** Undoes an upgrade that fails, as each calls it. */
export const ROLLBACK: Readonly<Record<Helm, string>> = { helm3: "--atomic", helm4: "--rollback-on-failure" };

/** Runs it with no configuration of a user's, whatever it answers. */
export function helm(which: Helm, args: readonly string[]): Promise<Output> {
  const file = join(ROOT, ".cache", "control-plane", "bin", which);
  const env = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", KUBECONFIG };
  const [program = "", ...rest] = guarded([file, ...args]);
  return new Promise((resolve, reject) => {
    execFile(
      program,
      rest,
      { env, encoding: "utf8", maxBuffer: 2 ** 26, timeout: 170_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === "number") resolve({ code, stdout, stderr });
        else reject(new Error(`${which} ${args.join(" ")} did not end: ${stdout}${stderr}`, { cause: error }));
      },
    );
  });
}
