import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refused } from "../../cli/command";
import { preview } from "../../cli/commands/preview";
import type { Program } from "../../cli/program";
import { timeAsked } from "../../cli/time";
import { InvalidInput } from "../../constructs/model/problem";
import { environments } from "../../environments";
import { taking } from "../support/previews";
import { programIn } from "../support/program";

/* `goldenpath preview`, as a pipeline calls it: what it writes, prints and refuses. */

const root = mkdtempSync(join(tmpdir(), "goldenpath-preview-"));
const outdir = join(root, "cdktf.out");
const stdout: string[] = [];
beforeEach(() => {
  stdout.length = 0;
  jest.spyOn(process.stdout, "write").mockImplementation((text) => stdout.push(String(text)) > 0);
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(outdir, { recursive: true, force: true });
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const program = (all = taking("staging")): Program => programIn(root, () => all);

const AT = ["at", "2026-11-30T12:00:00Z"] as const;

const run = (
  words: readonly string[],
  values: readonly (readonly [string, string])[] = [],
  flags: readonly string[] = [],
  one = program(),
): Promise<number> => preview.run({ words, flags: new Set(flags), values: new Map([AT, ...values]) }, one);

test("the stacks of a preview are written beside those of the program, and it is said where it answers", async () => {
  expect(await run(["staging", "123"])).toBe(0);
  expect(readdirSync(join(outdir, "previews", "stacks"))).toEqual(["my-app-pr-123"]);
  expect(stdout.join("")).toContain("https://pr-123-my-app-web.staging.example.com/");
  expect(stdout.join("")).toContain("differs from production:");
});

test("a second one leaves the first where it is, and the same one again is the same bytes", async () => {
  await run(["staging", "123"]);
  const file = join(outdir, "previews", "stacks", "my-app-pr-123", "cdk.tf.json");
  const before = readFileSync(file, "utf8");
  await run(["staging", "124"]);
  await run(["staging", "123"]);
  expect(readdirSync(join(outdir, "previews", "stacks")).sort()).toEqual(["my-app-pr-123", "my-app-pr-124"]);
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("programs are told stacks, namespaces and the end", async () => {
  await run(["staging", "123"], [], ["json"]);
  expect(JSON.parse(stdout.join(""))).toMatchObject({
    stacks: ["my-app-pr-123"],
    namespaces: ["my-app-pr-123"],
    expires: "2026-12-03T12:00:00Z",
    statement: { against: "production", preview: "pr-123" },
  });
});

test("images that were built are in it, and one without a digest is refused", async () => {
  const file = join(root, "built.json");
  writeFileSync(file, JSON.stringify({ backend: `ghcr.io/acme/backend:pr@sha256:${"a".repeat(64)}` }));
  await run(["staging", "123"], [["images", file]]);
  expect(readFileSync(join(outdir, "previews", "stacks", "my-app-pr-123", "cdk.tf.json"), "utf8")).toContain(
    "ghcr.io/acme/backend:pr@sha256",
  );
  writeFileSync(file, JSON.stringify({ backend: "ghcr.io/acme/backend:pr" }));
  await expect(run(["staging", "124"], [["images", file]])).rejects.toBeInstanceOf(InvalidInput);
  expect(existsSync(join(outdir, "previews", "stacks", "my-app-pr-124"))).toBe(false);
});

test.each([[["staging", "0"]], [["staging", "$(id)"]], [["production", "1"]], [["nowhere", "1"]]])(
  "%j is refused, and nothing is written",
  async (words) => {
    await expect(run(words)).rejects.toBeInstanceOf(InvalidInput);
    expect(existsSync(outdir)).toBe(false);
  },
);

test("several of profile production: somebody says which it is compared with", async () => {
  const two = [...taking("staging"), ...environments.filter(({ name }) => name === "production")].map((one, index) =>
    index === 5 ? { ...one, name: "second" } : one,
  );
  await expect(run(["staging", "1"], [], [], program(two))).rejects.toThrow(
    '--against: there are several environments of profile production; use "production" or "second"',
  );
  await expect(run(["staging", "1"], [["against", "prodction"]])).rejects.toBeInstanceOf(Refused);
});

test.each(["2026-11-30", "2026-02-30T00:00:00Z", "2026-11-30T12:00:00+01:00", "now", ""])("%j is no time", (given) => {
  expect(() => timeAsked("--at", given)).toThrow(`--at: got ${JSON.stringify(given)}; give a time in UTC`);
});
