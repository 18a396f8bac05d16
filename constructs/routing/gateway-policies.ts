import { applicationMetadata, type Owned } from "../kubernetes/labels";
import type { BackendTrafficPolicy, ClientTrafficPolicy, TargetRef } from "../kubernetes/objects";
import { fitName, type NameRule } from "../model/names";
import type { Bytes } from "../model/quantity";
import { HSTS_SECONDS } from "./controller";

/** A DNS name; that of an object, of a listener and of a rule alike. */
export const NAMES: NameRule = { max: 253 };

/** What applications take for the proxy's word. Envoy itself replaces `X-Forwarded-Proto` only. */
const FORWARDED = [
  "Forwarded",
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Port",
  "X-Forwarded-Prefix",
  "X-Forwarded-Scheme",
  "X-Real-IP",
] as const;

/** All clients: one whose address no rule names would be under no limit. */
const CLIENTS = ["0.0.0.0/0", "::/0"] as const;

/** Seconds without a byte in either direction. Envoy's own default, which goes with the limit on a whole request. */
export const IDLE_SECONDS = 300;

/**
 * How Envoy treats clients, levelled with what the controllers of Ingresses do by themselves.
 *
 * Per listener, and for HTTPS only: the plain listeners of all Gateways are one in Envoy, so none may have a policy.
 */
export function clientTrafficPolicy(
  application: Owned,
  targetRefs: readonly TargetRef<"Gateway">[],
): ClientTrafficPolicy {
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "ClientTrafficPolicy",
    metadata: applicationMetadata(application, `${application.name}-clients`),
    spec: {
      targetRefs,
      headers: {
        // Before Envoy writes the address of the connection there: what a client claims of itself is no address.
        earlyRequestHeaders: { remove: FORWARDED },
        lateResponseHeaders: { set: [{ name: "Strict-Transport-Security", value: `max-age=${HSTS_SECONDS}` }] },
        // A request that has one would be refused.
        withUnderscoresAction: "DropHeader",
        disableRateLimitHeaders: true,
      },
      // `%2F` in a path would be answered with a redirect to another path.
      path: { escapedSlashesAction: "KeepUnchanged" },
      // Envoy waits for ever, and an hour: load balancers forget an idle connection sooner, and tell nobody.
      timeout: { http: { requestHeadersReceivedTimeout: "60s", idleTimeout: "75s" } },
      // A load balancer forgets a silent connection after minutes (Azure's after four), though a stream may be silent longer.
      tcpKeepalive: { idleTime: "60s", interval: "60s" },
    },
  };
}

export interface BackendSettings {
  /** End of the policy's name. */
  readonly name: string;
  readonly targetRefs: readonly TargetRef<"HTTPRoute">[];
  /** Requests per second and client. */
  readonly rateLimit: number;
  /** Seconds without a byte in either direction. */
  readonly idleSeconds: number;
  /** Largest body. @default - as large as it comes, and passed on as it comes */
  readonly maxBodySize?: Bytes;
}

/** How Envoy treats workloads. A policy for one rule counts in place of the one for its route, of which it takes over nothing. */
export function backendTrafficPolicy(
  application: Owned,
  { name, targetRefs, rateLimit, idleSeconds, maxBodySize }: BackendSettings,
): BackendTrafficPolicy {
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "BackendTrafficPolicy",
    metadata: applicationMetadata(application, fitName([application.name, "backends", name].filter(Boolean), NAMES)),
    spec: {
      targetRefs,
      // In each proxy by itself: a limit over all of them takes a service and a Redis, without which no request passes.
      rateLimit: {
        local: {
          rules: CLIENTS.map((value) => ({
            clientSelectors: [{ sourceCIDR: { type: "Distinct", value, invert: false } }],
            limit: { requests: rateLimit, unit: "Second" },
          })),
        },
      },
      // PHP compiles its first requests: a new pod gets its share little by little.
      loadBalancer: { type: "LeastRequest", slowStart: { window: "30s" } },
      // Of such a request nothing has been sent, so it may be any.
      retry: { numRetries: 2, retryOn: { triggers: ["connect-failure"] } },
      timeout: {
        tcp: { connectTimeout: "5s" },
        http: {
          // Shorter than nginx in the pod keeps an idle connection.
          connectionIdleTimeout: "60s",
          streamIdleTimeout: `${idleSeconds}s`,
        },
      },
      ...(maxBodySize !== undefined && { requestBuffer: { limit: maxBodySize } }),
    },
  };
}
