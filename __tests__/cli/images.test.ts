import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refused } from "../../cli/command";
import { images } from "../../cli/commands/images";
import type { Program } from "../../cli/program";
import { InvalidInput } from "../../constructs/model/problem";
import { withImages } from "../../constructs/model/with-images";
import { staging } from "../../environments/staging";
import { programIn } from "../support/program";

/* `goldenpath images`, as a pipeline calls it: what it writes, and what the environment makes of that. */

const root = mkdtempSync(join(tmpdir(), "goldenpath-images-"));
const file = join(root, "staging.json");
const stdout: string[] = [];
beforeEach(() => {
  stdout.length = 0;
  jest.spyOn(process.stdout, "write").mockImplementation((text) => stdout.push(String(text)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const built = (name: string, digit: string): string =>
  `ghcr.io/acme/orders/${name}:develop-1@sha256:${digit.repeat(64)}`;

/** A program whose staging environment reads the file, or does not. */
function program(reads = true): Program {
  const environments = () => {
    const content = reads ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
    return [{ ...staging, applications: staging.applications.map((overlay) => withImages(overlay, content)) }];
  };
  return programIn(root, environments);
}

const run = (words: readonly string[], one = program()): Promise<number> =>
  images.run({ words: ["staging", ...words], flags: new Set(), values: new Map([["file", "staging.json"]]) }, one);

test("writes what was built in the order of names, keeps what is not named, and says what is new", async () => {
  writeFileSync(file, "{}\n");
  await run([`frontend=${built("frontend", "1")}`, `backend=${built("backend", "2")}`]);
  expect(stdout.join("")).toBe(`frontend: ${built("frontend", "1")}\nbackend: ${built("backend", "2")}\n`);
  stdout.length = 0;
  await run([`backend=${built("backend", "3")}`, `frontend=${built("frontend", "1")}`]);
  expect(stdout.join("")).toBe(`backend: ${built("backend", "3")}\n`);
  const text = readFileSync(file, "utf8");
  expect(text).toBe(
    `${JSON.stringify({ backend: built("backend", "3"), frontend: built("frontend", "1") }, undefined, 2)}\n`,
  );
});

test("the same again changes no byte, so that nothing is committed", async () => {
  const text = readFileSync(file, "utf8");
  await run([`backend=${built("backend", "3")}`]);
  expect([readFileSync(file, "utf8"), stdout]).toEqual([text, [""]]);
});

test("an environment that does not read the file is told of, in place of deploying nothing for ever", async () => {
  const told = run([`backend=${built("backend", "4")}`], program(false));
  await expect(told).rejects.toThrow(
    "staging.json: no workload of staging runs its backend; have the environment read it: withImages",
  );
});

test.each([
  [
    "an image without a digest, and one that nothing runs, both at once",
    ["backend=x:1", `api=${built("api", "1")}`],
    InvalidInput,
    /^images\.backend: .*\nimages\.api: /,
  ],
  ["a word that is no image", ["backend"], Refused, /^"backend": is no image/],
])("%s: nothing is written", async (_, words, kind, message) => {
  const text = readFileSync(file, "utf8");
  const told = run(words);
  await expect(told).rejects.toThrow(kind);
  await expect(told).rejects.toThrow(message);
  expect(readFileSync(file, "utf8")).toBe(text);
});

test.each([
  ["not there", undefined, /no such file; make it with \{\} in it/],
  ["no JSON", "{", /is no JSON/],
  ["a list", "[]", /is no object of texts/],
  ["not of texts", '{"backend": 1}', /is no object of texts/],
])("a file that is %s is refused", async (_, text, message) => {
  rmSync(file, { force: true });
  if (text !== undefined) writeFileSync(file, text);
  await expect(run([`backend=${built("backend", "1")}`], program(false))).rejects.toThrow(message);
});

test("an environment that is not there is refused, with those that are", async () => {
  const words = ["stagging", `backend=${built("backend", "1")}`];
  const told = images.run({ words, flags: new Set(), values: new Map() }, program(false));
  await expect(told).rejects.toThrow('stagging: no such environment; use "staging"');
});
