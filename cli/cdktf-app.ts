import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidInput } from "../constructs/model/problem";
import { manifestStacks, type ProgramStacks } from "../stacks/program-stacks";
import { CDKTF, MAIN } from "./init/main";

/** What is asked of `cdktf.json`. */
interface Config {
  readonly app?: unknown;
  readonly terraformModules?: unknown;
}

/** Set where this program runs one that may run this program. */
const INNER = "GOLDENPATH_RUNS_APP";

/** Words by which this program is the whole app: `node cli/goldenpath.mjs synth --quiet`. */
const SYNTH = /^[^;&|]*\bgoldenpath(?:\.mjs)?["']?\s+synth\b[^;&|]*$/;

/** What a text says beside lines of comments, whatever an editor or git has made of the ends of its lines. */
const lines = (text: string): string =>
  text
    .replace(/\r/g, "")
    .replace(/^\s*\/\/.*\n/gm, "")
    .trim();

/**
 * How cdktf runs a program that puts anything of its own on the app; `undefined` where its stacks are those of its environments by what it is:
 * without `cdktf.json`, where this program is the app, and with a `main.ts` as `goldenpath init` has written it.
 *
 * @param root folder of the program
 */
export function ownApp(root: string): string | undefined {
  const { app } = configOf(root);
  if (typeof app !== "string" || app.trim() === "" || SYNTH.test(app) || process.env[INNER] !== undefined)
    return undefined;
  const main = join(root, "main.ts");
  const untouched = app === CDKTF.app && existsSync(main) && lines(readFileSync(main, "utf8")) === lines(MAIN);
  return untouched ? undefined : app;
}

/**
 * Runs a program as cdktf does, into a folder that goes with this process.
 *
 * @throws InvalidInput where it fails, after what it said, or writes no stacks
 */
export function runApp(root: string, app: string): ProgramStacks {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-app-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const outdir = join(folder, "cdktf.out");
  const { status, signal, stdout, stderr } = spawnSync(app, {
    ...{ cwd: root, shell: true, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 * 2 ** 20 },
    env: environmentOf(root, outdir),
  });
  const wrong = (why: string, fix: string): InvalidInput =>
    new InvalidInput([{ path: ["app"], at: join(root, "cdktf.json"), got: app, why, fix }]);
  if (status !== 0) {
    process.stderr.write(stdout + stderr);
    const how = status === null ? `was ended by ${signal ?? "the system"}` : `ended with ${status}`;
    throw wrong(
      `${how}, and what it adds to the stacks of environments is not known`,
      "correct what it says; cdktf synth runs it too",
    );
  }
  const stacks = manifestStacks(outdir);
  if (stacks === undefined) {
    throw wrong(
      "wrote no stacks where it was told to",
      "write them to the folder that CDKTF_OUTDIR names, as cdktf asks for",
    );
  }
  return { outdir, stacks, by: app };
}

/** What cdktf sets for a program: https://github.com/hashicorp/terraform-cdk, `synth-stack.ts`. */
function environmentOf(root: string, outdir: string): NodeJS.ProcessEnv {
  const { terraformModules = [] } = configOf(root);
  const sources: readonly unknown[] = Array.isArray(terraformModules) ? terraformModules : [];
  const isRelative = (one: unknown): boolean => {
    const source = typeof one === "string" ? one : (one as { readonly source?: unknown } | null)?.source;
    return typeof source === "string" && /^\.\.?\//.test(source);
  };
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_VAR_"));
  return {
    NODE_OPTIONS: "--max-old-space-size=4096",
    ...Object.fromEntries(own),
    ...{ CDKTF_OUTDIR: outdir, [INNER]: "1" },
    CDKTF_CONTEXT_JSON: JSON.stringify({ cdktfRelativeModules: sources.filter(isRelative) }),
  };
}

/** What is no JSON is for cdktf to say. */
function configOf(root: string): Config {
  try {
    return JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8")) as Config;
  } catch {
    return {};
  }
}
