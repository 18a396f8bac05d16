import type { KubernetesObject } from "../../constructs/kubernetes/objects";

/* Ways that NetworkPolicies open, in words. A policy is a list of rules, and each of them says one thing for each peer and port. */

interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port?: number | string; readonly protocol?: string }[];
}

const labels = (of: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(of ?? {})
    .map(([key, value]) => (key === "app" ? value : `${key}=${value}`))
    .join(", ") || "every pod";

const NAMESPACE = "kubernetes.io/metadata.name";

function peerWords({ ipBlock, namespaceSelector, podSelector }: Peer): string {
  if (ipBlock !== undefined) {
    const { cidr, except = [] } = ipBlock;
    return except.length === 0 ? cidr : `${cidr} but ${except.join(", ")}`;
  }
  const namespace = namespaceSelector?.matchLabels?.[NAMESPACE];
  const pods = labels(podSelector?.matchLabels);
  return namespaceSelector === undefined ? pods : `${pods} in ${namespace ?? labels(namespaceSelector.matchLabels)}`;
}

/** Every way that the policies among these objects open. */
export function waysIn(objects: readonly KubernetesObject[]): ReadonlySet<string> {
  const ways = objects.flatMap((object): string[] => {
    if (object.kind !== "NetworkPolicy") return [];
    const { spec } = object;
    const pods = labels(spec.podSelector.matchLabels);
    const ports = (rule: Rule): string =>
      (rule.ports ?? []).map(({ port, protocol = "TCP" }) => `${protocol} ${port ?? "any port"}`).join(", ") ||
      "any port";
    const each = (rules: readonly Rule[] | undefined, peers: "from" | "to", words: string): string[] =>
      (rules ?? []).flatMap((rule) =>
        (rule[peers] ?? [{}]).map((peer) => `${pods} ${words} ${ports(rule)} ${peers} ${peerWords(peer)}`),
      );
    return [...each(spec.ingress, "from", "takes"), ...each(spec.egress, "to", "may open")];
  });
  return new Set(ways);
}
