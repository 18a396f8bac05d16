import { Construct } from "constructs";
import type { Cloud, Cluster } from "./clouds/cloud";
import { applicationParts } from "./kubernetes/application";
import type { Routing } from "./kubernetes/routing/routing";
import type { Environment, ResolvedApplication } from "./model/resolved";
import { KubernetesResources } from "./terraform/kubernetes-resources";

export interface ApplicationProps {
  readonly environment: Environment<Cloud, Routing>;
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
    const provided = cluster.provide(this, application);
    const { prepared, released } = applicationParts({
      application,
      facts: environment.cloud.facts(environment),
      routing: environment.routing,
      provided,
    });
    new KubernetesResources(
      this,
      "kubernetes",
      environment.release === "helm" ? { objects: prepared, released } : { objects: [...prepared, ...released] },
    );
  }
}
