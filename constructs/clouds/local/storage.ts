import { DataKubernetesStorageClassV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-storage-class-v1";
import type { Construct } from "constructs";
import { expression } from "../../terraform/expression";

/** Stops the plan where the cluster has no such class: its volumes, and all that waits for them, would stay pending. */
export function requireStorageClass(scope: Construct, name: string): void {
  new DataKubernetesStorageClassV1(scope, "StorageClass", {
    metadata: { name },
    lifecycle: {
      // What is not found is no error to the provider.
      postcondition: [
        {
          condition: expression`try(length(self.storage_provisioner) > 0, false)`,
          errorMessage:
            `The cluster has no StorageClass "${name}". Name one that "kubectl get storageclass" prints in the ` +
            'environment\'s file: local({ storageClass: "local-path" }) for k3d, "hostpath" for Docker Desktop.',
        },
      ],
    },
  });
}
