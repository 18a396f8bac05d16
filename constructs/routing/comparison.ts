import type { NginxAnnotation } from "./annotations";

/** A value in an object; `*` is every element of a list. */
export interface Place {
  readonly kind: string;
  readonly path: readonly string[];
}

/** What became of something that an Ingress says, or that its controller does unasked, in the Gateway API. */
export interface Counterpart {
  /** `undefined` where Envoy does so by itself. */
  readonly at?: Place;
  /** Difference of the two for clients and workloads. @default - in nothing */
  readonly difference?: string;
}

const gateway = (...path: string[]): Place => ({ kind: "Gateway", path });
const route = (...path: string[]): Place => ({ kind: "HTTPRoute", path: ["spec", "rules", "*", ...path] });
const clients = (...path: string[]): Place => ({ kind: "ClientTrafficPolicy", path: ["spec", ...path] });
const backends = (...path: string[]): Place => ({ kind: "BackendTrafficPolicy", path: ["spec", ...path] });
const callers = (...path: string[]): Place => ({ kind: "SecurityPolicy", path: ["spec", ...path] });
const proxy = (...path: string[]): Place => ({ kind: "EnvoyProxy", path: ["spec", ...path] });

/** Annotations of the Ingress. One that is added there does not compile before it has a row here. */
export const ANNOTATIONS: Readonly<
  Record<"cert-manager.io/cluster-issuer" | `nginx.ingress.kubernetes.io/${NginxAnnotation}`, Counterpart>
> = {
  "cert-manager.io/cluster-issuer": {
    at: gateway("metadata", "annotations", "cert-manager.io/cluster-issuer"),
  },
  "nginx.ingress.kubernetes.io/ssl-redirect": {
    at: route("filters", "*", "requestRedirect", "scheme"),
  },
  "nginx.ingress.kubernetes.io/limit-rps": {
    at: backends("rateLimit", "local", "rules", "*", "limit", "requests"),
    difference:
      "each path of a route is counted by itself, and no burst goes above the limit; ingress-nginx counts an Ingress " +
      "as a whole and lets five times as many through at once. Both count in each proxy pod by itself",
  },
  "nginx.ingress.kubernetes.io/proxy-read-timeout": {
    at: backends("timeout", "http", "streamIdleTimeout"),
    difference: "five minutes without a byte at least, as Envoy has by itself",
  },
  "nginx.ingress.kubernetes.io/proxy-send-timeout": {
    at: backends("timeout", "http", "streamIdleTimeout"),
    difference: "one limit for both directions",
  },
  // By the Service's `appProtocol`.
  "nginx.ingress.kubernetes.io/backend-protocol": {},
  "nginx.ingress.kubernetes.io/proxy-body-size": {
    at: backends("requestBuffer", "limit"),
    difference: "16Mi at most, as Envoy keeps the body in memory and the others on disk",
  },
  "nginx.ingress.kubernetes.io/proxy-request-buffering": {},
  "nginx.ingress.kubernetes.io/enable-cors": { at: callers("cors") },
  "nginx.ingress.kubernetes.io/cors-allow-origin": { at: callers("cors", "allowOrigins", "*") },
  "nginx.ingress.kubernetes.io/cors-allow-methods": { at: callers("cors", "allowMethods", "*") },
  "nginx.ingress.kubernetes.io/cors-allow-headers": { at: callers("cors", "allowHeaders", "*") },
  "nginx.ingress.kubernetes.io/cors-expose-headers": { at: callers("cors", "exposeHeaders", "*") },
  "nginx.ingress.kubernetes.io/cors-allow-credentials": { at: callers("cors", "allowCredentials") },
  "nginx.ingress.kubernetes.io/cors-max-age": { at: callers("cors", "maxAge") },
  "nginx.ingress.kubernetes.io/allowlist-source-range": {
    at: callers("authorization", "rules", "*", "principal", "clientCIDRs", "*"),
  },
  "nginx.ingress.kubernetes.io/from-to-www-redirect": {
    at: route("filters", "*", "requestRedirect", "hostname"),
    difference: "the other name has a certificate of its own; behind an Ingress both names are in one",
  },
  "nginx.ingress.kubernetes.io/permanent-redirect": {
    at: route("filters", "*", "requestRedirect", "path", "replaceFullPath"),
    difference: "Envoy keeps the query of the request; the others send clients on without it",
  },
  "nginx.ingress.kubernetes.io/permanent-redirect-code": {
    at: route("filters", "*", "requestRedirect", "statusCode"),
  },
  "nginx.ingress.kubernetes.io/auth-type": { at: callers("basicAuth") },
  "nginx.ingress.kubernetes.io/auth-secret": {
    at: callers("basicAuth", "users", "name"),
    difference:
      "without the Secret a route answers 500 here and 503 behind ingress-nginx; Traefik leaves it out, and the route above answers",
  },
  "nginx.ingress.kubernetes.io/custom-headers": {
    at: route("filters", "*", "responseHeaderModifier", "set", "*", "value"),
    difference: "Envoy sets any header, and of requests too; the others set those of answers that they are told of",
  },
};

/** Fields of the Ingress, by their path in its `spec`. */
export const FIELDS = {
  ingressClassName: { at: gateway("spec", "gatewayClassName"), difference: "`nginx` there, `envoy` here" },
  "tls.*.hosts.*": { at: gateway("spec", "listeners", "*", "hostname") },
  "tls.*.secretName": {
    at: gateway("spec", "listeners", "*", "tls", "certificateRefs", "*", "name"),
    difference: "the main host's is called `<application>-tls` there; the others' have one name in both",
  },
  "rules.*.host": { at: { kind: "HTTPRoute", path: ["spec", "hostnames", "*"] } },
  "rules.*.http.paths.*.path": { at: route("matches", "*", "path", "value") },
  "rules.*.http.paths.*.pathType": {
    at: route("matches", "*", "path", "type"),
    difference: "`Prefix` is called `PathPrefix`",
  },
  "rules.*.http.paths.*.backend.service.name": { at: route("backendRefs", "*", "name") },
  "rules.*.http.paths.*.backend.service.port.name": {
    at: route("backendRefs", "*", "port"),
    difference: "by number: 80, which every Service has as `http`",
  },
} as const satisfies Readonly<Record<string, Counterpart>>;

/**
 * What clients get without an annotation, by the options of ingress-nginx: as its values give them here, or as it
 * does by default.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
 */
export const OPTIONS = {
  "http-redirect-code": { at: route("filters", "*", "requestRedirect", "statusCode") },
  "hsts-max-age": { at: clients("headers", "lateResponseHeaders", "set", "*", "value") },
  "limit-req-status-code": {},
  "proxy-body-size": { difference: "no limit before the workload's own in either" },
  "proxy-request-buffering": {},
  "use-forwarded-headers": {
    at: clients("headers", "earlyRequestHeaders", "remove", "*"),
    difference: "Envoy passes on no `X-Real-IP` and no `X-Forwarded-Host` or `-Port`: use `X-Forwarded-For` and `Host`",
  },
  "enable-underscores-in-headers": { at: clients("headers", "withUnderscoresAction") },
  "client-header-timeout": { at: clients("timeout", "http", "requestHeadersReceivedTimeout") },
  "keep-alive": { at: clients("timeout", "http", "idleTimeout") },
  "proxy-connect-timeout": { at: backends("timeout", "tcp", "connectTimeout") },
  "upstream-keepalive-timeout": { at: backends("timeout", "http", "connectionIdleTimeout") },
  "proxy-next-upstream": {
    at: backends("retry", "retryOn", "triggers", "*"),
    difference: "only where no connection was made; nginx also repeats a `GET` that failed half-way",
  },
  "log-format-upstream": { at: proxy("telemetry", "accessLog", "settings", "*", "format", "json", "path") },
  "shutdown-grace-period": { at: proxy("shutdown", "minDrainDuration") },
} as const satisfies Readonly<Record<string, Counterpart>>;
