import type { Construct } from "constructs";
import type { ResolvedSizing, Service } from "../../model/service";
import { keepRecord, StateRecord } from "../../terraform/state-record";
import { movingSteps } from "./moving-steps";

export interface Placed {
  /** Name of the service. */
  readonly name: string;
  readonly service: Pick<Service, "kind" | "moving">;
  readonly sizing: Pick<ResolvedSizing, "placement">;
  /** Whether the environment confirms another placement than before. */
  readonly moves: boolean;
  readonly environment: string;
  readonly application: string;
}

/**
 * Remembers in the state who runs a service, since a plan destroys without asking what is gone from the program. What was
 * recorded is left alone, so a plan that would place the service elsewhere compares the two and stops; one that confirms it
 * writes the record anew.
 *
 * One for each service, for one is written anew alone; and for the default placement too, because on the way back
 * nothing else in the program would know of the other.
 */
export function recordPlacement(scope: Construct, placed: Placed): void {
  const { moves, sizing } = placed;
  const { placement } = sizing;
  const refused = keepRecord(`self.input.placement == "${placement}"`, movingSteps(placed));
  new StateRecord(scope, "Placement", { input: { placement }, lifecycle: moves ? undefined : refused });
}
