import { type ISynthesisSession, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesHash } from "./folder-asset";

/** What cdktf runs of a construct when it has written the stack. Its own assets have it too. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");

export interface FolderCopyProps {
  readonly folder: string;
  /** Paths from the folder, with `/` on every system. */
  readonly files: readonly string[];
}

/** Some files of a folder, copied into the stack's output under a hash of what is in them. An asset of cdktf copies all of them. */
export class FolderCopy extends Construct {
  /** Path from the folder of the stack: `assets/<id>/<hash>`, as an asset of cdktf has it. */
  public readonly path: string;

  constructor(scope: Construct, id: string, { folder, files }: FolderCopyProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const copies = `assets/${stack.getLogicalId(this.node)}`;
    this.path = `${copies}/${filesHash(folder, files)}`;
    const onSynthesize = ({ outdir, manifest }: ISynthesisSession): void => {
      const beside = join(outdir, dirname(manifest.forStack(stack).synthesizedStackPath));
      rmSync(join(beside, copies), { recursive: true, force: true });
      for (const file of files) {
        const to = join(beside, this.path, file);
        mkdirSync(dirname(to), { recursive: true });
        // With the rights that it has: a module may run a script of its own.
        copyFileSync(join(folder, file), to);
      }
    };
    Object.defineProperty(this, CUSTOM_SYNTHESIS, { value: { onSynthesize }, enumerable: false });
  }
}
