import type { IStackSynthesizer, ISynthesisSession, TerraformStack } from "cdktf";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "./merge";
import { sortedJson } from "./sorted-json";

/**
 * Writes a stack's file as cdktf does, byte for byte, and faster. Everything but the text is left to cdktf: aspects,
 * validations, assets, annotations, folders, and HCL where it was asked for.
 */
export class SortedSynthesizer implements IStackSynthesizer {
  constructor(
    private readonly stack: TerraformStack,
    private readonly cdktf: IStackSynthesizer,
  ) {}

  public synthesize(session: ISynthesisSession): void {
    let text: string | undefined;
    // cdktf asks for the tree last, to make a text of it: of an empty one that is soon done.
    this.#answering(
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

  /** Runs with a stack whose `toTerraform` says `answer` of what it would have said. */
  #answering(answer: (tree: Tree) => Tree, run: () => void): void {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the stack as `this`
    const { toTerraform } = this.stack;
    const said = () => answer(Reflect.apply(toTerraform, this.stack, []) as Tree);
    Object.defineProperty(this.stack, "toTerraform", { configurable: true, value: said });
    try {
      run();
    } finally {
      Reflect.deleteProperty(this.stack, "toTerraform");
    }
  }
}
