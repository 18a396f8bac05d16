import { type Command, EXIT, JSON_OPTION } from "../command";
import { toJson } from "../format";
import { Progress } from "../progress";

export const parity: Command = {
  name: "parity",
  summary: "say in what the outputs of the one model differ, and why",
  description: "How they are compared, the file says that package.json names in goldenpath.comparisons.",
  options: { json: JSON_OPTION },
  exits: {
    done: "every difference has a name and a reason",
    wrong: "a difference has no name, or a name has no difference; or the input has mistakes",
  },
  async run({ flags }, program) {
    // What compares names files of the repository, and this may have been started below it.
    process.chdir(program.root);
    const progress = new Progress(program.terminal);
    const json = flags.has("json");
    const compared = [];
    for (const compare of await program.comparisons()) {
      progress.step(`comparing outputs, ${compared.length} done`);
      const comparison = progress.during(compare);
      compared.push(comparison);
      if (!json) process.stdout.write(`${comparison.text}\n`);
      process.stderr.write(comparison.mistakes.map((line) => `${line}\n`).join(""));
    }
    if (json) process.stdout.write(toJson(compared.map(({ data }) => data)));
    return compared.some(({ mistakes }) => mistakes.length > 0) ? EXIT.wrong : EXIT.done;
  },
};
