import { type Command, EXIT, JSON_OPTION } from "../command";
import { toJson } from "../format";
import { dayAsked } from "../today";
import { originsIn } from "../update/origins";

export const scorecard: Command = {
  name: "scorecard",
  summary: "grade each workload and service by what will be deployed",
  description:
    "Bronze, silver or gold, each by named rules, with what is missing for the next and where to write it.\n" +
    "Without a name: environments of profile production, or all where there is none.",
  words: { name: "environment", description: "of this one alone", least: 0, most: Infinity },
  options: {
    application: { description: "this one alone", value: "name" },
    least: { description: "fail where a part is below it", value: "grade", choices: ["bronze", "silver", "gold"] },
    on: { value: "day", description: "the day that support is looked at, such as 2027-03-01; today if left out" },
    json: JSON_OPTION,
  },
  exits: {
    done: "every part has the grade of --least, or none was asked for",
    wrong: "a part is below it; or the input has mistakes",
  },
  async run({ words: names, flags, values }, program) {
    const on = dayAsked(values.get("on"), process.env);
    const { belowOf, scorecardsData, scorecardsText } = await import("../../constructs/scorecard/text.js");
    const { gradeNamed } = await import("../../constructs/scorecard/rule.js");
    const { scorecards } = await import("../../stacks/scorecards.js");
    const [application, least] = [values.get("application"), gradeNamed(values.get("least"))];
    const environments = await program.environments();
    const origins = originsIn(program);
    const cards = scorecards({ environments, names, on, origins, ...(application !== undefined && { application }) });
    process.stdout.write(flags.has("json") ? toJson(scorecardsData(cards, on)) : scorecardsText(cards));
    const below = least === undefined ? [] : belowOf(cards, least);
    if (below.length === 0) return EXIT.done;
    process.stderr.write(`${below.join("\n")}\n${below.length} below ${least ?? ""}\n`);
    return EXIT.wrong;
  },
};
