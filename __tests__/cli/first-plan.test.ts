import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { firstPlan } from "../../cli/commands/first-plan";
import { environments } from "../../environments";
import { programIn } from "../support/program";
import { synthesizeReference } from "../support/reference";

/* `goldenpath first-plan` as a pipeline calls it: the folder that it writes, again and again, and what it refuses. */

const root = mkdtempSync(join(tmpdir(), "goldenpath-first-"));
const outdir = join(root, "cdktf.out");
const folder = join(outdir, "first", "staging-platform");
const out: string[] = [];
beforeAll(() => {
  for (const [file, text] of Object.entries(synthesizeReference().files)) {
    mkdirSync(dirname(join(outdir, file)), { recursive: true });
    writeFileSync(join(outdir, file), text);
  }
});
beforeEach(() => {
  out.length = 0;
  jest.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const program = programIn(root, () => environments);

const run = (words: readonly string[], values: Readonly<Record<string, string>> = {}): Promise<number> =>
  firstPlan.run({ words, flags: new Set(), values: new Map(Object.entries(values)) }, program);

test("writes the stack with its charts and the hashes of its providers, and says what is taken for true", async () => {
  const stack = join(outdir, "stacks", "staging-platform");
  writeFileSync(join(stack, ".terraform.lock.hcl"), "# hashes\n");
  writeFileSync(join(stack, "terraform.tfstate"), "{}");
  expect(await run(["staging-platform", "staging-cluster"])).toBe(0);
  expect(out.join("")).toContain(
    "data.aws_eks_cluster.Lookup_Cluster_FACCC11A: staging-cluster makes it, as aws_eks_cluster.Cluster\n",
  );
  expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")).toBe("# hashes\n");
  expect(existsSync(join(folder, "assets"))).toBe(true);
  expect(existsSync(join(folder, "terraform.tfstate"))).toBe(false);
  expect(readFileSync(join(folder, "cdk.tf.json"), "utf8")).toContain("goldenpath_stand_in");
});

test("is written anew where it is there, but for the engine's own folder", async () => {
  mkdirSync(join(folder, ".terraform"), { recursive: true });
  writeFileSync(join(folder, "plan.bin"), "of before");
  expect(await run(["staging-platform", "staging-cluster"])).toBe(0);
  expect([".terraform", "plan.bin"].map((one) => existsSync(join(folder, one)))).toEqual([true, false]);
});

test.each([
  [["staging-cluster", "state-staging"], /^staging-cluster: stands on no other stack; use /],
  [
    ["staging", "production-cluster"],
    'production-cluster: staging does not stand on it; use "staging-cluster" or "staging-platform"',
  ],
  [["local", "local-cluster"], /local-cluster.cdk\.tf\.json: is not there; synthesize before$/],
])("%j is refused", async (words, says) => {
  await expect(run(words)).rejects.toThrow(says);
});

describe("a folder that is given", () => {
  const given = (path: string): Promise<number> => run(["staging-platform", "staging-cluster"], { folder: path });

  test("may be new or written by it, and has the files of variables as well", async () => {
    writeFileSync(join(outdir, "stacks", "staging-platform", "terraform.tfvars"), "");
    const fresh = join(root, "fresh");
    expect([await given(fresh), await given(fresh)]).toEqual([0, 0]);
    expect(existsSync(join(fresh, "terraform.tfvars"))).toBe(true);
  });

  test("that has something else in it is refused, and all of it is there afterwards", async () => {
    const theirs = join(root, "theirs");
    mkdirSync(theirs);
    writeFileSync(join(theirs, "photo.jpg"), "of a lifetime");
    await expect(given(theirs)).rejects.toThrow(/has something else in it, which would be gone/);
    expect(readFileSync(join(theirs, "photo.jpg"), "utf8")).toBe("of a lifetime");
  });

  test("that is a stack's is refused", async () => {
    const stack = join(outdir, "stacks", "staging-platform");
    await expect(given(stack)).rejects.toThrow(/is in the stack's own/);
    await expect(given(join(stack, "first"))).rejects.toThrow(/is in the stack's own/);
    await expect(given(join(outdir, "stacks", "staging"))).rejects.toThrow(/has something else in it/);
    expect(existsSync(join(stack, "cdk.tf.json"))).toBe(true);
  });
});
