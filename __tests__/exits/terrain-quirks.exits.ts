import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./support/synthesized";

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Bytes of CDK Terrain's own stack, which has an empty list on one line: a `FastStack` writes what cdktf's own stack does, by
 * either.
 */
const NAMED = ["as it is made", "changed by an aspect"].map(
  (how) => `${how} is the same bytes as of cdktf's stack, where no text is one that Terraform would evaluate`,
);

test("all that is tested of the framework's quirks is so by CDK Terrain, but what is named", () => {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-quirks-"));
  try {
    const file = join(folder, "report.json");
    const jest = join(ROOT, "node_modules", "jest", "bin", "jest.js");
    const preloaded = join(__dirname, "support", "as-cdk-terrain.cjs");
    const args = ["--selectProjects", "unit", "--maxWorkers", "2", "--json", "--outputFile", file];
    const env = { ...process.env, NODE_OPTIONS: `--require ${preloaded}` };
    const tests = ["--testPathPatterns", "__tests__/constructs/terraform/"];
    const { stderr } = spawnSync(process.execPath, [jest, ...args, ...tests], { cwd: ROOT, env, encoding: "utf8" });
    if (!existsSync(file)) throw new Error(stderr);
    const { testResults, numPassedTests } = JSON.parse(readFileSync(file, "utf8")) as Report;
    const failed = testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => fullName),
    );
    // That these fail shows that it is CDK Terrain which is tested.
    expect(failed.sort()).toEqual(NAMED);
    expect(numPassedTests).toBeGreaterThan(100);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
