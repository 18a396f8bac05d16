import type { CloudFacts } from "../../../kubernetes/facts";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";

/**
 * Seconds after which a Network Load Balancer opens no more connections to a pod that was taken out of it. Documented
 * nowhere, measured as two minutes by several, whatever the deregistration delay.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366
 * @see https://github.com/aws/containers-roadmap/issues/470
 */
const DEREGISTRATION_SECONDS = 120;

/** Seconds until the controller has seen the pod go and AWS has taken the call. */
const NOTICE_SECONDS = 30;

/**
 * A Network Load Balancer to the pods themselves, not to nodes: their readiness can wait until it finds them healthy, and
 * a node that comes or goes without such a pod does not concern it. With the client's address kept, as through a node it
 * would be by `externalTrafficPolicy: Local`.
 *
 * Its security group lets anyone in to the Service's ports, and the nodes' group gets a rule for the pods' ports from
 * that of the load balancer. The controller makes and removes all three.
 */
const ANNOTATIONS = {
  [`${PREFIX}-scheme`]: "internet-facing",
  [`${PREFIX}-nlb-target-type`]: "ip",
  [`${PREFIX}-attributes`]: "load_balancing.cross_zone.enabled=true",
  [`${PREFIX}-target-group-attributes`]: [
    "preserve_client_ip.enabled=true",
    `deregistration_delay.timeout_seconds=${DEREGISTRATION_SECONDS}`,
  ].join(","),
  // On the port for clients, which network policies leave open to everyone. Two checks, 10 s apart, either way.
  [`${PREFIX}-healthcheck-protocol`]: "tcp",
  [`${PREFIX}-healthcheck-port`]: "traffic-port",
  [`${PREFIX}-healthcheck-interval`]: "10",
  [`${PREFIX}-healthcheck-healthy-threshold`]: "2",
  [`${PREFIX}-healthcheck-unhealthy-threshold`]: "2",
} as const;

type LoadBalancerFacts = Pick<
  CloudFacts,
  "loadBalancerAnnotations" | "loadBalancerClass" | "loadBalancerDrainSeconds" | "loadBalancerNamespaceLabels"
>;

/**
 * Served by AWS Load Balancer Controller or by the one that is built into Auto Mode; both read the same annotations. The
 * class is named, so that no webhook has to stand between every Service and the API server to add it.
 *
 * @param subnetIds where its addresses are @default - in those that its tags say are for it
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html
 */
export const loadBalancerFacts = (autoMode: boolean, subnetIds: readonly string[] = []): LoadBalancerFacts => ({
  loadBalancerAnnotations: {
    ...ANNOTATIONS,
    ...(subnetIds.length > 0 && { [`${PREFIX}-subnets`]: subnetIds.join(",") }),
  },
  loadBalancerClass: autoMode ? "eks.amazonaws.com/nlb" : "service.k8s.aws/nlb",
  // A new pod is not ready, and no old one goes, before its target is healthy.
  loadBalancerNamespaceLabels: {
    [`${autoMode ? "eks.amazonaws.com" : "elbv2.k8s.aws"}/pod-readiness-gate-inject`]: "enabled",
  },
  loadBalancerDrainSeconds: DEREGISTRATION_SECONDS + NOTICE_SECONDS,
});
