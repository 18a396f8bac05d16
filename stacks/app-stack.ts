import type { Construct } from "constructs";
import { Application } from "../constructs/application";
import type { PlatformEnvironment } from "../constructs/environment";
import { applicationScope } from "../constructs/model/names";
import type { ResolvedApplication } from "../constructs/model/resolved";
import { FastStack } from "../constructs/terraform/fast-stack";

/**
 * `<env>`: one application in one environment. It declares no dependency, because cdktf refuses to deploy a stack
 * without those it declares: `cdktf deploy staging` must work as typed.
 */
export class AppStack extends FastStack {
  public readonly application: Application;

  constructor(scope: Construct, environment: PlatformEnvironment, application: ResolvedApplication) {
    super(scope, application.stackName);
    environment.cloud.configure(this, environment);
    const cluster = environment.cloud.connect(this, environment);
    this.application = new Application(this, applicationScope(application.name), { environment, application, cluster });
  }
}
