import { join, relative, resolve } from "node:path";
import { type Command, EXIT, JSON_OPTION, QUIET_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { Progress } from "../progress";
import { today } from "../today";

export const page: Command = {
  name: "page",
  summary: "write a page of each environment, as HTML that needs no server",
  description:
    "Stacks, applications, services, routes, edges, alerts, secrets by name, versions and their support, capacity.\nEach page is one file that asks for nothing else; index.html lists them. Written all or none.",
  words: {
    name: "environment",
    description: "of this one alone, and of all others the page as it is",
    least: 0,
    most: Infinity,
  },
  options: {
    folder: { value: "folder", description: "where pages go; pages in the folder of cdktf.out if left out" },
    on: { value: "day", description: "the day that support is looked at, such as 2027-03-01; today if left out" },
    json: JSON_OPTION,
    quiet: QUIET_OPTION,
  },
  exits: {
    done: "the pages are as the model has it",
    wrong: "the input has mistakes, or something is in the way, and nothing was written",
  },
  async run({ words: names, flags, values }, program) {
    const { dayOf } = await import("../../constructs/radar/day.js");
    const given = values.get("on");
    const on = given === undefined ? today(process.env) : dayOf(given);
    if (on === undefined) throw new Refused(`--on: got ${JSON.stringify(given)}; give a day, such as 2027-03-01`);
    const { pageFacts } = await import("../../stacks/page-facts.js");
    const { writePages } = await import("../../stacks/write-pages.js");
    const environments = await program.environments();
    const folder = resolve(values.get("folder") ?? join(program.outdir, "pages"));
    const progress = new Progress(program.terminal);
    const step = progress.step.bind(progress);
    const found = progress.during(() => {
      const facts = pageFacts({ environments, names, on, step });
      return writePages({ folder, environments: environments.map(({ name }) => name), facts, on });
    });
    const near = relative(process.cwd(), folder) || ".";
    const shown = near.startsWith("..") ? folder : near;
    if (flags.has("json")) {
      const said = found.map(({ file, text }) => ({ file, change: text === undefined ? "remove" : "write" }));
      process.stdout.write(toJson({ folder, changes: said }));
    } else if (!flags.has("quiet")) {
      const lines = found.map(({ file, text }) => `${text === undefined ? "removed" : "wrote"} ${join(shown, file)}\n`);
      process.stdout.write(`${lines.join("")}open ${join(shown, "index.html")}\n`);
    }
    return EXIT.done;
  },
};
