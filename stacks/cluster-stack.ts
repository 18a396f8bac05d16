import type { Construct } from "constructs";
import type { PlatformEnvironment } from "../constructs/environment";
import { recordEnvironmentStack } from "../constructs/ledger/record";
import { stackNames } from "../constructs/model/names";
import { FastStack } from "../constructs/terraform/fast-stack";

/** `<env>-cluster`: network, cluster, nodes, and who may use them. */
export class ClusterStack extends FastStack {
  constructor(scope: Construct, environment: PlatformEnvironment) {
    super(scope, stackNames.cluster(environment.name));
    environment.cloud.configure(this, environment);
    environment.cloud.createCluster?.(this, environment);
    recordEnvironmentStack(this, environment, "cluster");
  }
}
