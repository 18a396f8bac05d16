import { text } from "./text";

/* What cdktf runs of a new program. One that was not edited adds nothing to the stacks of its environments. */

const CDKTF = { language: "typescript", app: "npx tsx main.ts", sendCrashReports: "false" };

const MAIN = text`
  import { loadEnvironments } from "goldenpath";
  import { createStacks, synthesize } from "goldenpath/stacks";
  import { environments } from "./environments";

  // What cdktf runs. Stacks of your own go onto the app too.
  synthesize({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" }, (app) => {
    createStacks(app, loadEnvironments(environments));
  });
`;

export { CDKTF, MAIN };
