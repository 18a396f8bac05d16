import type { Construct } from "constructs";
import type { Addon } from "../../../addons/addon";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "../../../addons/scheduling";
import type { JsonObject } from "../../../kubernetes/json";
import { createAddonIdentity } from "../addon-identity";
import { environmentTags } from "../configure";
import type { ClusterAddonsInput } from "../platform-addons";
import { loadBalancerStatements } from "./policy";

const NAME = "aws-load-balancer-controller";
const NAMESPACE = "kube-system";

/** What is not used is off: a webhook that fails closed, and an AWS service the role may not call, most of all. */
const ONLY_NETWORK_LOAD_BALANCERS = {
  enableServiceMutatorWebhook: false,
  webhookConfig: { disableIngressValidation: true },
  createIngressClassResource: false,
  ingressClassParams: { create: false },
  enableShield: false,
  enableWaf: false,
  enableWafv2: false,
  controllerConfig: { featureGates: { NLBGatewayAPI: false, ALBGatewayAPI: false } },
} satisfies JsonObject;

/** Makes the load balancer of the route controller's Service, and of no Ingress or Gateway: those are the routing's. */
export function loadBalancerController(scope: Construct, input: ClusterAddonsInput): Addon {
  const { lookup, environment } = input;
  const identity = createAddonIdentity(scope, input, {
    name: NAME,
    namespace: NAMESPACE,
    serviceAccount: NAME,
    purpose: "Network Load Balancers",
    statements: loadBalancerStatements(lookup),
  });
  const count = replicas(environment, 2);
  return {
    name: NAME,
    namespace: NAMESPACE,
    createNamespace: false,
    // Its definitions are in the chart's folder `crds`: Helm installs them, and neither removes nor upgrades them.
    chart: { repository: "https://aws.github.io/eks-charts", name: NAME, version: "3.5.0" },
    images: (placeOf) => ({ image: { repository: placeOf("public.ecr.aws/eks/aws-load-balancer-controller") } }),
    values: () => ({
      clusterName: lookup.clusterName,
      // Pods cannot ask the machine's metadata for either.
      region: lookup.region,
      vpcId: lookup.vpcId,
      serviceAccount: { create: true, name: NAME, annotations: identity.annotations },
      defaultTags: { ...environmentTags(environment), "managed-by": NAME },
      ...ONLY_NETWORK_LOAD_BALANCERS,
      // Otherwise every upgrade gives the webhooks a new certificate while pods still serve the old one.
      keepTLSSecret: true,
      replicaCount: count,
      podSecurityContext: { fsGroup: 65534, seccompProfile: { type: "RuntimeDefault" } },
      securityContext: { capabilities: { drop: ["ALL"] } },
      resources: resources("50m", "256Mi", "500m"),
      ...ON_SYSTEM_NODES,
      ...(count > 1 && {
        podDisruptionBudget: { maxUnavailable: 1 },
        topologySpreadConstraints: overZones({ "app.kubernetes.io/name": NAME, "app.kubernetes.io/instance": NAME }),
      }),
    }),
  };
}
