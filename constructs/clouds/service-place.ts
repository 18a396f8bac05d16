import type { Construct } from "constructs";
import type { Connection } from "../model/connection";
import type { EnvironmentOption } from "../model/environment";
import type { ResolvedApplication } from "../model/resolved";

/**
 * A part of a cloud in which data services can be made, without an environment: `place: awsServices({...})`. What it is asked
 * beforehand is what an environment's cloud is asked.
 */
export interface ServicePlace extends EnvironmentOption {
  /**
   * What tells it from other places of its title, in each of which the same names may be taken once: account and region.
   * @default - there is one
   */
  readonly where?: readonly string[];
  /**
   * Creates the one service of an application without workloads.
   *
   * @returns how its first user connects, or everybody
   */
  provideAlone(scope: Construct, application: ResolvedApplication): Connection;
}
