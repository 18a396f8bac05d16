import { readFileSync } from "node:fs";
import { join } from "node:path";
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
    const { loadEnvironments } = await import("../../constructs/model/load.js");
    const { countOf, formatPath, formatProblem, InvalidInput } = await import("../../constructs/model/problem.js");
    const { mend } = await import("../../constructs/model-json/mending.js");
    const { edited, patchOf } = await import("../fix/patch.js");
    const environments = await program.environments();
    try {
      loadEnvironments(environments);
      if (flags.has("json")) process.stdout.write("[]\n");
      else process.stderr.write("the input has no mistake\n");
      return EXIT.done;
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const found = mend(error.problems, environments, program.sources);
      if (flags.has("json")) {
        const told = found.map(({ problem, edit }) => ({
          path: formatPath(problem.path),
          says: formatProblem(problem),
          ...(edit !== undefined && { edit }),
        }));
        process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
        return EXIT.wrong;
      }
      const edits = found.flatMap(({ edit }) => edit ?? []);
      for (const file of [...new Set(edits.map((edit) => edit.file))].sort()) {
        const before = readFileSync(join(program.root, file), "utf8");
        const own = edits.filter((edit) => edit.file === file);
        process.stdout.write(patchOf(file, before, edited(before, own)));
      }
      const left = found.filter(({ edit }) => edit === undefined).map(({ problem }) => problem);
      const mended = found.filter(({ edit }) => edit !== undefined).map(({ problem }) => problem);
      const said = [
        `${countOf(mended)} mended by the patch, ${left.length} left`,
        ...left.map((problem) => `  ${formatProblem(problem)}`),
      ];
      process.stderr.write(`${said.join("\n")}\n`);
      return EXIT.wrong;
    }
  },
};
