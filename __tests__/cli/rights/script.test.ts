import { spawnSync } from "node:child_process";
import { Bench, type Made } from "../../support/make-bench";
import { NAMES } from "../../support/rights";

/* make.sh in short: the suite of real programs runs it on every cloud, with whatever somebody may have changed. */

test.each(NAMES)("shellcheck has nothing against that of %s", async (environment) => {
  const bench = await Bench.of(environment);
  const { stdout, status } = spawnSync("shellcheck", [bench.script], { encoding: "utf8" });
  bench.remove();
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});

test("a look makes nothing, a run makes everything, and a second one nothing", async () => {
  const bench = await Bench.of("staging");
  const runs: readonly Made[] = [["--look"], [], []].map((args) => bench.make(args));
  bench.remove();
  expect(runs.map(({ status, stderr, changes }) => [status, stderr, changes.length > 0])).toEqual([
    [3, "", false],
    [0, "", true],
    [0, "", false],
  ]);
  expect(runs[1]?.changes.join("\n")).toMatchSnapshot();
  expect(runs[2]?.stdout).toBe("everything is there\n");
});
