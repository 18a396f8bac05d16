import { DataResource, type TerraformResourceLifecycle } from "cdktf";
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
  new DataResource(scope, "Placement", {
    input: { placement: placed.placement },
    lifecycle: placed.moves ? undefined : refuseAnother(placed),
  });
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
