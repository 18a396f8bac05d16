import type { CloudEnvironment } from "../cloud";
import type { InClusterAsked } from "../shared/services";
import type { EnvironmentTraits } from "../traits";
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

/** How a service is asked for, all of which the cluster runs. */
export const askedOf =
  (props: LocalProps): InClusterAsked =>
  () => ({ facts: () => facts(props), secretPlace });
