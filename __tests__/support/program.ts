import { join } from "node:path";
import { Program } from "../../cli/program";
import type { EnvironmentSpec } from "../../constructs/environment";

/** A program in a folder, with these environments each time that they are asked for, as commands are given it. */
export const programIn = (root: string, environments: () => readonly EnvironmentSpec[]): Program =>
  new Program({
    root,
    home: root,
    outdir: join(root, "cdktf.out"),
    manifest: { name: "goldenpath", version: "0.1.0" } as never,
    terminal: false,
    sources: { root, digest: "", files: [] } as never,
    files: {
      environments: {
        path: "environments/index.ts",
        load: () => Promise.resolve({ environments: environments() }),
      },
    },
  });
