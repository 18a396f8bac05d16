import { failed, listOf, maybeIn, passed, textIn, unclear } from "./answers";
import type { Finding } from "./check";

/** DaemonSets that enforce network policies whenever they run. */
const ENFORCING = ["anetd", "antrea-agent", "azure-npm", "calico-node", "canal", "cilium", "kube-router", "weave-net"];

/** Those that carry packets and know no policies. */
const WITHOUT = ["kindnet", "kube-flannel-ds", "kube-flannel"];

const AWS = "aws-node";
const AGENT = "--enable-network-policy=true";

const agentOf = (daemonSet: unknown): boolean =>
  listOf(maybeIn(daemonSet, "spec", "template", "spec", "containers") ?? []).some((container) =>
    listOf(maybeIn(container, "args") ?? []).includes(AGENT),
  );

/** What the DaemonSets of a cluster tell of who enforces policies there. */
export function enforcement(daemonSets: readonly unknown[]): Finding {
  const names = daemonSets.map((one) => textIn(one, "metadata", "name"));
  const known = ENFORCING.find((name) => names.includes(name));
  if (known !== undefined) return passed(known);
  const aws = daemonSets.find((one) => textIn(one, "metadata", "name") === AWS);
  if (aws !== undefined) {
    return agentOf(aws) ? passed(`${AWS} with its agent`) : failed(`${AWS} runs without ${AGENT} for its agent`);
  }
  const without = WITHOUT.find((name) => names.includes(name));
  return without === undefined
    ? unclear("no DaemonSet is one that is known here")
    : unclear(`${without} is known to enforce none, or since its later versions alone`);
}
