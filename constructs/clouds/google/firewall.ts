import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { GOOGLE_NAMES } from "./names";
import type { Settings } from "./settings";

/**
 * Ports on which webhooks of add-ons answer, beside 443 and 10250. A control plane with a connection of GKE's own into the
 * cluster comes by pods there, whom GKE's rules let in; this is for one that comes from its subnet.
 */
const WEBHOOK_PORTS = ["8443", "9443"] as const;

export interface FirewallProps {
  readonly settings: Settings;
  readonly networkId: string;
}

const LOGS = { metadata: "INCLUDE_ALL_METADATA" } as const;

/**
 * A network refuses whoever comes in unless a rule lets him. GKE makes rules for its nodes, pods and control plane, and
 * for the ports of each Service of type LoadBalancer; these are the rest.
 */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { settings, networkId }: FirewallProps) {
    super(scope, id);
    const { clusterName, plan } = settings;
    const name = (rule: string): string => fitName([clusterName, rule], GOOGLE_NAMES.compute);
    new ComputeFirewall(this, "Webhooks", {
      name: name("webhooks"),
      description: "Control plane to webhooks of add-ons",
      network: networkId,
      direction: "INGRESS",
      priority: 1000,
      sourceRanges: [plan.controlPlane],
      destinationRanges: [plan.nodes, plan.pods],
      allow: [{ protocol: "tcp", ports: [...WEBHOOK_PORTS] }],
      logConfig: LOGS,
    });
    // What happens without it too, but unseen. Behind every other rule.
    new ComputeFirewall(this, "Refused", {
      name: name("refused"),
      description: "Whatever no other rule lets in",
      network: networkId,
      direction: "INGRESS",
      priority: 65_534,
      sourceRanges: ["0.0.0.0/0"],
      deny: [{ protocol: "all" }],
      logConfig: LOGS,
    });
  }
}
