import type { JsonObject } from "../kubernetes/json";
import type { Routing } from "../kubernetes/routing/routing";
import type { Environment } from "../model/resolved";

/** @see https://letsencrypt.org/docs/acme-protocol-updates/ and https://letsencrypt.org/docs/staging-environment/ */
const SERVERS = {
  "letsencrypt-prod": "https://acme-v02.api.letsencrypt.org/directory",
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

/** `letsencrypt-staging` has generous rate limits, and certificates that no browser trusts. */
export type ClusterIssuerName = keyof typeof SERVERS;

export const CLUSTER_ISSUERS = ["letsencrypt-prod", "letsencrypt-staging"] as const satisfies ClusterIssuerName[];

/** Who signs the certificates of routes, having asked for a file under each host over HTTP. */
export function clusterIssuers(
  environment: Pick<Environment, "contact">,
  routing: Pick<Routing, "http01Solver">,
): JsonObject[] {
  return CLUSTER_ISSUERS.map((name) => ({
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name },
    spec: {
      acme: {
        server: SERVERS[name],
        email: environment.contact,
        privateKeySecretRef: { name: `${name}-account-key` },
        solvers: [{ http01: routing.http01Solver }],
      },
    },
  }));
}
