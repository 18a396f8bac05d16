import { DataKubernetesResource } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resource";
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Deployment } from "../kubernetes/objects";
import { expression } from "./expression";

/**
 * Stops a plan over a rollout that has not ended. The provider's state says of a change that it was made also where waiting
 * for it has failed, so that the same release deployed once more would find nothing to change, go on, and delete what pods
 * of the release before read and may do, while those alone serve.
 *
 * It is read when the Deployment has been changed, or in the plan where there is nothing to change: so a plan that mends it
 * goes through. Counts that are zero are left out by the API server.
 */
export function refuseOverUnfinishedRollout(
  scope: Construct,
  { apiVersion, kind, metadata: { name, namespace } }: Deployment,
  deployment: TerraformResource,
): void {
  const where = namespace === undefined ? "" : ` -n ${namespace}`;
  new DataKubernetesResource(scope, `rollout-${name}`, {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    dependsOn: [deployment],
    lifecycle: {
      postcondition: [
        {
          condition: expression`try(self.object.status.updatedReplicas, null) == try(self.object.status.replicas, null)`,
          errorMessage:
            `Deployment ${name}: the last rollout has not ended, and pods of the release before still serve: this release ` +
            "would go on without it, and take away what those read and may do. Deploy it with an image or a configuration " +
            "that becomes ready: another one, or again that of the release before. Where the cause is outside of the program, " +
            `put it right and wait: kubectl rollout status deployment/${name}${where}. To take all of it down, delete the ` +
            "Deployment first.",
        },
      ],
    },
  });
}
