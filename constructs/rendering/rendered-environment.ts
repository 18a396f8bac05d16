import type { PlatformEnvironment } from "../environment";
import type { PodDemand } from "../kubernetes/demand";
import type { OwnResource } from "../kubernetes/object-groups";
import type { KubernetesObject } from "../kubernetes/objects";
import type { WiredWorkload } from "../kubernetes/provided";
import { InvalidInput, oneOf } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";

/**
 * An environment as outputs see it: the model with all defaults, and every Kubernetes object that Terraform would create
 * for its applications. Plain data: what only Terraform knows is a placeholder, see `refers`.
 */
export interface RenderedEnvironment {
  readonly name: string;
  readonly environment: PlatformEnvironment;
  /** One for each of `environment.applications`, in their order. Objects are made when somebody asks for them. */
  readonly applications: readonly RenderedApplication[];
}

/** One application in one environment. */
export interface RenderedApplication {
  readonly application: ResolvedApplication;
  /** Each workload with its edges: connections, variables, and its identity in the cloud. */
  readonly workloads: readonly WiredWorkload[];
  /** What a release finds: `prepared` of `ApplicationParts`. Always Terraform's. */
  readonly prepared: readonly KubernetesObject[];
  /** What a release brings or changes: `released` of `ApplicationParts`. The Helm chart's, where the environment says so. */
  readonly released: readonly KubernetesObject[];
  /** Objects of the application's own, which go with `released`. */
  readonly own: readonly OwnResource[];
  /** Pods that its cluster has to have room for at most. */
  readonly demand: readonly PodDemand[];
}

/**
 * An application in each environment that has it, one at least.
 *
 * @param path of the option that names the application
 * @throws InvalidInput where no environment has it
 */
export function placedIn(
  environments: readonly RenderedEnvironment[],
  application: string,
  path: readonly string[],
): readonly [RenderedApplication, ...RenderedApplication[]] {
  const all = environments.flatMap(({ applications }) => applications);
  const [first, ...others] = all.filter((one) => one.application.name === application);
  if (first !== undefined) return [first, ...others];
  const known = [...new Set(all.map((one) => one.application.name))];
  const fix = known.length === 0 ? "give an environment that has it" : `use ${oneOf(known)}`;
  throw new InvalidInput([{ path, got: application, fix }]);
}
