import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refused } from "../../cli/command";
import { ledger } from "../../cli/commands/ledger";
import type { Program } from "../../cli/program";
import type { EnvironmentSpec } from "../../constructs/environment";
import { production } from "../../environments/production";
import { programIn } from "../support/program";

/* `goldenpath ledger` as people and pipelines call it: what it prints and writes, and what it refuses. */

const root = mkdtempSync(join(tmpdir(), "goldenpath-ledger-"));
const file = join(root, "ledger.json");
const [out, err]: [string[], string[]] = [[], []];
beforeEach(() => {
  out.length = err.length = 0;
  jest.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  jest.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const program = (environments: readonly EnvironmentSpec[]): Program => programIn(root, () => environments);

const run = (values: Readonly<Record<string, string>>, environments = [production], flags: readonly string[] = []) =>
  ledger.run({ words: [], flags: new Set(flags), values: new Map(Object.entries(values)) }, program(environments));

/** Without its volume: whoever takes one out takes the workload's line. */
const smaller: EnvironmentSpec = {
  ...production,
  applications: production.applications.map(({ application, ...overlay }) => ({
    ...overlay,
    application: {
      ...application,
      workloads: Object.fromEntries(
        Object.entries(application.workloads).map(([name, workload]) => [name, { ...workload, volumes: {} }]),
      ),
    },
  })),
};
const VOLUME =
  /^production: kubernetes_persistent_volume_claim_v1\.\S+: holds data \(backend\/uploads\), and is in no stack any more/m;

test("prints what holds data of each stack, and writes nothing", async () => {
  expect(await run({})).toBe(0);
  expect(out.join("")).toMatch(/^production, protected\n {2}aws_db_instance\.\S+: orders-db$/m);
  expect(existsSync(file)).toBe(false);
});

test("a story: written, checked, a volume taken out, put back, let go", async () => {
  await expect(run({ check: "ledger.json" })).rejects.toThrow(Refused);
  expect(await run({ write: "ledger.json" })).toBe(0);
  const first = readFileSync(file, "utf8");
  expect(await run({ check: "ledger.json" })).toBe(0);
  expect(await run({ check: "ledger.json" }, [smaller])).toBe(1);
  expect(err.join("")).toMatch(VOLUME);
  expect(await run({ write: "ledger.json" }, [smaller])).toBe(1);
  expect(readFileSync(file, "utf8")).toBe(first);
  const dropped = {
    ...smaller,
    applications: smaller.applications.map((overlay) => ({ ...overlay, drops: ["backend/uploads"] })),
  };
  err.length = 0;
  expect(await run({ check: "ledger.json" }, [dropped])).toBe(1);
  expect(err.join("")).toContain("write the list anew, and commit it: goldenpath ledger --write ledger.json");
  expect(await run({ write: "ledger.json" }, [dropped])).toBe(0);
  expect(readFileSync(file, "utf8")).not.toContain("backend/uploads");
});

test("as JSON it has the list, and what is wrong with it", async () => {
  expect(await run({ write: "ledger.json" })).toBe(0);
  out.length = 0;
  expect(await run({ check: "ledger.json" }, [smaller], ["json"])).toBe(1);
  const { list, problems } = JSON.parse(out.join("")) as { list: object; problems: { isLoss: boolean }[] };
  expect(Object.keys(list)).toContain("production-cluster");
  expect(problems.map(({ isLoss }) => isLoss)).toEqual([true]);
});

test.each([
  ["{", "ledger.json: is no JSON; write it anew from a commit that has it whole"],
  ["[]", "ledger.json: is no list of stacks; write it anew"],
  ['{"a":{"addresses":{"b":1},"protected":true}}', "ledger.json: a: is no list of addresses; write it anew"],
])("a file that is %s is refused in a line, and stays", async (text, says) => {
  writeFileSync(file, text);
  await expect(run({ write: "ledger.json" })).rejects.toThrow(says);
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("--check and --write are one or the other", async () => {
  await expect(run({ write: "a", check: "b" })).rejects.toThrow("--check and --write: give one of them");
});
