import { check } from "../../model/schema";
import type { ServiceKind, ServicePlacement } from "../../model/service";
import { MYSQL_CONNECTIONS } from "../../in-cluster/mysql";
import type { Cloud } from "../cloud";
import { connectionProblems } from "../shared/connection-problems";
import { guarantees } from "./guarantees";
import { configure } from "./configure";
import { connect } from "./connect";
import { describe, describeService } from "./describe";
import { CLUSTER_ISSUER, facts } from "./facts";
import { secretPlace } from "./names";
import { VALUE } from "./out-of-band-secrets";
import type { LocalProps } from "./props";
import { propsSchema } from "./schema";

export type { LocalProps } from "./props";

const placements: Readonly<Record<ServiceKind, readonly ServicePlacement[]>> = {
  mysql: ["in-cluster"],
  redis: ["in-cluster"],
  rabbitmq: ["in-cluster"],
  bucket: ["in-cluster"],
};

/**
 * Whatever cluster the kubeconfig points to on this machine: kind, k3d, minikube, Docker Desktop. It is somebody else's,
 * so there is no `createCluster`; its state is a file, so there is no `createState`. All services run in it.
 */
export const local = (props: LocalProps = {}): Cloud => ({
  title: "Local cluster",
  guarantees,
  placements,
  profiles: ["small"],
  clusterIssuers: [CLUSTER_ISSUER],
  secretPlace,
  secretProperty: VALUE,
  problems: (path) => check(propsSchema, props, path),
  applicationProblems: (application, path) => connectionProblems(application, MYSQL_CONNECTIONS, path),
  facts: () => facts(props),
  // Whatever cluster the kubeconfig points to: the provider's guard asks for that.
  place: () => ["local"],
  describe: (environment) => describe(environment, props),
  describeService: (application, service) => describeService(application, service, props),
  configure,
  connect: (scope, environment) => connect(scope, environment, props),
});
