import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { ServiceNetworkingConnection } from "@cdktf/provider-google/lib/service-networking-connection";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { recordNetwork } from "../shared/existing-network";
import { prefixOf } from "../shared/fields";
import type { ClusterNetwork } from "./cluster-network";
import { Egress } from "./egress";
import { Firewall } from "./firewall";
import { GOOGLE_NAMES, networkNames } from "./names";
import type { NetworkSettings, Settings } from "./settings";

/** Secondary ranges of the nodes' subnet. */
const RANGES = { pods: "pods", services: "services" } as const;

export interface NetworkProps {
  readonly settings: Settings;
  readonly made: NetworkSettings;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Who talked to whom, of every other connection: all of them cost twice as much and tell little more. */
const FLOW_LOGS = {
  aggregationInterval: "INTERVAL_1_MIN",
  flowSampling: 0.5,
  metadata: "INCLUDE_ALL_METADATA",
} as const;

/**
 * A network of its own: a subnet with nodes, pods and Services, one for the control plane's address, and a range that is
 * peered with the network of Google's data services.
 */
export class Network extends Construct implements ClusterNetwork {
  readonly networkId: string;
  readonly nodesSubnetId: string;
  readonly ranges = RANGES;
  readonly controlPlaneSubnetId: string;
  readonly inside: ClusterNetwork["inside"];
  readonly egress: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { settings, made, dependsOn }: NetworkProps) {
    super(scope, id);
    const { clusterName, region, plan } = settings;
    const names = networkNames(clusterName);
    recordNetwork(this, settings.environmentName, "its own");
    const network = new ComputeNetwork(this, "Default", {
      name: names.network,
      description: `Network of ${clusterName}`,
      // No subnet in every region, and no firewall rules of Google's making.
      autoCreateSubnetworks: false,
      routingMode: "REGIONAL",
      dependsOn: [...dependsOn],
    });
    const nodes = new ComputeSubnetwork(this, "Nodes", {
      name: names.nodes,
      network: network.id,
      region,
      ipCidrRange: plan.nodes,
      secondaryIpRange: [
        { rangeName: RANGES.pods, ipCidrRange: plan.pods },
        { rangeName: RANGES.services, ipCidrRange: plan.services },
      ],
      // Google's APIs and registries without a way through the internet.
      privateIpGoogleAccess: true,
      stackType: "IPV4_ONLY",
      logConfig: FLOW_LOGS,
    });
    const controlPlane = new ComputeSubnetwork(this, "ControlPlane", {
      name: fitName([clusterName, "control-plane"], GOOGLE_NAMES.compute),
      network: network.id,
      region,
      ipCidrRange: plan.controlPlane,
      privateIpGoogleAccess: true,
      stackType: "IPV4_ONLY",
      logConfig: FLOW_LOGS,
    });
    this.#dataServices(settings, network);
    new Firewall(this, "Firewall", { settings, networkId: network.id });
    this.networkId = network.id;
    this.nodesSubnetId = nodes.id;
    this.controlPlaneSubnetId = controlPlane.id;
    this.egress = [new Egress(this, "Egress", { settings, made, networkId: network.id, subnetId: nodes.id }).nat];
    this.inside = { name: "network", cidr: made.cidr };
  }

  /** An address of its own choosing would leave network policies without a block to name. */
  #dataServices({ clusterName, plan, protect }: Settings, network: ComputeNetwork): void {
    const range = new ComputeGlobalAddress(this, "DataRange", {
      name: networkNames(clusterName).dataRange,
      description: `Data services of ${clusterName}`,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address: plan.data.split("/")[0],
      prefixLength: prefixOf(plan.data),
      network: network.id,
    });
    new ServiceNetworkingConnection(this, "DataServices", {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.name],
      // Google keeps what a deleted database had for days, and refuses to part from the network until then.
      deletionPolicy: protect ? undefined : "ABANDON",
    });
  }
}
