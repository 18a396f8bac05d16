import { oneOf } from "../../constructs/model/problem";
import { FORMATS } from "../../constructs/teardown/formats";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";

/** What can be rehearsed. */
const REHEARSED = ["destroy"];

export const rehearse: Command = {
  name: "rehearse",
  summary: "say what a destroy of an environment would meet, and in which order it works",
  description:
    "Reads the stacks as they are synthesized now: what refuses, what waits for a controller, what controllers have made,\n" +
    "which names stay taken, what stays and is billed. Asks nobody, and changes nothing.",
  words: {
    name: "environment",
    usage: "destroy <environment>",
    description: "the one to be taken down",
    least: 2,
    most: 2,
  },
  options: {
    format: { value: "format", description: "how it is printed", choices: Object.keys(FORMATS) },
    json: JSON_OPTION,
  },
  exits: {
    done: "every stack but the state's could be destroyed as it is",
    wrong: "a protection stops it, or objects would hang; or the input has mistakes",
  },
  async run({ words, flags, values }, program) {
    const [what = "", name = ""] = words;
    if (!REHEARSED.includes(what)) {
      throw new Refused(`rehearse: got ${JSON.stringify(what)}; use ${oneOf(REHEARSED)}, and the environment after it`);
    }
    const { namedEnvironments } = await import("../../stacks/program.js");
    const { rehearsalOf } = await import("../../stacks/rehearse.js");
    const environments = await program.environments();
    namedEnvironments(environments, [name]);
    const rehearsal = rehearsalOf(environments, name);
    const format = flags.has("json") ? "json" : (values.get("format") ?? "text");
    process.stdout.write((FORMATS[format] ?? FORMATS.text)(rehearsal));
    return rehearsal.through ? EXIT.done : EXIT.wrong;
  },
};
