import type { Addon } from "../addons/addon";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "../addons/scheduling";
import type { CloudFacts, NodePorts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { PodPeer } from "../model/connection";
import { mirrored, withoutLogin } from "../model/registries";
import type { Environment } from "../model/resolved";
import { DRAIN_SECONDS, ON_EVERY_NODE } from "./controller";
import type { ControllerPorts } from "./routing";

/** The version of the definitions too: see `addons/charts/gateway-crds`. */
export const ENVOY_GATEWAY_VERSION = "v1.9.1";

export const GATEWAY_CLASS = "envoy";

const NAMESPACE = "envoy-gateway-system";

/** The proxies, which serve all Gateways of the class. The controller, in the same namespace, never meets a client. */
export const PROXY_PODS: PodPeer = {
  namespace: NAMESPACE,
  labels: {
    "app.kubernetes.io/managed-by": "envoy-gateway",
    "app.kubernetes.io/name": "envoy",
    "app.kubernetes.io/component": "proxy",
    "gateway.envoyproxy.io/owning-gatewayclass": GATEWAY_CLASS,
  },
};

/** Envoy Gateway adds 10000 to a listener's port below 1024, which would take a capability. */
export const PROXY_PORTS: ControllerPorts = { web: [10080, 10443], metrics: 19001, metricsPath: "/stats/prometheus" };

/** The controller, which makes and configures the proxies. */
export function envoyGateway(environment: Pick<Environment, "profile">): Addon {
  const count = replicas(environment, 2);
  const labels = { "control-plane": "envoy-gateway", "app.kubernetes.io/instance": "envoy-gateway" };
  return {
    name: "envoy-gateway",
    namespace: NAMESPACE,
    chart: { repository: "oci://docker.io/envoyproxy", name: "gateway-helm", version: ENVOY_GATEWAY_VERSION },
    // Its proxies have theirs from `gatewayClass`.
    images: (placeOf) => ({
      deployment: {
        envoyGateway: { image: { repository: placeOf("docker.io/envoyproxy/gateway"), tag: ENVOY_GATEWAY_VERSION } },
      },
    }),
    values: () => ({
      // Its own way with definitions installs them once and never upgrades them.
      crds: { enabled: false },
      deployment: {
        replicas: count,
        envoyGateway: { resources: resources("100m", "512Mi", "1") },
        pod: { ...ON_SYSTEM_NODES, ...(count > 1 && { topologySpreadConstraints: overZones(labels) }) },
      },
      ...(count > 1 && { podDisruptionBudget: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" } }),
      certgen: { job: { resources: resources("10m", "64Mi", "250m"), ...ON_SYSTEM_NODES } },
      // It tells proxies their zone, by which nothing here routes, and its webhook would outlive the release.
      topologyInjector: { enabled: false },
    }),
  };
}

const STDOUT = { type: "File", file: { path: "/dev/stdout" } } satisfies JsonObject;

/** The path without its query, which carries tokens and mail addresses. */
const ACCESS_LOG = {
  type: "JSON",
  json: {
    time: "%START_TIME%",
    client: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
    method: "%REQ(:METHOD)%",
    host: "%REQ(:AUTHORITY)%",
    path: "%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%",
    status: "%RESPONSE_CODE%",
    flags: "%RESPONSE_FLAGS%",
    bytes: "%BYTES_SENT%",
    duration: "%DURATION%",
    upstream: "%UPSTREAM_CLUSTER%",
    request_id: "%REQ(X-REQUEST-ID)%",
  },
} satisfies JsonObject;

/** The class of every application's Gateway, and what the proxies behind it are like. */
export function gatewayClass(
  environment: Pick<Environment, "profile" | "registries">,
  facts: CloudFacts,
): JsonObject[] {
  const proxy = { name: GATEWAY_CLASS, namespace: NAMESPACE };
  return [
    {
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "EnvoyProxy",
      metadata: proxy,
      spec: {
        // One load balancer and its proxies for all applications, as with an Ingress: for each Gateway it would be one
        // more to pay and to wait for, in a namespace that is the same anyhow.
        mergeGateways: true,
        provider: { type: "Kubernetes", kubernetes: proxies(environment, facts) },
        shutdown: shutdown(facts),
        telemetry: { accessLog: { settings: [{ format: ACCESS_LOG, sinks: [STDOUT] }] } },
      },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: GATEWAY_CLASS },
      spec: {
        controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
        parametersRef: { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", ...proxy },
      },
    },
  ];
}

/** Image without a tag: that of the controller's own choice. */
const PROXY_IMAGE = "docker.io/envoyproxy/envoy";

function proxies(environment: Pick<Environment, "profile" | "registries">, facts: CloudFacts): JsonObject {
  const count = replicas(environment, 3);
  const imageRepository = mirrored(withoutLogin(environment.registries), PROXY_IMAGE);
  return {
    envoyDeployment: {
      replicas: count,
      container: {
        ...(imageRepository !== PROXY_IMAGE && { imageRepository }),
        resources: resources("200m", "512Mi", "1"),
      },
      ...(count > 1 && { pod: { topologySpreadConstraints: overZones(PROXY_PODS.labels) } }),
    },
    ...(count > 1 && {
      envoyPDB: {
        maxUnavailable: 1,
        patch: { type: "StrategicMerge", value: { spec: { unhealthyPodEvictionPolicy: "AlwaysAllow" } } },
      },
    }),
    envoyService: { annotations: facts.loadBalancerAnnotations ?? {}, ...service(facts) },
  };
}

/** The ports of a Service are merged by their number. */
const ports = ({ http, https }: NodePorts): JsonObject => ({
  spec: {
    ports: [
      { port: 80, nodePort: http },
      { port: 443, nodePort: https },
    ],
  },
});

function service({ loadBalancerClass, nodePorts }: CloudFacts): JsonObject {
  if (nodePorts !== undefined) return { ...ON_EVERY_NODE, patch: { type: "StrategicMerge", value: ports(nodePorts) } };
  return {
    type: "LoadBalancer",
    ...(loadBalancerClass !== undefined && { loadBalancerClass }),
    // Keeps the client's address, without which a limit per client would be one for all of them.
    externalTrafficPolicy: "Local",
  };
}

/**
 * A proxy that is to stop asks clients to leave at once. It keeps serving, and saying that it does, until load
 * balancers have turned away; running requests have as long again to end, as the other controllers give them.
 */
function shutdown({ loadBalancerDrainSeconds: drain = DRAIN_SECONDS }: CloudFacts): JsonObject {
  return {
    healthCheckFailureDelay: `${drain}s`,
    minDrainDuration: `${drain}s`,
    drainTimeout: `${drain + DRAIN_SECONDS}s`,
  };
}
