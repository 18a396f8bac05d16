import { check } from "../../model/schema";
import type { Cloud } from "../cloud";
import { installedOf } from "../shared/cluster-of-others";
import { clusterServices } from "../shared/services";
import { clientProblems } from "./client-problems";
import { configure } from "./configure";
import { connect } from "./connect";
import { askedOf, describe } from "./describe";
import { CLUSTER_ISSUER, facts } from "./facts";
import { guarantees } from "./guarantees";
import { secretPlace } from "./names";
import { operations } from "./operations";
import { VALUE } from "./out-of-band-secrets";
import { preflight } from "./preflight";
import type { LocalProps } from "./props";
import { propsSchema } from "./schema";

export type { LocalProps } from "./props";

/**
 * Whatever cluster the kubeconfig points to on this machine: kind, k3d, minikube, Docker Desktop. It is somebody else's,
 * so there is no `createCluster`; its state is a file, so there is no `createState`. All services run in it.
 */
export const local = (props: LocalProps = {}): Cloud => ({
  title: "Local cluster",
  guarantees,
  ...clusterServices.option,
  ...installedOf(props),
  profiles: ["small"],
  clusterIssuers: [CLUSTER_ISSUER],
  secretPlace,
  secretProperty: VALUE,
  problems: (path) => check(propsSchema, props, path),
  applicationProblems: (application, path) => [
    ...clusterServices.problems(application, askedOf(props), path),
    ...clientProblems(application, props, path),
  ],
  facts: () => facts(props),
  // Whatever cluster the kubeconfig points to: the provider's guard asks for that.
  place: () => ["local"],
  describe: (environment) => describe(environment, props),
  describeService: (application, service) => clusterServices.describe(application, service, askedOf(props)),
  connections: (service) => clusterServices.connections(service),
  recoverable: (application, holding) => clusterServices.recoverable(application, holding),
  operations,
  pipeline: () => ({ none: "it is the cluster that the kubeconfig of whoever runs it points to" }),
  versions: (services) => clusterServices.versions(services),
  preflight: (environment, stacks) => preflight(props, environment, stacks),
  configure,
  connect: (scope, environment) => connect(scope, environment, props),
});
