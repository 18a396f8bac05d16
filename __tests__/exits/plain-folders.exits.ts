import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../environments";
import type { Stack } from "../../scripts/engine/stand-in";
import { story, storyEngine } from "../stories/support/engine";
import { merged } from "../support/plain-stacks";
import { type Files, filesIn, ROOT } from "./support/synthesized";

/* `goldenpath export`, as people run it, and an engine on what it writes. What a plan says of all stacks is in `stories/shipped`. */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-plain-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function goldenpath(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const program = [join(ROOT, "cli", "goldenpath.mjs"), "export", ...args, "--folder", folder];
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, CDKTF_OUTDIR: join(folder, "nowhere") };
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { cwd: ROOT, env, encoding: "utf8" });
  return { status, stdout, stderr: stderr.replace(/^warning: .*\n/gm, "") };
}

const names = environments.map(({ name }) => name);
const stacks = (): string[] =>
  names.flatMap((name) =>
    readdirSync(join(folder, name), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(name, entry.name)),
  );

/** Has the engine read all files of a folder as one configuration. No provider is needed for that. */
const readByEngine = (stack: string): string => {
  const { status, stdout, stderr } = spawnSync(storyEngine(), ["get", "-no-color"], {
    cwd: join(folder, stack),
    encoding: "utf8",
  });
  return status === 0 ? "" : stdout + stderr;
};

const configuration = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).filter(([file]) => file.endsWith(".tf.json")));

test("all environments are written, and an engine reads each stack", () => {
  expect(goldenpath(...names)).toMatchObject({ status: 0, stderr: "" });
  expect(stacks().length).toBeGreaterThan(17);
  expect(
    stacks()
      .map(readByEngine)
      .filter((said) => said !== ""),
  ).toEqual([]);
  expect(goldenpath(...names, "--json").stdout).not.toContain('"change":');
});

test("an engine says where two files have the same block", () => {
  const stack = join("local", "local");
  const copy = join(folder, stack, "copy.tf.json");
  writeFileSync(copy, readFileSync(join(folder, stack, "routes.tf.json")));
  expect(readByEngine(stack)).toMatch(/Duplicate resource/);
  rmSync(copy);
});

test("what somebody has changed is refused with its path, and is as it was", () => {
  const file = join(folder, "local", "local", "routes.tf.json");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, `${before}\n`);
  const { status, stdout, stderr } = goldenpath("local");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(
    `folder: got ${JSON.stringify(file)}, was changed since it was written; take it into the model and restore the file, or name another folder\n\n1 problem, nothing was written\n`,
  );
  expect(readFileSync(file, "utf8")).toBe(`${before}\n`);
  writeFileSync(file, before);
  expect(goldenpath("local").status).toBe(0);
});

test("an environment that is none is refused, and no folder is made", () => {
  const { status, stdout, stderr } = goldenpath("stagin");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain('"stagin"');
  expect(stderr).toContain("staging");
  expect(existsSync(join(folder, "stagin"))).toBe(false);
});

describe("a state of the local platform", () => {
  const run = story();
  const written = (): Stack => merged(configuration(filesIn(join(folder, "local", "local-platform"))));

  test("is planned by the folder without a change, and with one where an argument is changed", async () => {
    await run.write(written());
    expect((await run.apply()).problems).toEqual([]);
    const changed = JSON.parse(JSON.stringify(written()).replaceAll('"traefik"', '"other"')) as Stack;
    await run.write(changed);
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.not.stringContaining("No changes.") as string });
    await run.write(written());
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });
});
