import type { App } from "cdktf";
import type { Cloud } from "../constructs/clouds/cloud";
import type { Routing } from "../constructs/kubernetes/routing/routing";
import type { Environment } from "../constructs/model/resolved";
import { AppStack } from "./app-stack";
import { ClusterStack } from "./cluster-stack";
import { PlatformStack } from "./platform-stack";
import { StateStack } from "./state-stack";

/** Puts every stack of the environments on the app: state, cluster, platform, and one per application. */
export function createStacks(app: App, environments: readonly Environment<Cloud, Routing>[]): void {
  for (const environment of environments) {
    new StateStack(app, environment);
    const cluster = new ClusterStack(app, environment);
    new PlatformStack(app, environment).addDependency(cluster);
    for (const application of environment.applications) new AppStack(app, environment, application);
  }
}
