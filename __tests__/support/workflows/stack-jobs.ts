import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeJson, planJson } from "../../constructs/plan/plans";
import { type Context, type ParsedJob, workflowIn } from "./parse";
import { ALL, INFRASTRUCTURE } from "./rendered";
import { type Programs, type Ran, runStep } from "./run-step";

/* Steps of jobs about stacks, with an engine that plans what a test says, the program's own command, and a GitHub of a test's. */

const BIN = join(__dirname, "..", "..", "..", "cli", "goldenpath.mjs");

export const infrastructure = workflowIn(ALL.terraform[INFRASTRUCTURE] ?? "");

export const jobIn = (id: string): ParsedJob => {
  const job = infrastructure.jobs[id];
  if (job === undefined) throw new Error(`no job ${id}`);
  return job;
};

const root = mkdtempSync(join(tmpdir(), "goldenpath-infrastructure-"));

/** Takes folders of tests away. One process runs several files, one after the other. */
export const removeFolders = (): void => {
  rmSync(root, { recursive: true, force: true });
};

/** A folder with files. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  mkdirSync(root, { recursive: true });
  const folder = mkdtempSync(join(root, "temp-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** A plan that makes a database larger. */
export const larger = (storage: number): string =>
  planJson([changeJson({ before: { storage: 20 }, after: { storage } })]);

/** An engine that plans this, and the program's own command. */
export const programs = (text: string, exit = 2): Programs => ({
  tofu: `case "$2" in init|apply) ;; plan) exit ${exit} ;; show) cat <<'PLAN'\n${text}\nPLAN\n;; esac`,
  npx: `shift 2; case "$1" in synth) ;; *) exec "${process.execPath}" "${BIN}" "$@" ;; esac`,
});

/** Answers of GitHub's by the address that `gh api` asks, and files that a run has left. A `--jq` is left to the answer. */
export const github = (
  answers: readonly (readonly [address: string, answer: unknown])[],
  artifacts: Readonly<Record<string, string>> = {},
): string => {
  const said = answers.map(
    ([address, answer]) =>
      `*${JSON.stringify(address)}*) cat <<'SAID'\n${typeof answer === "string" ? answer : JSON.stringify(answer)}\nSAID\n;;`,
  );
  const downloads = Object.entries(artifacts).map(([run, folder]) => `${run}) cp -r "${folder}/." "\${@: -1}/" ;;`);
  return [
    `all="$*"`,
    `if [ "$1" = run ]; then mkdir -p "\${@: -1}"; case "$3" in ${downloads.join("\n")} *) exit 1 ;; esac; exit; fi`,
    `case "$all" in\n${said.join("\n")}\n*) exit 1 ;;\nesac`,
  ].join("\n");
};

export const CONTEXT: Context = {
  github: {
    token: "a-token",
    event_name: "push",
    triggering_actor: "somebody",
    server_url: "https://github.example.com",
    repository: "acme/orders",
    sha: "aaa",
  },
};

export function ran(
  id: string,
  name: string,
  more: {
    programs: Programs;
    temp?: string;
    cwd?: string;
    context?: Context;
    env?: Readonly<Record<string, string>>;
  },
): Promise<Ran> {
  const temp = more.temp ?? folderWith();
  return runStep(jobIn(id), name, {
    context: more.context ?? CONTEXT,
    programs: more.programs,
    ...(more.cwd !== undefined && { cwd: more.cwd }),
    env: {
      HOME: root,
      RUNNER_TEMP: temp,
      GITHUB_STEP_SUMMARY: join(temp, "summary.md"),
      GITHUB_REPOSITORY: "acme/orders",
      GITHUB_SHA: "aaa",
      ...more.env,
    },
  });
}

/** A folder with what a step writes when it has planned this. */
export async function planned(text: string): Promise<string> {
  const temp = folderWith();
  expect(await ran("plan-staging", "Plan staging", { programs: programs(text), temp })).toMatchObject({ status: 0 });
  return temp;
}
