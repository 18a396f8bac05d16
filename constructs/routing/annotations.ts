import type { Labels } from "../kubernetes/objects";

/** Annotations of ingress-nginx that routes use; a controller says of each one since when it honours it. */
export const NGINX_ANNOTATIONS = ["ssl-redirect", "limit-rps", "proxy-read-timeout", "proxy-send-timeout"] as const;
export type NginxAnnotation = (typeof NGINX_ANNOTATIONS)[number];

export interface IngressSettings {
  readonly clusterIssuer: string;
  /** Requests per second and client. */
  readonly rateLimit: number;
  /** Seconds without a byte after which a connection to a workload is given up. */
  readonly patienceSeconds: number;
}

/** Annotations of an Ingress. The same for every controller: an Ingress need not change for another to take over. */
export function ingressAnnotations({ clusterIssuer, rateLimit, patienceSeconds }: IngressSettings): Labels {
  const nginx: Readonly<Record<NginxAnnotation, string>> = {
    "ssl-redirect": "true",
    "limit-rps": String(rateLimit),
    "proxy-read-timeout": String(patienceSeconds),
    "proxy-send-timeout": String(patienceSeconds),
  };
  return {
    "cert-manager.io/cluster-issuer": clusterIssuer,
    ...Object.fromEntries(NGINX_ANNOTATIONS.map((name) => [`nginx.ingress.kubernetes.io/${name}`, nginx[name]])),
  };
}
