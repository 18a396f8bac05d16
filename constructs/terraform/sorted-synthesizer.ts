import type { IStackSynthesizer, ISynthesisSession, TerraformStack } from "cdktf";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "./merge";
import { sortedJson } from "./sorted-json";

/** A stack whose tree somebody else writes. */
export interface Written extends TerraformStack {
  /** Runs with `toTerraform` saying what `answer` makes of it, and elements as they were when references were looked for. */
  answering(answer: (tree: Tree) => Tree, run: () => void): void;
}

/**
 * Writes a stack's file as cdktf does, byte for byte, and faster. Everything but the text is left to cdktf: aspects,
 * validations, assets, annotations and folders; and all of it where HCL was asked for.
 */
export class SortedSynthesizer implements IStackSynthesizer {
  constructor(
    private readonly stack: Written,
    private readonly cdktf: IStackSynthesizer,
  ) {}

  public synthesize(session: ISynthesisSession): void {
    if (session.manifest.hclOutput) {
      this.cdktf.synthesize(session);
      return;
    }
    let text: string | undefined;
    // cdktf asks for the tree last, to make a text of it: of an empty one that is soon done.
    this.stack.answering(
      (tree) => {
        text = sortedJson(tree);
        return text === undefined ? tree : {};
      },
      () => {
        this.cdktf.synthesize(session);
      },
    );
    if (text === undefined) return;
    const { synthesizedStackPath } = session.manifest.forStack(this.stack);
    writeFileSync(join(session.outdir, synthesizedStackPath), text);
  }
}
