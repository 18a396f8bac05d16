import type { ServiceKind } from "../../../constructs/services/kinds";
import type { Pod } from "../reachability";

/* What is around an application's pods, as network policies see it: a table for each cloud beside this file. */

/** Ends by their names, and the TCP ports on which they answer. */
export interface Door {
  readonly to: readonly string[];
  readonly ports: readonly number[];
}

export interface ServiceDoors {
  readonly workloads: Door;
  /** For the Jobs that make and retire its users. @default - it has no users */
  readonly users?: Door;
  /** Whether workloads call it as themselves, by an identity of the cloud's. @default false */
  readonly byIdentity?: boolean;
  /** Pods that stand for it in the application's namespace: by name, with what each of them reaches. @default - none */
  readonly pods?: Readonly<Record<string, readonly Door[]>>;
  /** Who else reaches it. @default - nobody */
  readonly others?: readonly (readonly [from: string, door: Door])[];
}

export interface Surroundings {
  /** Public addresses, by what answers there. An external without blocks is all of them. */
  readonly publicAddresses: Readonly<Record<string, string>>;
  /** Addresses of the network, of the node and of the cluster, that are no pod's. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Pods of the cluster's own. */
  readonly pods: Readonly<Record<string, Pod>>;
  /** Ends that answer DNS. */
  readonly dns: readonly string[];
  /** Where a pod with an identity gets credentials. */
  readonly identity: Door;
  /** Where credentials of a node, or what it joins the cluster by, are handed out to whoever asks. */
  readonly nodeCredentials: readonly string[];
  /** Ports of the Kubernetes API. It is at private addresses, and policies do not know which. */
  readonly apiServer: readonly number[];
  /** Of a service that the cloud runs; `name` is `my-app-uploads`. */
  readonly managed: Readonly<Partial<Record<ServiceKind, (name: string) => ServiceDoors>>>;
}

/** The address so many after a block's first. */
export function addressIn(block: unknown, offset = 9): string {
  const [base = ""] = String(block).split("/");
  const start = base.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0) + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".");
}
