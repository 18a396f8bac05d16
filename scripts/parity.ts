import { existsSync } from "node:fs";
import { chartParity } from "./parity/chart";
import { composeParity } from "./parity/compose";
import { mistakes, type Part, report } from "./parity/part";

/*
 * `npm run parity`: in what the outputs of the one model differ, and why. Exits 1 for a difference without a name, and for
 * a name without a difference.
 */

const PROGRAMS = ".cache/control-plane/bin";

const helms = ["helm3", "helm4"].map((name) => `${PROGRAMS}/${name}`).filter((helm) => existsSync(helm));
if (helms.length === 0) process.stdout.write("Helm chart: not compared, no Helm: bash .ci/install-control-plane\n\n");

const PARTS: readonly (() => Part)[] = [composeParity, ...helms.map((helm) => () => chartParity(helm))];

for (const make of PARTS) {
  const part = make();
  process.stdout.write(`${report(part)}\n`);
  const found = mistakes(part);
  process.stderr.write(found.map((line) => `${line}\n`).join(""));
  if (found.length > 0) process.exitCode = 1;
}
