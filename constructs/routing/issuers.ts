import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { Environment } from "../model/resolved";
import type { Routing } from "./routing";

/** @see https://letsencrypt.org/docs/acme-protocol-updates/ and https://letsencrypt.org/docs/staging-environment/ */
const SERVERS = {
  "letsencrypt-prod": "https://acme-v02.api.letsencrypt.org/directory",
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

/** `letsencrypt-staging` has generous rate limits, and certificates that no browser trusts. */
export type ClusterIssuerName = keyof typeof SERVERS;

export const DEFAULT_ISSUER: ClusterIssuerName = "letsencrypt-prod";

export const CLUSTER_ISSUERS = ["letsencrypt-prod", "letsencrypt-staging"] as const satisfies ClusterIssuerName[];

/** Proof by an Ingress. Its pods already satisfy `restricted`; the default type would open a port on every node. */
export const ingressSolver = (ingressClassName: string): JsonObject => ({
  ingress: { ingressClassName, serviceType: "ClusterIP" },
});

/**
 * Proof by an HTTPRoute. No parents: cert-manager attaches the challenge to the Gateway that asked for the certificate. The
 * default type would open a port on every node.
 */
export const gatewaySolver: JsonObject = { gatewayHTTPRoute: { serviceType: "ClusterIP" } };

/** Who signs the certificates of routes. */
export const clusterIssuers = (
  environment: Pick<Environment, "contact">,
  routing: Pick<Routing, "http01Solver">,
  { clusterIssuer }: Pick<CloudFacts, "clusterIssuer">,
): JsonObject[] =>
  clusterIssuer === undefined ? letsEncrypt(environment, routing) : ownAuthority(clusterIssuer, environment);

/** Having asked for a file under each host over HTTP. */
function letsEncrypt(environment: Pick<Environment, "contact">, routing: Pick<Routing, "http01Solver">): JsonObject[] {
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

/** Where cert-manager looks for the Secrets of ClusterIssuers: its own namespace. */
const NAMESPACE = "cert-manager";

/**
 * An authority whose key is made in the cluster and stays there. Browsers trust it when its certificate, `tls.crt` of the
 * Secret `<name>-authority`, was given to them.
 */
function ownAuthority(name: string, { contact }: Pick<Environment, "contact">): JsonObject[] {
  const authority = `${name}-authority`;
  const issuer = (metadata: JsonObject, spec: JsonObject): JsonObject => ({
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata,
    spec,
  });
  return [
    issuer({ name: authority }, { selfSigned: {} }),
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: authority, namespace: NAMESPACE },
      spec: {
        isCA: true,
        commonName: `${name} authority of ${contact}`,
        secretName: authority,
        // Ten years: whoever made it trusted would have to do so again after each renewal.
        duration: "87600h",
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
        issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: authority },
      },
    },
    issuer({ name }, { ca: { secretName: authority } }),
  ];
}
