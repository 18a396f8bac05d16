import { join, relative, resolve } from "node:path";
import { type Command, EXIT, JSON_OPTION, QUIET_OPTION } from "../command";
import { toJson } from "../format";
import { Progress } from "../progress";
import { dayAsked, dayOfBuild } from "../today";
import { originsIn } from "../update/origins";

/** What it is called where nobody gives it a name. */
const TITLE = "Developer portal";

export const portal: Command = {
  name: "portal",
  summary: "write a site of everything that runs, which needs no server",
  description:
    "Services with their owners, who needs whom, environments, versions and their support, alerts, runbooks, objectives,\n" +
    "grades, APIs, documents, and a search. Open its index.html; it asks nobody for anything. Written all or none.",
  words: {
    name: "environment",
    description: "of these alone; pages of others go. All of them if none is named",
    least: 0,
    most: Infinity,
  },
  options: {
    folder: { value: "folder", description: "where it goes; portal in the folder of cdktf.out if left out" },
    title: { value: "words", description: `what people call it; ${TITLE} if left out` },
    on: {
      value: "day",
      description:
        "the day that support is looked at, such as 2027-03-01; that of SOURCE_DATE_EPOCH, or today, if left out",
    },
    json: JSON_OPTION,
    quiet: QUIET_OPTION,
  },
  exits: {
    done: "the portal is as the model has it",
    wrong: "the input has mistakes, or something is in the way, and nothing was written",
  },
  async run({ words: names, flags, values }, program) {
    const on = dayAsked(values.get("on"), process.env, dayOfBuild);
    const { portalFacts } = await import("../../stacks/portal-facts.js");
    const { writePortal } = await import("../../stacks/write-portal.js");
    const [environments, outputs] = [await program.environments(), await program.outputsIfAny()];
    const folder = resolve(values.get("folder") ?? join(program.outdir, "portal"));
    const called = values.get("title")?.trim() ?? "";
    const progress = new Progress(program.terminal);
    const step = progress.step.bind(progress);
    const found = progress.during(() =>
      writePortal(
        folder,
        portalFacts({
          ...{ environments, names, outputs, on, step, origins: originsIn(program) },
          ...{ title: called === "" ? TITLE : called, root: program.root },
        }),
      ),
    );
    const near = relative(process.cwd(), folder) || ".";
    const shown = near.startsWith("..") ? folder : near;
    if (flags.has("json")) {
      const said = found.map(({ file, text }) => ({ file, change: text === undefined ? "remove" : "write" }));
      process.stdout.write(toJson({ folder, changes: said }));
    } else if (!flags.has("quiet")) {
      const removed = found
        .filter(({ text }) => text === undefined)
        .map(({ file }) => `removed ${join(shown, file)}\n`);
      const wrote = found.length - removed.length;
      const count =
        wrote === 0 ? "nothing has changed\n" : `wrote ${wrote} ${wrote === 1 ? "file" : "files"} in ${shown}\n`;
      process.stdout.write(`${removed.join("")}${count}open ${join(shown, "index.html")}\n`);
    }
    return EXIT.done;
  },
};
