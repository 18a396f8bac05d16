import type { Construct } from "constructs";
import type { PlatformEnvironment } from "../constructs/environment";
import { stackNames } from "../constructs/model/names";
import { FastStack } from "../constructs/terraform/fast-stack";

/** `state-<env>`: the bucket for the state of the environment's other stacks. Deployed once, its own state is local. */
export class StateStack extends FastStack {
  constructor(scope: Construct, environment: PlatformEnvironment) {
    super(scope, stackNames.state(environment.name));
    environment.cloud.createState?.(this, environment);
  }
}
