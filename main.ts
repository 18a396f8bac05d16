import { environments } from "./environments";
import { program } from "./stacks/program";
import { synthesizeEnvironments } from "./stacks/synthesis";

/*
 * The program without its launcher: `npx ts-node main.ts [environment…]`. `goldenpath synth` does the same from a bundle,
 * and says in `model.json` where each value was written.
 */
program(() => {
  synthesizeEnvironments({
    environments,
    names: process.argv.slice(2),
    outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out",
  });
});
