import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import type { CloudEnvironment } from "../cloud";
import { describeInCluster } from "../shared/describe-in-cluster";
import type { EnvironmentTraits, ServiceTraits } from "../traits";
import { stateFile } from "./configure";
import { facts } from "./facts";
import { secretPlace, STORE_NAMESPACE } from "./names";
import type { LocalProps } from "./props";

export function describe({ name }: CloudEnvironment, { context }: LocalProps): EnvironmentTraits {
  return {
    place: "this machine",
    cluster: "kind, k3d, minikube or another",
    clusterName: context === undefined ? "current context of the kubeconfig" : `context ${context}`,
    kubernetesVersion: undefined,
    nodes: "those that the cluster has",
    state: `file ${stateFile(name)}`,
    credentials: "the kubeconfig",
    secretStore: `Secrets of namespace ${STORE_NAMESPACE}`,
  };
}

export const describeService = (
  application: ResolvedApplication,
  service: ResolvedService,
  props: LocalProps,
): ServiceTraits => describeInCluster(application, service, { facts: facts(props), secretPlace });
