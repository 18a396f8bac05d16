import type { AddonContext } from "../addons/addon";
import { overZones, replicas } from "../addons/scheduling";
import type { JsonObject } from "../kubernetes/json";
import type { Environment } from "../model/resolved";
import { DRAIN_SECONDS, HSTS_SECONDS, type IngressController, ON_EVERY_NODE, TOO_MANY_REQUESTS } from "./controller";
import { CONTROLLER_CLASS, INGRESS_CLASS } from "./ingress-class";
import { RESPONSE_HEADERS } from "./route-headers";

const NAME = "ingress-nginx";

const LABELS = {
  "app.kubernetes.io/name": NAME,
  "app.kubernetes.io/instance": NAME,
  "app.kubernetes.io/component": "controller",
};

/**
 * The final release of ingress-nginx, for those who depend on what only it does.
 * @see https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
 */
export const ingressNginx = (): IngressController => ({
  title: "ingress-nginx",
  version: "1.15.1",
  honours: {
    "ssl-redirect": "1.0.0",
    "limit-rps": "1.0.0",
    "proxy-read-timeout": "1.0.0",
    "proxy-send-timeout": "1.0.0",
    "backend-protocol": "1.0.0",
    "proxy-body-size": "1.0.0",
    "proxy-request-buffering": "1.0.0",
    "enable-cors": "1.0.0",
    "cors-allow-origin": "1.0.0",
    "cors-allow-methods": "1.0.0",
    "cors-allow-headers": "1.0.0",
    "cors-expose-headers": "1.0.0",
    "cors-allow-credentials": "1.0.0",
    "cors-max-age": "1.0.0",
    "from-to-www-redirect": "1.0.0",
    "permanent-redirect": "1.0.0",
    "permanent-redirect-code": "1.0.0",
    "auth-type": "1.0.0",
    "auth-secret": "1.0.0",
    "custom-headers": "1.11.0",
    "allowlist-source-range": "1.10.0",
  },
  pods: { namespace: NAME, labels: LABELS },
  ports: { web: [80, 443], metrics: 10254 },
  warning:
    "ingress-nginx is retired and gets no security fixes since March 2026; " +
    "use ingress({ controller: traefik() }), which reads the same annotations",
  addon: (environment) => ({
    name: NAME,
    namespace: NAME,
    chart: { repository: "https://kubernetes.github.io/ingress-nginx", name: NAME, version: "4.15.1" },
    images: (placeOf) => ({
      controller: { image: { repository: placeOf("registry.k8s.io/ingress-nginx/controller") } },
    }),
    values: (context) => ({ controller: controller(environment, context) }),
  }),
});

/** The path without its query, which carries tokens and mail addresses. */
const ACCESS_LOG = JSON.stringify({
  time: "$time_iso8601",
  client: "$remote_addr",
  method: "$request_method",
  host: "$host",
  path: "$uri",
  status: "$status",
  bytes: "$body_bytes_sent",
  duration: "$request_time",
  upstream: "$proxy_upstream_name",
  request_id: "$req_id",
});

function controller(environment: Pick<Environment, "profile">, context: AddonContext): JsonObject {
  const count = replicas(environment, 3);
  const drainSeconds = context.loadBalancerDrainSeconds ?? DRAIN_SECONDS;
  return {
    replicaCount: count,
    ingressClass: INGRESS_CLASS,
    ingressClassResource: { enabled: false, name: INGRESS_CLASS, controllerValue: CONTROLLER_CLASS },
    config: {
      "hsts-max-age": HSTS_SECONDS,
      "hsts-include-subdomains": "false",
      "limit-req-status-code": TOO_MANY_REQUESTS,
      // Each workload bounds its bodies itself; the default of 1 MB would come before it.
      "proxy-body-size": "0",
      "proxy-request-buffering": "off",
      "global-allowed-response-headers": RESPONSE_HEADERS.join(","),
      "log-format-escape-json": "true",
      "log-format-upstream": ACCESS_LOG,
    },
    // The way in of CVE-2025-1974. It checks Ingresses, and ours were checked before there was a plan.
    admissionWebhooks: { enabled: false },
    service: {
      annotations: context.loadBalancerAnnotations,
      ...(context.nodePorts !== undefined
        ? { ...ON_EVERY_NODE, nodePorts: { ...context.nodePorts } }
        : {
            loadBalancerClass: context.loadBalancerClass,
            // Keeps the client's address, without which a limit per client would be one for all of them.
            externalTrafficPolicy: "Local",
          }),
    },
    extraArgs: { "shutdown-grace-period": String(drainSeconds) },
    // After the drain nginx gives running requests 240 s to end.
    terminationGracePeriodSeconds: drainSeconds + 270,
    resources: { requests: { cpu: "200m", memory: "512Mi" }, limits: { cpu: "1", memory: "512Mi" } },
    ...(count > 1 && {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      topologySpreadConstraints: overZones(LABELS),
    }),
    metrics: { enabled: true },
  };
}
