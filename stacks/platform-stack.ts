import type { Construct } from "constructs";
import type { PlatformEnvironment } from "../constructs/environment";
import { recordEnvironmentStack } from "../constructs/ledger/record";
import { stackNames } from "../constructs/model/names";
import { Platform } from "../constructs/platform";
import { FastStack } from "../constructs/terraform/fast-stack";

/**
 * `<env>-platform`: what every application finds in the cluster. It finds the cluster by lookup, as applications do;
 * the order after `<env>-cluster` is declared by whoever composes the two.
 */
export class PlatformStack extends FastStack {
  public readonly platform: Platform;

  constructor(scope: Construct, environment: PlatformEnvironment) {
    super(scope, stackNames.platform(environment.name));
    environment.cloud.configure(this, environment);
    const cluster = environment.cloud.connect(this, environment);
    this.platform = new Platform(this, "platform", { environment, cluster });
    recordEnvironmentStack(this, environment, "platform");
  }
}
