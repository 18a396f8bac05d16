import { type Command, EXIT, JSON_OPTION } from "../command";
import { toJson } from "../format";

export const capacity: Command = {
  name: "capacity",
  summary: "say what environments need at most, and whether their nodes and servers have it",
  description: "Compares pods, connections and quotas at their most with nodes, data services and a new account.",
  words: { name: "environment", description: "of this one alone", least: 0, most: Infinity },
  options: { json: JSON_OPTION },
  exits: {
    done: "everything fits that is known",
    wrong: "pods cannot be scheduled at their most; or the input has mistakes",
  },
  async run({ words, flags }, program) {
    const { loadEnvironments } = await import("../../constructs/model/load.js");
    const { refuse } = await import("../../constructs/model/problem.js");
    const { capacityData, capacityText } = await import("../../constructs/capacity/text.js");
    const { namedEnvironments } = await import("../../stacks/program.js");
    const { capacity: look } = await import("../../stacks/capacity.js");
    const environments = await program.environments();
    const selected = loadEnvironments(environments, { only: namedEnvironments(environments, words) });
    const checked = selected.map(look);
    const reports = checked.map(({ report }) => report);
    process.stdout.write(flags.has("json") ? toJson(reports.map(capacityData)) : reports.map(capacityText).join("\n"));
    refuse(checked.flatMap(({ problems }) => problems));
    return EXIT.done;
  },
};
