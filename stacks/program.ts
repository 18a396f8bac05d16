import type { Cloud } from "../constructs/clouds/cloud";
import type { Routing } from "../constructs/kubernetes/routing/routing";
import { didYouMean, InvalidInput, oneOf } from "../constructs/model/problem";
import type { Environment } from "../constructs/model/resolved";

/** Runs the program; mistakes in the input end it with exit code 1 and one line each, without a stack trace. */
export function program(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const count = error.problems.length;
    process.stderr.write(`${error.message}\n\n${count} ${count === 1 ? "problem" : "problems"}, nothing was written\n`);
    process.exitCode = 1;
  }
}

/** Says on standard error what is not wrong but deserves attention, such as a controller without security fixes. */
export function warn(environments: readonly Environment<Cloud, Routing>[]): void {
  for (const environment of environments) {
    for (const choice of ["cloud", "routing"] as const) {
      for (const warning of environment[choice].warnings?.() ?? []) {
        process.stderr.write(`warning: environments.${environment.name}.${choice}: ${warning}\n`);
      }
    }
  }
}

/** Names the folders of stacks that are no more in which something was that no synthesis wrote. */
export function warnOfLeftovers(folders: readonly string[]): void {
  for (const folder of folders) {
    process.stderr.write(`warning: ${folder}: no such stack any more; look at what is left there, and remove it\n`);
  }
}

/** The environments named on the command line; all of them if none is. */
export function selectEnvironments<E extends Environment<Cloud, Routing>>(
  environments: readonly E[],
  names: readonly string[],
): readonly E[] {
  const known = environments.map(({ name }) => name);
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: ["arguments"],
      got: name,
      why: "no such environment",
      fix: `use ${oneOf(known)}${didYouMean(name, known)}`,
    }));
  if (problems.length > 0) throw new InvalidInput(problems);
  return names.length === 0 ? environments : environments.filter(({ name }) => names.includes(name));
}
