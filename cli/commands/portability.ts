import { oneOf } from "../../constructs/model/problem";
import { FORMATS } from "../../constructs/portability/formats";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";

export const portability: Command = {
  name: "portability",
  summary: "say what would change if an environment moved to another cloud",
  description: "Compares with each other cloud that an environment of this program is on, service by service.",
  words: { name: "environment", description: "the one that would move", least: 1, most: 1 },
  options: {
    format: { value: "format", description: "how it is printed", choices: Object.keys(FORMATS) },
    json: JSON_OPTION,
  },
  exits: { done: "the report is printed", wrong: "the input has mistakes, or no environment is on another cloud" },
  async run({ words, flags, values }, program) {
    const { loadEnvironments } = await import("../../constructs/model/load.js");
    const { movesOf } = await import("../../constructs/portability/moves.js");
    const { namedEnvironments } = await import("../../stacks/program.js");
    const environments = await program.environments();
    // Also checks that all of them are sound: a comparison with one that is not would be worth nothing.
    const [chosen] = loadEnvironments(environments, { only: namedEnvironments(environments, words) });
    const environment = environments.find(({ name }) => name === chosen?.name);
    if (environment === undefined) throw new Refused(`name one of ${oneOf(environments.map(({ name }) => name))}`);
    const moves = movesOf(environment, environments);
    if (moves.length === 0) {
      process.stderr.write(`${environment.name}: no environment is on another cloud; add one to compare with\n`);
      return EXIT.wrong;
    }
    const format = flags.has("json") ? "json" : (values.get("format") ?? "text");
    process.stdout.write((FORMATS[format] ?? FORMATS.text)(moves));
    return EXIT.done;
  },
};
