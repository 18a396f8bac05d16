import type { Construct } from "constructs";
import type { Cloud } from "../constructs/clouds/cloud";
import { stackNames } from "../constructs/model/names";
import type { Environment } from "../constructs/model/resolved";
import type { Routing } from "../constructs/routing/routing";
import { FastStack } from "../constructs/terraform/fast-stack";

/** `state-<env>`: the bucket for the state of the environment's other stacks. Deployed once, its own state is local. */
export class StateStack extends FastStack {
  constructor(scope: Construct, environment: Environment<Cloud, Routing>) {
    super(scope, stackNames.state(environment.name));
    environment.cloud.createState?.(this, environment);
  }
}
