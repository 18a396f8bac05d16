import { existsSync } from "node:fs";
import { chartParity, type Parity } from "./parity/chart";

/*
 * `npm run parity`: what is rendered in several ways is the same, but for the differences that are named here with their
 * reasons. Ends with 1 where something else differs.
 */

const PROGRAMS = ".cache/control-plane/bin";

function print({ title, compared, known, problems }: Parity): void {
  process.stdout.write(`${title}: ${compared} compared, ${problems.length} problems\n`);
  for (const { name, reason, where } of known) {
    process.stdout.write(`  known: ${name} (${where.length}): ${reason}\n`);
  }
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
}

const helms = ["helm3", "helm4"].map((name) => `${PROGRAMS}/${name}`).filter((helm) => existsSync(helm));
if (helms.length === 0) process.stdout.write("Helm chart: not compared, no Helm: bash .ci/install-control-plane\n");

const results = helms.map((helm) => chartParity(helm));
results.forEach(print);
if (results.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
