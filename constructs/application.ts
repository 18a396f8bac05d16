import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Cluster, ProvidedApplication } from "./clouds/cloud";
import type { PlatformEnvironment } from "./environment";
import type { PodDemand } from "./kubernetes/demand";
import { KEDA } from "./kubernetes/queue-scaling";
import { diskRefusals } from "./ledger/disk-refusals";
import { recordApplication } from "./ledger/record";
import { recordServing } from "./ledger/serving";
import type { Connection } from "./model/connection";
import { stackNames } from "./model/names";
import { oneOf, refuse } from "./model/problem";
import type { ResolvedApplication } from "./model/resolved";
import { isRules, rulesFile } from "./observability/rules-file";
import { applicationParts } from "./rendering/application-objects";
import { underPatches } from "./rendering/under-patches";
import { FastStack } from "./terraform/fast-stack";
import { lacking, requireInstalled, UNMEASURED, UNSCALED } from "./terraform/installed";
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

const noRules = ({ name, cloud, observability }: PlatformEnvironment): string =>
  `environments.${name}.cloud: ${cloud.title} evaluates no rules, as ${observability?.title} asks for: let "rules" of its cluster ` +
  `do so, and "offers" of the cloud say it`;

/**
 * An application with its data services, identities, secrets, workloads and routes; without what the Helm chart brings, in
 * an environment where that is how releases are made. The cluster is only looked up, so the stack around it may live in any
 * repository.
 */
export class Application extends Construct {
  readonly #application: ResolvedApplication;
  readonly #provided: ProvidedApplication;
  readonly #objects: KubernetesResources;
  /** Pods that its cluster has to have room for at most. */
  public readonly demand: readonly PodDemand[];

  constructor(scope: Construct, id: string, { environment, application, cluster }: ApplicationProps) {
    super(scope, id);
    FastStack.require(this);
    recordApplication(this, environment, application);
    const asked = opaque(application);
    const provided = cluster.provide(this, asked);
    const { objects, demand } = underPatches(application, () => {
      const facts = environment.cloud.facts(environment);
      const { routing, observability } = environment;
      const parts = applicationParts({ application: asked, facts, routing, observability, provided });
      refuse([...parts.problems, ...patchResources(this, asked)]);
      const { released, own } = parts;
      const inCloud = observability?.measures === undefined ? [] : parts.prepared.filter(isRules);
      const prepared = inCloud.length === 0 ? parts.prepared : parts.prepared.filter((object) => !isRules(object));
      const platform = stackNames.platform(environment.name);
      const monitoring =
        observability &&
        ((scope: Construct) =>
          requireInstalled(scope, "monitoring", observability.operator, lacking(platform, UNMEASURED)));
      const scaling = (scope: Construct) =>
        requireInstalled(
          scope,
          "scaling",
          { namespace: KEDA.namespace, name: KEDA.operator },
          lacking(platform, UNSCALED),
        );
      const made = new KubernetesResources(this, "kubernetes", {
        ...(environment.release === "helm"
          ? { objects: prepared, released, ownReleased: own }
          : { objects: [...prepared, ...released], own }),
        ...(monitoring !== undefined && { monitoring }),
        scaling,
        disks: diskRefusals(environment, application),
      });
      if (inCloud.length > 0) {
        if (cluster.rules === undefined) throw new Error(noRules(environment));
        cluster.rules(this, application, rulesFile(inCloud), made.end);
      }
      return { objects: made, demand: parts.demand };
    });
    // Helm's releases are not in this state.
    if (environment.release === "terraform" && objects.end !== undefined) recordServing(this, application, objects.end);
    this.#application = application;
    this.#provided = provided;
    this.#objects = objects;
    this.demand = demand;
  }

  /**
   * Resource of a Kubernetes object, of the application's own too, to refer to it, to wait for it or to change it:
   * `resource("Deployment", "my-app-backend")`.
   *
   * @throws Error where this state has no such object, which is so of what Helm releases
   */
  public resource(kind: string, name: string): TerraformResource {
    return this.#objects.resource(kind, name);
  }

  /**
   * Resources of a data service that have a type, in the order in which they were made: `resources("orders-db",
   * "aws_db_instance")`. None where the service has none of it, which is so on every other cloud.
   *
   * @throws Error where the application has no such service
   */
  public resources(service: string, type: string): TerraformResource[] {
    const below = this.node.tryFindChild("Services")?.node.tryFindChild(service);
    if (below === undefined) {
      const names = this.#application.services.map(({ name }) => name);
      throw new Error(`${this.node.path}: has no service ${service}; use ${oneOf(names)}`);
    }
    return below.node
      .findAll()
      .filter((one) => TerraformResource.isTerraformResource(one))
      .filter(({ terraformResourceType }) => terraformResourceType === type);
  }

  /**
   * Connection of a workload to a data service that it needs: plain parts as values or references, secret ones as their places
   * in the cloud's secret store.
   *
   * @throws Error where the application has no such service
   */
  public connection(workload: string, service: string): Connection {
    return this.#provided.connection(workload, service);
  }
}
