import { join, relative } from "node:path";
import { type Command, EXIT, JSON_OPTION, QUIET_OPTION } from "../command";
import { toJson } from "../format";

const FOLDER = "terraform";

export const exportTerraform: Command = {
  name: "export",
  summary: "write an environment as plain Terraform, which needs neither cdktf nor this program",
  description:
    "Each stack is a folder of Terraform's own JSON, a file for each workload, service and add-on, with its backend, its\n" +
    "charts and a README, and with what main.ts adds to it. Addresses stay, so the state does: its first plan has no changes.\n" +
    "What was changed by hand since it was written is never overwritten.",
  words: {
    name: "environment",
    description: "what is written, in a folder of its name; or a stack of main.ts that is of none",
    least: 1,
    most: Infinity,
  },
  options: {
    folder: { description: `where they are written; ${FOLDER} if left out`, value: "folder" },
    json: JSON_OPTION,
    quiet: QUIET_OPTION,
  },
  exits: {
    done: "the folders are written",
    wrong: "the input has mistakes, or a file was changed by hand, and nothing was written",
  },
  async run({ words: names, flags, values }, program) {
    const { environmentFiles } = await import("../../constructs/export/environment-files.js");
    const { exportedStacks } = await import("../../stacks/exported-stacks.js");
    const { changesOf, write } = await import("../export/folder.js");
    const { locksOf } = await import("../export/locks.js");
    const { ownApp, runApp } = await import("../cdktf-app.js");
    const given = values.get("folder") ?? FOLDER;
    const app = ownApp(program.root);
    const asked = app === undefined ? undefined : () => runApp(program.root, app);
    const exported = exportedStacks(await program.environments(), names, asked).map(({ name, stacks }) => ({
      ...{ name, stacks, folder: join(given, name) },
      ...{ files: environmentFiles(name, stacks), locks: locksOf(program.outdir, stacks) },
    }));
    const found = changesOf(
      Object.fromEntries(exported.map(({ folder, files }) => [folder, files])),
      Object.fromEntries(exported.map(({ folder, locks }) => [folder, locks])),
    );
    write(found);
    const told = exported.map(({ name, stacks, folder }) => ({
      ...{ environment: name, folder: relative(process.cwd(), folder) || ".", stacks: stacks.map((one) => one.name) },
      changes: (found.find((one) => one.folder === folder)?.changes ?? []).map(({ file, text }) => ({
        ...{ file, change: text === undefined ? "remove" : "write" },
      })),
    }));
    if (flags.has("json")) process.stdout.write(toJson(told));
    else if (!flags.has("quiet")) process.stdout.write(told.map(textOf).join(""));
    return EXIT.done;
  },
};

interface Told {
  readonly environment: string;
  readonly folder: string;
  readonly stacks: readonly string[];
  readonly changes: readonly { readonly change: string }[];
}

function textOf({ environment, folder, stacks, changes }: Told): string {
  const count = (what: string): number => changes.filter(({ change }) => change === what).length;
  const [written, removed] = [count("write"), count("remove")];
  const said = changes.length === 0 ? "is as it was" : `${written} files written, ${removed} removed`;
  return `${environment}: ${said}; ${folder}/README.md says how it is taken over\n  ${stacks.join(", ")}\n`;
}
