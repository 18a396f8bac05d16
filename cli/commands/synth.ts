import { resolve } from "node:path";
import { type Command, EXIT, JSON_OPTION, QUIET_OPTION } from "../command";
import { synthesizedTable, toJson } from "../format";
import { Progress } from "../progress";
import { dayOfBuild } from "../today";

export const synth: Command = {
  name: "synth",
  summary: "write the Terraform stacks of all environments, or of some",
  description:
    "Writes all of it or, where there is a mistake, nothing. The folder is cdktf.out, or CDKTF_OUTDIR.\n" +
    "What main.ts adds is in it, as cdktf writes it.",
  words: { name: "environment", description: "leave the stacks of all others as they are", least: 0, most: Infinity },
  options: { json: JSON_OPTION, quiet: QUIET_OPTION },
  exits: { done: "the stacks are written", wrong: "the input has mistakes, and nothing was written" },
  async run({ words: names, flags }, program) {
    const { synthesizeEnvironments } = await import("../../stacks/synthesis.js");
    const { ownApp, runApp } = await import("../cdktf-app.js");
    const { outdir, sources, root } = program;
    const app = ownApp(root);
    const environments = await program.environments();
    const progress = new Progress(program.terminal);
    const step = progress.step.bind(progress);
    const written = progress.during(() =>
      synthesizeEnvironments({
        ...{ environments, names, outdir, sources, today: dayOfBuild(process.env), step },
        ...(app !== undefined && { program: () => runApp(root, app) }),
      }),
    );
    if (flags.has("json")) process.stdout.write(toJson({ outdir: resolve(outdir), environments: written }));
    else if (!flags.has("quiet")) process.stdout.write(synthesizedTable(outdir, written, app));
    return EXIT.done;
  },
};
