/* How objects name what somebody else may have made. */

/** A store of secrets in the cluster, of all namespaces or of one. */
export interface SecretStoreRef {
  readonly kind: "ClusterSecretStore" | "SecretStore";
  readonly name: string;
}

/** A port of a Service, as an Ingress names it. */
export type IngressPort = { readonly name: string } | { readonly number: number };
