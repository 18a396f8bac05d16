import type { External } from "./application";

/* Edges of a workload to what is no data service. */

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
  readonly external: External;
  /** Begins the variables: `STRIPE_` → `STRIPE_HOST`, `STRIPE_PORT`; `SMTP_` for every mail relay. */
  readonly prefix: string;
}
