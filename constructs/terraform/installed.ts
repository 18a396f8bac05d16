import { DataKubernetesResources } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resources";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { expression } from "./expression";

/** A Deployment that another stack brings, together with the kinds of the objects that wait for it here. */
export interface InstalledDeployment {
  readonly namespace: string;
  readonly name: string;
}

/** What is said to whoever deploys without it. */
export interface WithoutIt {
  /** What the application does by its kinds: `says what is measured`. */
  readonly does: string;
  /** A sentence on how to do without. */
  readonly otherwise: string;
}

export const UNMEASURED: WithoutIt = {
  does: "says what is measured",
  otherwise: 'Where nothing is to be measured, say observability: "off" in the environment.',
};

export const UNSCALED: WithoutIt = {
  does: "says on which queues it is scaled",
  otherwise: "Where nothing is to be scaled so, say autoscaling without a queue in the environment.",
};

/** What an application lacks without a platform that brings its kinds, and what to do. */
export const lacking = (platform: string, { does, otherwise }: WithoutIt): string =>
  `the kinds by which this application ${does}. Deploy the platform first: cdktf deploy ${platform}. ${otherwise}`;

/**
 * Stops a plan with objects of a kind that the cluster does not have yet, and says what to do: the provider itself would say
 * that it knows no such kind.
 *
 * @param missing what is missing with it, and what to do: the end of a sentence, and others after it
 */
export const requireInstalled = (
  scope: Construct,
  id: string,
  { namespace, name }: InstalledDeployment,
  missing: string,
): ITerraformDependable =>
  new DataKubernetesResources(scope, id, {
    ...{ apiVersion: "apps/v1", kind: "Deployment", namespace },
    fieldSelector: `metadata.name=${name}`,
    lifecycle: {
      postcondition: [
        {
          condition: expression`length(self.objects) > 0`,
          errorMessage: `Deployment ${name} in the namespace ${namespace}: it is not there, and with it ${missing}`,
        },
      ],
    },
  });
