import { execFile } from "node:child_process";
import { join } from "node:path";
import { Api } from "./api";
import { guarded } from "./guarded";

/** Of the control plane that runs for these tests: `set-up.ts` says where. */
export const KUBECONFIG = process.env["TEST_CLUSTER_KUBECONFIG"] ?? "";

export const api = new Api(KUBECONFIG);

export const KUBECTL = join(__dirname, "..", "..", "..", ".cache", "control-plane", "bin", "kubectl");

type Env = Readonly<Record<string, string>>;

export interface Output {
  readonly code: number;
  readonly stdout: string;
  /** Warnings of the API server are here. */
  readonly stderr: string;
}

/** Runs `kubectl`, of the control plane's version and with no configuration of a user's, whatever it answers. */
export function kubectl(args: readonly string[], input?: string, more: Env = {}): Promise<Output> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", KUBECONFIG, ...more };
  return new Promise((resolve, reject) => {
    const options = { env, encoding: "utf8", maxBuffer: 2 ** 26, timeout: 170_000 } as const;
    const [file = "", ...rest] = guarded([KUBECTL, ...args]);
    const child = execFile(file, rest, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(new Error(`kubectl ${args.join(" ")} did not end: ${stdout}${stderr}`, { cause: error }));
    });
    // One that ends before it has read all says why by its code.
    child.stdin?.on("error", () => undefined);
    if (input === undefined) child.stdin?.end();
    else child.stdin?.end(input);
  });
}

const list = (objects: readonly object[]): string => objects.map((object) => JSON.stringify(object)).join("\n---\n");

/**
 * As a pipeline does: the server merges by field, and refuses what it does not know. Where it asks to try again it is: much
 * made at one time meets itself at the namespace's quota.
 */
export async function apply(objects: readonly object[], ...flags: readonly string[]): Promise<Output> {
  return await asAsked(() =>
    kubectl(["apply", "--server-side", "--validate=strict", ...flags, "-f", "-"], list(objects)),
  );
}

/** Does it again where the API server asks for that, as whoever is at the keyboard would. */
export async function asAsked(act: () => Promise<Output>): Promise<Output> {
  let output = await act();
  for (let again = 0; again < 5 && AGAIN.test(output.stderr); again++) output = await act();
  return output;
}

const AGAIN = /Operation cannot be fulfilled on resourcequotas/;

/**
 * What applying would change. Nothing: code 0 and no output. A generation that goes up alone is passed over: the server
 * counts an empty list in a NetworkPolicy as a change of nothing whenever it is applied.
 */
export const diff = (objects: readonly object[]): Promise<Output> =>
  kubectl(["diff", "--server-side", "-f", "-"], list(objects), { KUBECTL_EXTERNAL_DIFF: "diff -u -N -I generation" });

export function must({ code, stdout, stderr }: Output): string {
  if (code !== 0) throw new Error(`code ${code}\n${stdout}${stderr}`);
  return stdout;
}
