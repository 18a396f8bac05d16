import type { Excused, Verdict } from "./judge";
import type { Scan } from "./scan";

/** Returns whether there is nothing to complain of. */
export function printScan(scan: Scan, { open, excused, unused }: Verdict, seconds: number): boolean {
  const excepted = excused.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    scan.scope,
    ...(scan.passed === undefined ? [] : [`${scan.passed} checks passed`]),
    `${excepted} findings excepted`,
    `${open.length} open`,
    `${scan.planted} violations planted`,
    `${seconds.toFixed(1)} s`,
  ];
  console.log(`${scan.tool}: ${parts.join(", ")}`);
  const lines = [
    ...scan.failures,
    ...open.map((found) => `${found.subject.title}: ${found.check}: ${found.text}`),
    ...unused,
  ];
  for (const line of lines) console.log(`  ${line}`);
  return lines.length === 0;
}

/** Every exception that was made use of, those that the given values force apart from ours. */
export function printReasons(excused: readonly Excused[]): void {
  for (const [title, given] of [
    ["excepted by judgement", false],
    ["excepted because of values that were given", true],
  ] as const) {
    const group = excused.filter(({ exception }) => (exception.given ?? false) === given);
    if (group.length === 0) continue;
    console.log(`\n${title}`);
    for (const { check, exception, count } of group) console.log(`  ${check} (${count}): ${exception.reason}`);
  }
}
