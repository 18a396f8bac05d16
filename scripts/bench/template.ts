import { App } from "cdktf";
import { loadEnvironments } from "../../constructs/model/load";
import { environments } from "../../environments";
import { createStacks } from "../../stacks";

/* The whole program as cdktf's TypeScript template runs it: `ts-node` on a file that makes an App. */

const app = new App({ outdir: process.env.CDKTF_OUTDIR });
createStacks(app, loadEnvironments(environments));
app.synth();
