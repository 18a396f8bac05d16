import type { App } from "cdktf";
import type { PlatformEnvironment } from "../constructs/environment";
import { refuseTogether } from "../constructs/model/problem";
import { AppStack } from "./app-stack";
import { ClusterStack } from "./cluster-stack";
import { PlatformStack } from "./platform-stack";
import { StateStack } from "./state-stack";

export { AppStack } from "./app-stack";
export { synthesize } from "./synthesize";

/**
 * Puts every stack of the environments on the app: state, cluster, platform, and one per application. An environment
 * on a cluster that somebody else made has its platform and its applications only, and one whose platform somebody else
 * has installed its applications alone.
 *
 * @throws InvalidInput with what provisioners and patches of all applications do wrong
 */
export function createStacks(app: App, environments: readonly PlatformEnvironment[]): void {
  refuseTogether(environments, (environment) => {
    const { cloud, applications } = environment;
    if (cloud.createState !== undefined) new StateStack(app, environment);
    const cluster = cloud.createCluster === undefined ? undefined : new ClusterStack(app, environment);
    // Somebody else has installed what it would bring.
    const platform = cloud.installed === "all" ? undefined : new PlatformStack(app, environment);
    if (cluster !== undefined) platform?.addDependency(cluster);
    refuseTogether(applications, (application) => new AppStack(app, environment, application));
  });
}
