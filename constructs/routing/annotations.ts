import { CLUSTER_ISSUER_ANNOTATION } from "../kubernetes/certificate-order";
import { shorthand } from "../kubernetes/fpm-pool";
import type { Labels } from "../kubernetes/objects";
import type { ResolvedCors, ResolvedRouteSettings } from "../model/resolved";

/** Annotations of ingress-nginx that routes use; a controller says of each one since when it honours it. */
export const NGINX_ANNOTATIONS = [
  "ssl-redirect",
  "limit-rps",
  "proxy-read-timeout",
  "proxy-send-timeout",
  "backend-protocol",
  "proxy-body-size",
  "proxy-request-buffering",
  "enable-cors",
  "cors-allow-origin",
  "cors-allow-methods",
  "cors-allow-headers",
  "cors-expose-headers",
  "cors-allow-credentials",
  "cors-max-age",
  "allowlist-source-range",
  "from-to-www-redirect",
  "permanent-redirect",
  "permanent-redirect-code",
  "auth-type",
  "auth-secret",
  "custom-headers",
] as const;
export type NginxAnnotation = (typeof NGINX_ANNOTATIONS)[number];

export interface IngressSettings {
  /** The one that signs certificates for the hosts of this Ingress. @default - another Ingress asks for them */
  readonly clusterIssuer?: string;
  /** Requests per second and client. */
  readonly rateLimit: number;
  /** Seconds without a byte after which a connection to a workload is given up. */
  readonly patienceSeconds: number;
  /** Whether what is behind speaks gRPC. @default false */
  readonly grpc?: boolean;
  /** Domain of its route. @default - it has those of several */
  readonly host?: string;
  /** Namespace and name of the ConfigMap with headers of answers. @default - it sets none */
  readonly headers?: string;
  /** What its route says. @default - nothing */
  readonly route?: ResolvedRouteSettings;
}

type Given = Readonly<Partial<Record<NginxAnnotation, string>>>;

const corsAnnotations = (cors: ResolvedCors): Given => ({
  "enable-cors": "true",
  "cors-allow-origin": cors.origins.join(","),
  "cors-allow-methods": cors.methods.join(","),
  "cors-allow-headers": cors.headers.join(","),
  ...(cors.exposedHeaders.length > 0 && { "cors-expose-headers": cors.exposedHeaders.join(",") }),
  "cors-allow-credentials": String(cors.credentials),
  "cors-max-age": String(cors.maxAgeSeconds),
});

/** Annotations of an Ingress. The same for every controller: an Ingress need not change for another to take over. */
export function ingressAnnotations({
  clusterIssuer,
  rateLimit,
  patienceSeconds,
  grpc,
  host = "",
  headers,
  route,
}: IngressSettings): Labels {
  const nginx: Given = {
    "ssl-redirect": "true",
    "limit-rps": String(rateLimit),
    "proxy-read-timeout": String(patienceSeconds),
    "proxy-send-timeout": String(patienceSeconds),
    ...(grpc === true && { "backend-protocol": "GRPC" }),
    ...(route?.maxBodySize !== undefined && {
      "proxy-body-size": shorthand(route.maxBodySize, { mebi: "m", kibi: "k" }),
      // Traefik counts a body only while it collects it.
      "proxy-request-buffering": "on",
    }),
    ...(route?.cors && corsAnnotations(route.cors)),
    ...(route?.allowFrom && { "allowlist-source-range": route.allowFrom.join(",") }),
    ...(route?.otherHost !== undefined && { "from-to-www-redirect": "true" }),
    ...(route?.redirectTo !== undefined && {
      "permanent-redirect": `https://${host}${route.redirectTo}`,
      "permanent-redirect-code": "308",
    }),
    ...(route?.basicAuth && { "auth-type": "basic", "auth-secret": route.basicAuth.secretName }),
    ...(headers !== undefined && { "custom-headers": headers }),
  };
  return {
    ...(clusterIssuer !== undefined && { [CLUSTER_ISSUER_ANNOTATION]: clusterIssuer }),
    ...Object.fromEntries(Object.entries(nginx).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value])),
  };
}
