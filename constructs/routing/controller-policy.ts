import type { CloudFacts } from "../kubernetes/facts";
import { type JsonObject, toJson } from "../kubernetes/json";
import type { PolicyPort } from "../kubernetes/objects";
import { type DnsFacts, dnsRule, endpointRules } from "../kubernetes/policy-endpoints";
import type { Routing } from "./routing";

/**
 * Around the pods that the internet speaks to first: in to their ports, out to pods and to the Kubernetes API. Not to
 * what is reached by address, databases and file systems, nor to anything outside. Load balancers ask a node for its
 * health, which no policy concerns, or the pod on a port for clients; the kubelet probes its own pods, likewise. None
 * where the cloud or the routing does not say enough: a controller cut off from the Kubernetes API serves nobody.
 */
export function controllerPolicies(
  { controllerPods, controllerPorts }: Pick<Routing, "controllerPods" | "controllerPorts">,
  facts: Pick<CloudFacts, "apiServerEndpoints" | "privateCidrs"> & DnsFacts,
): JsonObject[] {
  const { apiServerEndpoints } = facts;
  if (controllerPorts === undefined || apiServerEndpoints === undefined) return [];
  const tcp = (port: number): PolicyPort => ({ port, protocol: "TCP" });
  const anyPod = { namespaceSelector: {} };
  return [
    toJson({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: {
        name: "route-controller",
        namespace: controllerPods.namespace,
        labels: { "app.kubernetes.io/managed-by": "goldenpath" },
      },
      spec: {
        podSelector: { matchLabels: controllerPods.labels },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ ports: controllerPorts.web.map(tcp) }, { from: [anyPod], ports: [tcp(controllerPorts.metrics)] }],
        egress: [{ to: [anyPod] }, dnsRule(facts), ...endpointRules(apiServerEndpoints, facts)],
      },
    }),
  ];
}
