import { main } from "../../../cli/main";
import type { ReleaseTool } from "../../../constructs/model/environment";
import { environmentsOf } from "./rendered";

/*
 * `goldenpath` with the shipped environments in namespaces of a suite, released by either tool. Words: the suite, the tool, and the command line.
 */

const [suite = "", release = "", ...args] = process.argv.slice(2);
const environments = environmentsOf(suite).map((one) => ({ ...one, release: release as ReleaseTool }));
const root = process.cwd();

void main(args, {
  root,
  home: "",
  outdir: "cdktf.out",
  terminal: false,
  manifest: { name: "goldenpath", version: "0.0.0" } as never,
  sources: {
    root,
    files: [],
    digest: "",
    cache: "",
    entry: "",
    locate: () => undefined,
    typescript: () => undefined,
  },
  files: { environments: { path: "environments.ts", load: () => Promise.resolve({ environments }) } },
});
