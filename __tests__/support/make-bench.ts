import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { told } from "./rights";

/*
 * make.sh run by Bash, with stand-ins for the clouds' programs that keep what is there in a file and refuse commands and options that
 * they do not know.
 */

const STAND_INS = join(__dirname, "stand-ins");
const ACCOUNTS: Readonly<Record<string, string>> = {
  staging: "111111111111",
  production: "222222222222",
  "aks-staging": "22222222-2222-4222-8222-222222222222",
};

/** What a stand-in keeps, of any form: tests reach into it by paths. */
export type State = Record<string, unknown>;

export interface Made {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Commands of this run that changed something. */
  readonly changes: readonly string[];
}

/** A folder with the files of one environment, and a cloud of its own. */
export class Bench {
  readonly #root = mkdtempSync(join(tmpdir(), "goldenpath-make-"));

  private constructor(private readonly environment: string) {}

  /** Files of an environment, where Helm releases: all three identities, and those of previews where it takes some. */
  static async of(environment: string, previews = false): Promise<Bench> {
    const bench = new Bench(environment);
    const { files } = await told({ environment, release: "helm", previews });
    for (const folder of ["bin", "state", "rights"]) mkdirSync(join(bench.#root, folder));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(bench.#root, "rights", file), text);
    for (const name of ["aws", "gcloud", "az"])
      symlinkSync(join(STAND_INS, `${name}.mjs`), join(bench.#root, "bin", name));
    writeFileSync(join(bench.#root, "bin", "sleep"), "#!/bin/sh\n");
    chmodSync(join(bench.#root, "bin", "sleep"), 0o755);
    return bench;
  }

  get script(): string {
    return join(this.#root, "rights", "make.sh");
  }

  get #file(): string {
    return join(this.#root, "state", "there.json");
  }

  get there(): State {
    return existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, "utf8")) as State) : {};
  }

  set there(state: State) {
    writeFileSync(this.#file, JSON.stringify(state));
  }

  /** @param signedIn environment whose account somebody is signed in to */
  make(args: readonly string[] = [], signedIn = this.environment): Made {
    const file = join(this.#root, "state", "changes");
    rmSync(file, { force: true });
    const { status, stdout, stderr } = spawnSync("bash", [this.script, ...args], {
      encoding: "utf8",
      env: {
        PATH: `${join(this.#root, "bin")}:${process.env.PATH ?? ""}`,
        STAND_IN: join(this.#root, "state"),
        STAND_IN_ACCOUNT: ACCOUNTS[signedIn] ?? "",
      },
    });
    const changes = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    return { status, stdout, stderr, changes };
  }

  remove(): void {
    rmSync(this.#root, { recursive: true });
  }
}

/** What is there without the order of lists, which no cloud keeps. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => JSON.stringify(sorted(one))).sort();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sorted(one)]));
}
