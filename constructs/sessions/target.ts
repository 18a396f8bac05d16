import type { EnvVar, Labels } from "../kubernetes/objects";
import type { Endpoint } from "../model/connection";

/** Something in an environment that people may be led to. */
export interface SessionTarget {
  /** What they call it: `orders-db`, `backend`, `grafana`. */
  readonly name: string;
  /** What it is, in words: `mysql of my-app`. */
  readonly what: string;
  /** Whether data comes out of it: in a protected environment that takes breaking the glass. */
  readonly isData: boolean;
  /** Where its session runs, and begins with: `my-app-prod`, `my-app`. */
  readonly namespace: string;
  readonly prefix: string;
  /** Labels of what a session is made of. */
  readonly labels: Labels;
  readonly address: SessionAddress;
  /** Port that its clients know it by. */
  readonly port: number;
  /** Where its packets go. */
  readonly endpoints: readonly Endpoint[];
  /** What people sign in with, where the server asks. @default - nobody is asked */
  readonly signIn?: SignIn;
  /** Image that the relay is, and what nodes pull it with. */
  readonly image: string;
  readonly pullSecrets: readonly { readonly name: string }[];
}

/** How the relay learns the address: a variable of the pod, with or without a scheme, a name and a path. */
export interface SessionAddress {
  readonly variable: string;
  readonly env?: readonly EnvVar[];
  /** ConfigMap whose keys are variables of the pod. */
  readonly configMap?: string;
}

export interface SignIn {
  /** Whose it is, in words: `the user of backend`. */
  readonly whose: string;
  readonly secret: string;
  readonly keys: readonly string[];
}
