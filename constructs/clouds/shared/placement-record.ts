import { TerraformResource, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import type { ServiceKind, ServicePlacement } from "../../model/service";
import { movingSteps } from "./moving-steps";

export interface Placed {
  /** Of the service. */
  readonly name: string;
  readonly kind: ServiceKind;
  readonly placement: ServicePlacement;
  /** Whether the environment confirms another placement than before. */
  readonly moves: boolean;
  readonly environment: string;
  readonly application: string;
}

/**
 * Remembers in the state who runs a service, since synthesis knows no state and a plan destroys without asking what is
 * gone from the program. What was recorded is left alone, so a plan that would place the service elsewhere compares the
 * two and stops; one that confirms it writes the record anew.
 *
 * One for each service, for one is written anew alone; and for the default placement too, because on the way back
 * nothing else in the program would know of the other.
 */
export function recordPlacement(scope: Construct, placed: Placed): void {
  new PlacementRecord(scope, "Placement", placed.placement, placed.moves ? undefined : refuseAnother(placed));
}

/**
 * cdktf has a class for this type, which runs `terraform version` when the stack is synthesized: once for each record, and
 * a machine without Terraform could synthesize nothing. A stack's own `required_version` asks for more than it does.
 */
class PlacementRecord extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly placement: ServicePlacement,
    lifecycle: TerraformResourceLifecycle | undefined,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
      lifecycle,
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: { placement: this.placement } };
  }
}

function refuseAnother(placed: Placed): TerraformResourceLifecycle {
  return {
    ignoreChanges: ["input"],
    postcondition: [
      {
        condition: `\${self.input.placement == "${placed.placement}"}`,
        errorMessage: movingSteps(placed),
      },
    ],
  };
}
