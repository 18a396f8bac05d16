import { spawn } from "node:child_process";
import type { Answer, Words } from "../../constructs/preflight/check";
import type { Ask, NoAnswer } from "../../constructs/preflight/outcome";

/**
 * What keeps the CLIs of clouds from asking back, from paging and from changing anything by themselves: gcloud offers to switch on an API
 * that it needs, and az to install an extension.
 */
export const QUIET: Readonly<Record<string, string>> = {
  AWS_PAGER: "",
  AWS_CLI_AUTO_PROMPT: "off",
  AZURE_CORE_NO_COLOR: "true",
  AZURE_CORE_ONLY_SHOW_ERRORS: "true",
  AZURE_EXTENSION_USE_DYNAMIC_INSTALL: "no",
  CLOUDSDK_CORE_DISABLE_PROMPTS: "1",
  CLOUDSDK_CORE_SHOULD_PROMPT_TO_ENABLE_API: "false",
};

/** The file that Terraform reads, whatever this machine's own is: none named is `~/.kube/config`, for both. */
const kubeconfigOf = ({ TF_VAR_kubeconfig }: Readonly<NodeJS.ProcessEnv>): string => TF_VAR_kubeconfig ?? "";

/** Characters of an answer that are kept: a list of all usages has some hundred thousand. */
const LONGEST = 20_000_000;

export interface AskOptions {
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Time that one command has. */
  readonly seconds: number;
}

/** Runs commands of this machine, each looked for on the PATH and never by a shell, with nothing to read and a time limit. */
export const asker =
  ({ env, seconds }: AskOptions): Ask =>
  ([program = "", ...args]: Words) =>
    new Promise<Answer | NoAnswer>((resolve) => {
      // A group of its own: what it has started ends with it.
      const child = spawn(program, args, {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...env, ...QUIET, KUBECONFIG: kubeconfigOf(env) },
        detached: true,
      });
      const said = { text: "", complaint: "" };
      let stopped: string | undefined;
      const stop = (why: string): void => {
        stopped ??= why;
        // Without a process there is no group.
        if (child.pid === undefined) return;
        try {
          process.kill(-child.pid, "SIGKILL");
        } catch {
          child.kill("SIGKILL");
        }
      };
      const timer = setTimeout(() => {
        stop(`no answer within ${seconds} seconds`);
      }, seconds * 1000);
      const keep = (key: keyof typeof said, text: string): void => {
        said[key] += text;
        if (said[key].length > LONGEST) stop("the answer is too long");
      };
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        keep("text", text);
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        keep("complaint", text);
      });
      child.once("error", (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        const absent = error.code === "ENOENT";
        resolve({
          none: absent ? "absent" : "stopped",
          says: absent ? `${program} is not on the PATH` : `${program} cannot be started: ${error.code ?? "unknown"}`,
        });
      });
      child.once("close", (code, signal) => {
        clearTimeout(timer);
        if (stopped !== undefined) resolve({ none: "stopped", says: stopped });
        else if (code === null) resolve({ none: "stopped", says: `ended by ${signal ?? "a signal"}` });
        else resolve({ code, ...said });
      });
    });
