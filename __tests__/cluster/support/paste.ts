import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { word } from "../../../constructs/releases/shell";
import { waitUntil, within } from "../../real/support/program";
import { KUBECONFIG, KUBECTL } from "./cluster";

/* A terminal of somebody who has the page before them: lines are pasted into one shell, one after the other. */

/** What a line did. */
export interface Pasted {
  readonly line: string;
  readonly code: number;
  readonly output: string;
}

/** A line that goes on until it is stopped. */
const GOES_ON = /^kubectl \S+ \S+ (?:logs -f |port-forward [^&]*$)/;
/** One that asks at a terminal. */
const ASKS = / exec -it /;

/** What is typed into a shell in a container. */
const TYPED = "echo shell-of-$(id -u)\nexit\n";

/** Seconds in which a shell on a busy machine has said all that it says. */
const TYPED_SECONDS = 8;

export class Terminal {
  readonly #home = mkdtempSync(join(tmpdir(), "goldenpath-terminal-"));
  readonly #env: Readonly<Record<string, string>>;
  readonly #kubectl = dirname(KUBECTL);

  constructor() {
    symlinkSync(join(this.#kubectl, "helm4"), join(this.#home, "helm"));
    writeFileSync(join(this.#home, "typed"), TYPED);
    const path = [this.#home, this.#kubectl, process.env["PATH"] ?? ""].join(":");
    this.#env = { PATH: path, HOME: this.#home, KUBECONFIG, TERM: "dumb" };
  }

  /** Pastes lines, until one of them fails. */
  async paste(lines: readonly string[]): Promise<Pasted[]> {
    const done: Pasted[] = [];
    let rest = lines;
    while (rest.length > 0) {
      const next = rest.findIndex((line) => GOES_ON.test(line));
      const now = next === 0 ? rest.slice(0, 1) : rest.slice(0, next < 0 ? undefined : next);
      const [first = ""] = now;
      done.push(...(next === 0 ? [await this.#untilStopped(first)] : await this.#shell(now)));
      if (done.at(-1)?.code !== 0) return done;
      rest = rest.slice(now.length);
    }
    return done;
  }

  close(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #shell(lines: readonly string[]): Promise<Pasted[]> {
    const mark = "--- line ";
    const parts = lines.map((line, index) =>
      [
        `printf '\\n${mark}%s\\n' ${index}`,
        // What is cut off by head is no failure of what was cut.
        `set ${/\| head /.test(line) ? "+" : "-"}o pipefail`,
        this.#typed(line),
        `code=$?; if [ "$code" -ne 0 ]; then exit "$code"; fi`,
      ].join("\n"),
    );
    const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
      const options = { env: this.#env, encoding: "utf8", maxBuffer: 2 ** 26, timeout: 300_000 } as const;
      execFile("bash", ["-c", `exec 2>&1\n${parts.join("\n")}\n`], options, (error, stdout) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout });
      });
    });
    const said = output.split(`\n${mark}`).slice(1);
    return said.map((text, index) => ({
      line: lines[index] ?? "",
      code: index === said.length - 1 ? code : 0,
      output: text.slice(text.indexOf("\n") + 1),
    }));
  }

  /** As a terminal gives it to the command, where that asks at one. */
  #typed(line: string): string {
    if (!ASKS.test(line)) return line;
    // The terminal stays open meanwhile: an end of what is typed would end a shell that has not answered yet.
    const typed = `{ cat ${join(this.#home, "typed")}; sleep ${TYPED_SECONDS}; }`;
    return `${typed} | script --quiet --return --command ${word(line)} /dev/null`;
  }

  async #untilStopped(line: string): Promise<Pasted> {
    const port = / port-forward \S+ (\d+):/.exec(line)?.[1];
    const child = spawn("bash", ["-c", `exec ${line}`], { env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
    const ended = new Promise<void>((resolve) =>
      child.once("exit", () => {
        resolve();
      }),
    );
    try {
      await waitUntil("it says something", () => output !== "" || child.exitCode !== null, {
        details: () => line,
        seconds: 30,
      });
      if (port !== undefined) {
        const answer = await fetch(`http://127.0.0.1:${port}/`);
        output += `answered with ${answer.status}\n`;
      }
      return { line, code: goesOn(child) ? 0 : 1, output };
    } catch (error) {
      return { line, code: 1, output: `${output}${String(error)}` };
    } finally {
      child.kill("SIGINT");
      if (
        (await within(
          10,
          ended.then(() => true),
        )) === undefined
      )
        child.kill("SIGKILL");
    }
  }
}

const goesOn = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;
