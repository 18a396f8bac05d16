import { composeParity } from "./parity/compose";
import { mistakes, type Part, report } from "./parity/part";

/*
 * `npm run parity`: in what the outputs of the one model differ, and why. Exits 1 for a difference without a name, and for
 * a name without a difference.
 */

const PARTS: readonly (() => Part)[] = [composeParity];

for (const make of PARTS) {
  const part = make();
  process.stdout.write(`${report(part)}\n`);
  const found = mistakes(part);
  process.stderr.write(found.map((line) => `${line}\n`).join(""));
  if (found.length > 0) process.exitCode = 1;
}
