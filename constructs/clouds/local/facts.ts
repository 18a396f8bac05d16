import type { CloudFacts, NodePorts } from "../../kubernetes/facts";
import { RFC_1918 } from "../shared/addresses";
import type { LocalProps } from "./props";

/** StorageClass of kind and minikube. */
const DEFAULT_STORAGE_CLASS = "standard";

/** Ports for `extraPortMappings` of kind and `--ports` of minikube, which are fixed when the cluster is made. */
const NODE_PORTS: NodePorts = { http: 30080, https: 30443 };

/** Signs the certificates of routes: no authority of the internet reaches a laptop. */
export const CLUSTER_ISSUER = "local";

/** Where the API server listens behind its Service: kind and k3d, minikube; and the Service itself. */
const API_SERVER_PORTS = [443, 6443, 8443];

export const storageClassOf = ({ storageClass = DEFAULT_STORAGE_CLASS }: LocalProps): string => storageClass;

export function facts(props: LocalProps): CloudFacts {
  const storageClass = storageClassOf(props);
  return {
    identityEndpoints: [],
    apiServerEndpoints: API_SERVER_PORTS.map((port) => ({ cidrs: RFC_1918, port })),
    privateCidrs: RFC_1918,
    storageClasses: { ReadWriteMany: storageClass, ReadWriteOnce: storageClass },
    // Directories of a node: https://github.com/rancher/local-path-provisioner/issues/70
    sharedVolumesAs: "ReadWriteOnce",
    ...(props.loadBalancer !== true && { nodePorts: NODE_PORTS }),
    hasMetricsServer: props.metricsServer === false,
    selfSignedKubelets: true,
    clusterIssuer: CLUSTER_ISSUER,
  };
}
