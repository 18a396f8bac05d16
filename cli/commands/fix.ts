import type { EnvironmentSpec } from "../../constructs/environment";
import type { Problem } from "../../constructs/model/problem";
import { type Command, EXIT, JSON_OPTION } from "../command";

export const fix: Command = {
  name: "fix",
  summary: "print a patch for what is misspelt in the input",
  description:
    "Where a mistake names what was probably meant, and the name or value stands in a file as it was given, the patch has it:\n" +
    "goldenpath fix | git apply. Nothing is written. What is left is said on standard error.",
  options: { json: JSON_OPTION },
  exits: { done: "the input has no mistake", wrong: "it has some; the patch mends those that it can" },
  async run({ flags }, program) {
    const { formatPath, formatProblem } = await import("../../constructs/model/problem.js");
    const { mend } = await import("../../constructs/model-json/mending.js");
    const { print } = await import("../fix/print.js");
    const environments = await program.environments();
    const problems = await problemsOf(environments);
    const found = problems.length === 0 ? [] : mend(problems, environments, program.sources);
    if (flags.has("json")) {
      const told = found.map(({ problem, edit }) => ({
        path: formatPath(problem.path),
        says: formatProblem(problem),
        ...(edit !== undefined && { edit }),
      }));
      process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
    } else if (problems.length === 0) process.stderr.write("the input has no mistake\n");
    else print(found, program.root);
    return problems.length === 0 ? EXIT.done : EXIT.wrong;
  },
};

/** Everything for which a synthesis would be refused. */
async function problemsOf(environments: readonly EnvironmentSpec[]): Promise<readonly Problem[]> {
  const { InvalidInput } = await import("../../constructs/model/problem.js");
  const { checkSynthesis } = await import("../../stacks/synthesis.js");
  try {
    checkSynthesis(environments);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.problems;
  }
}
