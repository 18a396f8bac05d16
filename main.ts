import { loadEnvironments } from "./constructs/model/load";
import { environments } from "./environments";
import { createStacks } from "./stacks";
import { program, namedEnvironments, warn, warnOfLeftovers, warnOfLostStacks, warnOfOthers } from "./stacks/program";
import { synthesize } from "./stacks/synthesize";

program(() => {
  const names = process.argv.slice(2);
  const only = namedEnvironments(environments, names);
  const selected = loadEnvironments(environments, { only, passedOver: warnOfOthers });
  warn(selected);
  // Nothing is written before the whole input is known to be good, and nothing is seen before all of it is written.
  const output = { outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out", partial: names.length > 0 };
  const leftovers = synthesize(output, (app) => {
    createStacks(app, selected);
    if (!output.partial) warnOfLostStacks(output.outdir, app);
  });
  warnOfLeftovers(leftovers);
});
