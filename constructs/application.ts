import { Construct } from "constructs";
import type { Cluster } from "./clouds/cloud";
import type { PlatformEnvironment } from "./environment";
import { recordApplication } from "./ledger/record";
import { recordServing } from "./ledger/serving";
import { refuse } from "./model/problem";
import type { ResolvedApplication } from "./model/resolved";
import { applicationParts, type ApplicationParts } from "./rendering/application-objects";
import { FastStack } from "./terraform/fast-stack";
import { KubernetesResources } from "./terraform/kubernetes-resources";
import { opaque } from "./terraform/opaque";
import { patchResources } from "./terraform/resource-patches";

export interface ApplicationProps {
  readonly environment: PlatformEnvironment;
  /** One of `environment.applications`. */
  readonly application: ResolvedApplication;
  /** The cluster it runs on: `environment.cloud.connect(stack, environment)`. */
  readonly cluster: Cluster;
}

/**
 * An application with its data services, identities, secrets, workloads and routes; without what the Helm chart brings, in
 * an environment where that is how releases are made. The cluster is only looked up, so the stack around it may live in any
 * repository.
 */
export class Application extends Construct {
  constructor(scope: Construct, id: string, { environment, application, cluster }: ApplicationProps) {
    super(scope, id);
    FastStack.require(this);
    recordApplication(this, environment, application);
    const asked = opaque(application);
    const { prepared, released, problems } = provideParts(this, { environment, application: asked, cluster });
    refuse([...problems, ...patchResources(this, asked)]);
    const { end } = new KubernetesResources(
      this,
      "kubernetes",
      environment.release === "helm" ? { objects: prepared, released } : { objects: [...prepared, ...released] },
    );
    // Helm's releases are not in this state.
    if (environment.release === "terraform" && end !== undefined) recordServing(this, application, end);
  }
}

/** Creates what the cloud provides for an application, and makes its Kubernetes objects of that. */
function provideParts(scope: Construct, { environment, application, cluster }: ApplicationProps): ApplicationParts {
  return applicationParts({
    application,
    facts: environment.cloud.facts(environment),
    routing: environment.routing,
    provided: cluster.provide(scope, application),
  });
}
