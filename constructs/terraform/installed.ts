import { DataKubernetesResources } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resources";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { expression } from "./expression";

/** A Deployment that another stack brings, together with the kinds of the objects that wait for it here. */
export interface InstalledDeployment {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Stops a plan with objects of a kind that the cluster does not have yet, and says what to do: the provider itself would say
 * that it knows no such kind.
 *
 * @param lacking what is missing with it, and what to do: the end of a sentence, and others after it
 */
export const requireInstalled = (
  scope: Construct,
  id: string,
  { namespace, name }: InstalledDeployment,
  lacking: string,
): ITerraformDependable =>
  new DataKubernetesResources(scope, id, {
    ...{ apiVersion: "apps/v1", kind: "Deployment", namespace },
    fieldSelector: `metadata.name=${name}`,
    lifecycle: {
      postcondition: [
        {
          condition: expression`length(self.objects) > 0`,
          errorMessage: `Deployment ${name} in the namespace ${namespace}: it is not there, and with it ${lacking}`,
        },
      ],
    },
  });
