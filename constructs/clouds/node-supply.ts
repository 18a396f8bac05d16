import type { Path } from "../model/problem";

/*
 * What nodes an environment may have at most, and what of them pods can have. Bounds from above: what a machine's hypervisor
 * keeps, and what a cloud's own DaemonSets request, is in no source and counted as nothing.
 */

/** Thousandths of a core, bytes, and how many pods. */
export interface Room {
  readonly cpu: number;
  readonly memory: number;
  /** @default - unknown: not bounded */
  readonly pods?: number;
}

/** Machines that are alike. */
export interface NodePoolSupply {
  readonly name: string;
  /** Where an environment says how many there are at most. */
  readonly path: Path;
  /** Type, as the cloud calls it: `m7i.large`. */
  readonly machine: string;
  /** Nodes at most. */
  readonly nodes: number;
  /** What pods can have of each: `undefined` where the machine is not known here. */
  readonly allocatable: Room | undefined;
  /** Whether its nodes are kept for add-ons. */
  readonly system: boolean;
}

/** Machines of whatever size fits the pods that wait, up to a bound of all together. */
export interface FlexibleSupply {
  readonly name: string;
  readonly path: Path;
  /** Thousandths of a core that all of its nodes have. */
  readonly cpu: number;
  /** Bytes that they can have at most beside that. `undefined`: not bounded here. */
  readonly memory: number | undefined;
}

/** What an account of the cloud may have, which a new one often has too little of. */
export interface CloudQuota {
  /** `vCPUs of the region` */
  readonly name: string;
  /** Most that the nodes take, during an upgrade too. `undefined`: a machine is not known here. */
  readonly wanted: number | undefined;
  /** What a new account has. `undefined`: in no source here. */
  readonly newAccount: number | undefined;
  /** Command or page that tells how many this account has. */
  readonly look: string;
}

export interface NodeSupply {
  readonly pools: readonly NodePoolSupply[];
  /** @default - there are the pools alone */
  readonly flexible?: FlexibleSupply;
  /** Why nothing bounds the nodes, or nobody here knows how many there are, as a clause. @default - the above bounds them */
  readonly unbounded?: string;
  /** Pods that every node has beside those that people install, as far as they are known by name. @default 0 */
  readonly daemonPods?: number;
  /** @default - nothing is known of them */
  readonly quotas?: readonly CloudQuota[];
}
