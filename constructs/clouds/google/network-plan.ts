import { prefixOf } from "../shared/fields";
import { subBlock } from "../shared/sub-block";
import { type GoogleNetwork, isMade } from "./network-props";

/** Blocks that the network is cut into. */
export interface NetworkPlan {
  /** Secondary range of the nodes' subnet. */
  readonly pods: string;
  /** Secondary range of the nodes' subnet. */
  readonly services: string;
  readonly nodes: string;
  /** A /28, where the control plane has its address inside the network. */
  readonly controlPlane: string;
  /** Where Google's data services have their addresses. */
  readonly data: string;
}

/** Sizes a network may have. Below, pods of a production cluster find no room; data services take /24 each. */
export const NETWORK_PREFIX = { min: 16, max: 19 } as const;

/** Pods on a node at most. GKE sets a block of twice as many addresses aside for each node. */
export const PODS_PER_NODE = 64;
const NODE_PREFIX = 32 - Math.log2(2 * PODS_PER_NODE);

const CONTROL_PLANE_PREFIX = 28;

/*
 * The first half is for pods. Of the second, Services and data services get a quarter each, nodes an eighth, and the
 * control plane the first sixteen addresses of the eighth after it. The rest stays free. None of them can be moved once
 * something is in it.
 */
export function planNetwork(cidr: string): NetworkPlan {
  const controlPlaneBits = CONTROL_PLANE_PREFIX - prefixOf(cidr);
  return {
    pods: subBlock(cidr, 1, 0),
    services: subBlock(cidr, 3, 4),
    data: subBlock(cidr, 3, 5),
    nodes: subBlock(cidr, 4, 12),
    controlPlane: subBlock(cidr, controlPlaneBits, (13 * 2 ** controlPlaneBits) / 2 ** 4),
  };
}

/** Blocks of a network, as it is cut or as it is given. */
export function planOf(network: GoogleNetwork): NetworkPlan {
  if (isMade(network)) return planNetwork(network.cidr);
  const { nodes, pods, services, controlPlane, data } = network.existing;
  return {
    nodes: nodes.cidr,
    pods: pods.cidr,
    services: services.cidr,
    controlPlane: controlPlane.cidr,
    data: data.cidr,
  };
}

/** Nodes whose pods find room in a block of pods. */
export const nodeRoom = (pods: string): number => 2 ** (NODE_PREFIX - prefixOf(pods));
