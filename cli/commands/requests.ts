import { type Command, EXIT, JSON_OPTION } from "../command";
import { dayAsked } from "../today";

/** Names of formats, which `constructs/requests/formats.ts` has: `--help` loads none of it. */
const FORMAT_NAMES = ["text", "markdown", "json"];

export const requests: Command = {
  name: "requests",
  summary: "answer what teams ask for by files: what policy decides, and what merging would do",
  description:
    "Decides by the clauses of the program's policy, and compares the program with each request and without it: what it\n" +
    "costs, rights, ways through the network, variables, alerts, recovery, environment by environment. Writes nothing.",
  words: { name: "request", description: "name of a file of requests, of this one alone", least: 0, most: Infinity },
  options: {
    decisions: { description: "decisions alone, which take no compile" },
    on: {
      value: "day",
      description: "the day that last days are looked at, such as 2027-03-01; today in UTC if left out",
    },
    format: {
      value: "format",
      description: "how it is printed; markdown is a comment of a pull request",
      choices: FORMAT_NAMES,
    },
    json: JSON_OPTION,
  },
  exits: {
    done: "every request is allowed, or needs somebody's approval, which is named",
    wrong: "a request is refused; or the input has mistakes",
  },
  async run({ words: names, flags, values }, program) {
    const day = dayAsked(values.get("on"), process.env);
    const { answerRequests } = await import("../../stacks/requests/answers.js");
    const { FORMATS } = await import("../../constructs/requests/formats.js");
    const environments = await program.environments();
    const consequences = !flags.has("decisions");
    const answers = answerRequests({ environments, names, today: day, consequences });
    const format = flags.has("json") ? "json" : (values.get("format") ?? "text");
    process.stdout.write(FORMATS[format as keyof typeof FORMATS](answers));
    return answers.some(({ decision }) => decision.is === "refused") ? EXIT.wrong : EXIT.done;
  },
};
