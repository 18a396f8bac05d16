import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

export interface MovedProps {
  /** Addresses in Terraform's state, before and after. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/** Resources of the state under other addresses: a plan renames them and changes nothing. */
export class Moved extends TerraformElement {
  readonly #moves: readonly { readonly from: string; readonly to: string }[];

  constructor(scope: Construct, id: string, { moves }: MovedProps) {
    super(scope, id);
    this.#moves = moves;
  }

  public override toTerraform(): object {
    return { moved: this.#moves.map(({ from, to }) => ({ from, to })) };
  }
}
