import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** Resources of the state under other addresses: a plan renames them and changes nothing. */
export class Moved extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly moves: readonly { readonly from: string; readonly to: string }[],
  ) {
    super(scope, id);
  }

  public override toTerraform(): object {
    return { moved: this.moves.map(({ from, to }) => ({ from, to })) };
  }
}
