import type { External } from "./application";
import type { OwnPods } from "./object-group";
import type { ResolvedSizing, Service } from "./service";

/* Edges of the resolved model: what a workload, or the pods of a group of objects, talks to. */

export interface ResolvedService {
  readonly name: string;
  readonly service: Service;
  readonly sizing: ResolvedSizing;
  /** Whether it has the plain names of its kind: it is the only one, or the application says so by name. */
  readonly isDefault: boolean;
  /** Whether its placement may be another than it was. @default false */
  readonly moves?: boolean;
}

export type Edge = ServiceEdge | WorkloadEdge | ExternalEdge;

export interface ServiceEdge {
  readonly to: "service";
  readonly service: ResolvedService;
  readonly prefix: string;
  /** Whether the workload may only read. @default - it may write */
  readonly access?: "read";
  /**
   * Keys of the application's Secret by variable name. The default service of a kind has the plain key (`database-url`),
   * every other one has its name before it (`reports-db-database-url`).
   */
  readonly secretKeys: Readonly<Record<string, string>>;
}

export interface WorkloadEdge {
  readonly to: "workload";
  readonly workload: string;
  /** Name of its Service in the same namespace. */
  readonly host: string;
  readonly port: number;
  /** Name of the port among its `ports`. @default - the port of its requests */
  readonly portName?: string;
  /** `BACKEND_URL`, or `RPC_ADDRESS` of a workload that speaks gRPC; `BACKEND_METRICS_ADDRESS` of a port. */
  readonly variable: string;
  /** Begins the value. @default "http://" */
  readonly scheme?: "" | "https://";
}

export interface ExternalEdge {
  readonly to: "external";
  readonly name: string;
  readonly external: External | OwnPods;
  /** Begins the variables: `STRIPE_` → `STRIPE_HOST`, `STRIPE_PORT`; `SMTP_` for every mail relay. */
  readonly prefix: string;
}
