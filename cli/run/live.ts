import type { LivePolicy } from "../../constructs/sessions/like-workload";
import type { LivePodTemplate } from "../../constructs/sessions/task";
import type { Cluster } from "../connect/cluster";
import { Unanswered } from "../unanswered";
import type { WantedTask } from "./asked";

/* What the cluster has of a workload: a task is like what runs, and not like what the next release will be. */

interface Owner {
  readonly spec: { readonly template?: LivePodTemplate; readonly jobTemplate?: Owner };
}

/**
 * The template of a workload's pods.
 *
 * @throws Unanswered where the workload is not deployed, or its pods are none of this program's
 */
export async function templateOf(
  cluster: Cluster,
  { madeBy: { kind, name }, target, container }: Pick<WantedTask, "container" | "madeBy" | "target">,
): Promise<LivePodTemplate> {
  const words = ["get", kind, name, "-n", target.namespace, "-o", "json", "--ignore-not-found"];
  const said = await cluster.must(`the cluster does not show ${name}`, ...words);
  if (said.trim() === "") {
    throw new Unanswered(
      `${target.name} is not deployed: there is no ${kind} ${name} in ${target.namespace}\ndeploy it first`,
    );
  }
  const { spec } = JSON.parse(said) as Owner;
  const template = (spec.jobTemplate ?? { spec }).spec.template;
  if (template?.spec.containers.some((one) => one.name === container) === true) return template;
  throw new Unanswered(
    `the pods of ${name} in ${target.namespace} have no container ${container}\nsomebody else has made or changed them`,
  );
}

/**
 * Every policy of a namespace.
 *
 * @param kinds kinds of policies by names that the cluster has, beside NetworkPolicies
 */
export async function policiesOf(
  cluster: Cluster,
  namespace: string,
  kinds: readonly string[],
): Promise<readonly LivePolicy[]> {
  const all = ["networkpolicies.networking.k8s.io", ...kinds].join(",");
  const said = await cluster.must("the cluster does not show its policies", "get", all, "-n", namespace, "-o", "json");
  return (JSON.parse(said) as { readonly items: readonly LivePolicy[] }).items;
}
