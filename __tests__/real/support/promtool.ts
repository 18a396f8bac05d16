import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RuleTests } from "../../../constructs/observability/proof/tests";

/* Rules and their tests, as promtool judges them. */

const ROOT = join(__dirname, "..", "..", "..");

/** By the major version of Prometheus: 3 is built from its module, 2 is Debian's. Ranges, durations and templates differ. */
export const PROMTOOLS = {
  2: "/usr/bin/promtool",
  3: join(ROOT, ".cache", "observability", "bin", "promtool"),
} as const;

export interface Case {
  readonly groups: readonly object[];
  readonly tests: Omit<RuleTests, "rule_files" | "tests"> & {
    /** Names of groups, where one goes by what another records. @default - in any order, which is another each time */
    readonly group_eval_order?: readonly string[];
    readonly tests: readonly object[];
  };
}

/** What promtool says of each case, in their order: nothing where it passed. */
export function judge(promtool: string, cases: readonly Case[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "promtool-"));
  try {
    const files = cases.map(({ groups, tests }, index) => {
      // JSON is YAML.
      writeFileSync(join(folder, `${index}.rules.yaml`), JSON.stringify({ groups }));
      const file = `${index}.test.yaml`;
      writeFileSync(join(folder, file), JSON.stringify({ ...tests, rule_files: [`${index}.rules.yaml`] }));
      return file;
    });
    const output = join(folder, "output");
    spawnSync("sh", ["-c", `exec "$0" test rules "$@" > ${output} 2>&1`, promtool, ...files], { cwd: folder });
    const text = execFileSync("cat", [output], { encoding: "utf8", maxBuffer: 2 ** 28 });
    const parts = text.split(/^(?:Unit Testing|Processing test file): +/m).slice(1);
    return files.map((file) => {
      const part = parts.find((one) => one.startsWith(`${file}\n`));
      if (part === undefined) return `${file} was not judged: ${text.slice(0, 2000)}`;
      const said = part.slice(file.length).trim();
      return said === "SUCCESS" ? "" : said;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
