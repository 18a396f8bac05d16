import { z } from "zod";
import type { AddonContext } from "../addons/addon";
import { split } from "../addons/images";
import { overZones, replicas } from "../addons/scheduling";
import type { JsonObject } from "../kubernetes/json";
import { orEmpty } from "../model/plain";
import type { Environment } from "../model/resolved";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { DRAIN_SECONDS, HSTS_SECONDS, type IngressController, ON_EVERY_NODE } from "./controller";
import { CONTROLLER_CLASS, INGRESS_CLASS } from "./ingress-class";
import { RESPONSE_HEADERS } from "./route-headers";
import { precedenceProblems } from "./traefik-precedence";

const NAME = "traefik";

/** Labels that the chart gives its pods: its instance is release and namespace. */
const LABELS = { "app.kubernetes.io/name": NAME, "app.kubernetes.io/instance": `${NAME}-${NAME}` };

export interface TraefikProps {
  /**
   * Longest time that a client may take to send a request with its body, in seconds; of all applications on the cluster.
   * It also bounds a client that sends its headers byte by byte, so that it is not endless. @default 600
   */
  readonly uploadSeconds?: number;
}

const UPLOAD_SECONDS = 600;

const SCHEMA = schemaOf<TraefikProps>()({ uploadSeconds: z.int().min(1).max(86_400).optional() });

/**
 * Traefik with its provider for annotations of ingress-nginx, which watches Ingresses of the class `nginx`.
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress-nginx/
 */
export const traefik = (props: TraefikProps = {}): IngressController => ({
  title: "Traefik",
  version: "3.7.11",
  honours: {
    "ssl-redirect": "3.5.0",
    "limit-rps": "3.7.0",
    "proxy-read-timeout": "3.7.0",
    "proxy-send-timeout": "3.7.0",
    "backend-protocol": "3.5.0",
    "proxy-body-size": "3.7.0",
    "proxy-request-buffering": "3.7.0",
    "enable-cors": "3.5.0",
    "cors-allow-origin": "3.5.0",
    "cors-allow-methods": "3.5.0",
    "cors-allow-headers": "3.5.0",
    "cors-expose-headers": "3.5.0",
    "cors-allow-credentials": "3.5.0",
    "cors-max-age": "3.5.0",
    "from-to-www-redirect": "3.5.0",
    "permanent-redirect": "3.5.0",
    "permanent-redirect-code": "3.5.0",
    "auth-type": "3.5.0",
    "auth-secret": "3.5.0",
    "custom-headers": "3.7.0",
    "allowlist-source-range": "3.7.0",
  },
  pods: { namespace: NAME, labels: LABELS },
  ports: { web: [8000, 8443], metrics: 9100 },
  problems: (path) => check(SCHEMA, props, path),
  routeProblems: precedenceProblems,
  addon: (environment) => ({
    name: NAME,
    namespace: NAME,
    chart: { repository: "https://traefik.github.io/charts", name: NAME, version: "41.3.0" },
    images: (placeOf) => ({ image: split(placeOf("docker.io/library/traefik")) }),
    values: (context) => values(environment, context, orEmpty(props).uploadSeconds ?? UPLOAD_SECONDS),
  }),
});

/** Seconds after the drain: running requests have this long to end: those of workloads with the model's default do. */
const GRACE_SECONDS = 70;

function values(environment: Pick<Environment, "profile">, context: AddonContext, uploadSeconds: number): JsonObject {
  const transport = transportOf(uploadSeconds);
  const count = replicas(environment, 3);
  const drainSeconds = context.loadBalancerDrainSeconds ?? DRAIN_SECONDS;
  const { nodePorts } = context;
  return {
    providers: {
      kubernetesIngressNGINX: {
        enabled: true,
        ingressClass: INGRESS_CLASS,
        controllerClass: CONTROLLER_CLASS,
        // external-dns reads the load balancer's address from the Ingress.
        publishService: { enabled: true },
        disableSvcExternalName: true,
        globalAllowedResponseHeaders: RESPONSE_HEADERS,
      },
      // One provider only: two would both serve an Ingress without a class.
      kubernetesIngress: { enabled: false },
      kubernetesCRD: { enabled: false },
      file: { enabled: true, content: { http: { middlewares: { hsts: hsts() } } } },
    },
    // Its class would have Traefik's own controller name; ours is not part of the release.
    ingressClass: { enabled: false },
    ports: {
      web: { transport, ...(nodePorts !== undefined && { nodePort: nodePorts.http }) },
      websecure: {
        transport,
        http: { middlewares: ["hsts@file"] },
        ...(nodePorts !== undefined && { nodePort: nodePorts.https }),
      },
    },
    service: {
      annotations: context.loadBalancerAnnotations,
      spec:
        nodePorts !== undefined
          ? ON_EVERY_NODE
          : {
              type: "LoadBalancer",
              loadBalancerClass: context.loadBalancerClass,
              // Keeps the client's address, without which a limit per client would be one for all of them.
              externalTrafficPolicy: "Local",
            },
    },
    deployment: {
      replicas: count,
      lifecycle: { preStop: { sleep: { seconds: drainSeconds } } },
      terminationGracePeriodSeconds: drainSeconds + GRACE_SECONDS + 15,
    },
    resources: { requests: { cpu: "200m", memory: "256Mi" }, limits: { cpu: "1", memory: "256Mi" } },
    ...(count > 1 && {
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      topologySpreadConstraints: overZones(LABELS),
    }),
    metrics: { prometheus: { addRoutersLabels: true, service: { enabled: true } } },
    log: { format: "json" },
    // Query strings carry tokens and mail addresses.
    accessLog: { enabled: true, format: "json", fields: { queryParameters: { defaultMode: "drop" } } },
    api: { dashboard: false },
    global: { checkNewVersion: false, sendAnonymousUsage: false },
  };
}

/** Text, as Helm prints a number of this size as 3.1536e+07. */
function hsts(): JsonObject {
  return { headers: { stsSeconds: HSTS_SECONDS } };
}

/** Its own 60 s would cut off every upload that takes longer. Reading alone: an answer takes as long as it takes. */
function transportOf(uploadSeconds: number): JsonObject {
  return {
    respondingTimeouts: { readTimeout: `${uploadSeconds}s` },
    lifeCycle: { graceTimeOut: `${GRACE_SECONDS}s` },
  };
}
