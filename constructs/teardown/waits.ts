import { loadBalancersIn } from "./load-balancers";
import type { DestroyOrder } from "./order";
import type { Wait } from "./rehearsal";
import { at, objectsOf, type Resource, type StackObject, textAt, type WrittenStack } from "./stack";

/** Stacks in the order in which they are destroyed, each with the order in it. */
export interface OrderedStack {
  readonly stack: WrittenStack;
  readonly order: DestroyOrder;
}

/** Objects that wait for a controller. */
interface Waiting {
  readonly what: string;
  readonly finalizer: string;
  /** Release of the controller. */
  readonly release: string;
  readonly source: string;
  readonly holds: (object: StackObject, all: readonly StackObject[]) => boolean;
}

const ofGroup =
  (group: string, ...kinds: readonly string[]) =>
  (object: StackObject): boolean =>
    object.group === group && (kinds.length === 0 || kinds.includes(object.kind));

const WAITING: readonly Waiting[] = [
  {
    what: "objects of KEDA",
    finalizer: "finalizer.keda.sh",
    release: "keda",
    source: "https://keda.sh/docs/latest/deploy/#uninstall",
    holds: ofGroup("keda.sh"),
  },
  {
    what: "RabbitmqClusters",
    finalizer: "deletion.finalizers.rabbitmqclusters.rabbitmq.com",
    release: "rabbitmq-cluster-operator",
    source: "https://www.rabbitmq.com/kubernetes/operator/using-operator#delete",
    holds: ofGroup("rabbitmq.com", "RabbitmqCluster"),
  },
  {
    what: "ExternalSecrets",
    finalizer: "externalsecrets.external-secrets.io/externalsecret-cleanup",
    release: "external-secrets",
    source: "https://github.com/external-secrets/external-secrets/issues/5426",
    holds: ofGroup("external-secrets.io", "ExternalSecret"),
  },
  {
    what: "Challenges, where a certificate is being ordered",
    finalizer: "acme.cert-manager.io/finalizer",
    release: "cert-manager",
    source: "https://cert-manager.io/docs/installation/helm/#uninstalling",
    holds: asksForCertificates,
  },
  {
    what: "the GatewayClass, while a Gateway is of it",
    finalizer: "gateway-exists-finalizer.gateway.networking.k8s.io",
    release: "envoy-gateway",
    source: "https://gateway-api.sigs.k8s.io/reference/spec/#gatewayclass",
    holds: ofGroup("gateway.networking.k8s.io", "Gateway", "GatewayClass"),
  },
  {
    what: "NodeClaims and classes of nodes",
    finalizer: "karpenter.sh/termination, karpenter.k8s.aws/termination",
    release: "karpenter",
    source: "https://karpenter.sh/docs/concepts/disruption/#termination-controller",
    holds: (object) => ["karpenter.sh", "karpenter.k8s.aws"].includes(object.group),
  },
];

/** Whether cert-manager orders a certificate for it from an authority that wants a proof of the name. */
function asksForCertificates(object: StackObject, all: readonly StackObject[]): boolean {
  const annotations = at(object.body, "metadata", "annotations");
  const issuer =
    textAt(annotations, "cert-manager.io/cluster-issuer") ??
    (object.kind === "Certificate" ? textAt(object.body, "spec", "issuerRef", "name") : undefined);
  return all.some(
    ({ kind, name, body }) => /Issuer$/.test(kind) && name === issuer && at(body, "spec", "acme") !== undefined,
  );
}

/** A resource, and the place of its stack among those that are destroyed. */
interface Placed {
  readonly resource: Resource;
  readonly index: number;
}

/** What waits for whom, and whether the order has it go first. */
export function waitsIn(stacks: readonly OrderedStack[]): Wait[] {
  const placed = stacks.flatMap(({ order }, index) => order.resources.map((resource): Placed => ({ resource, index })));
  const objects = placed.flatMap(({ resource, index }) => objectsOf(resource).map((object) => ({ object, index })));
  const all = objects.map(({ object }) => object);
  const known = WAITING.flatMap((waiting): Wait[] => {
    const holders = objects.filter(({ object }) => waiting.holds(object, all));
    if (holders.length === 0) return [];
    const { what, finalizer, release, source } = waiting;
    const owners = holders.map(({ object, index }): Placed => ({ resource: object.resource, index }));
    return [{ what, finalizer, source, ...judged(stacks, owners, releaseCalled(placed, release), release) }];
  });
  return [...known, ...loadBalancerWaits(stacks, placed), ...restores(placed)];
}

function releaseCalled(placed: readonly Placed[], name: string): Placed | undefined {
  return placed.find(({ resource: { type, block } }) => type === "helm_release" && block.name === name);
}

type Judged = Pick<Wait, "controller" | "objects" | "verdict" | "why">;

function judged(
  stacks: readonly OrderedStack[],
  owners: readonly Placed[],
  controller: Placed | undefined,
  name: string,
): Judged {
  const objects = [...new Set(owners.map(({ resource }) => `${resource.stack.name}: ${resource.address}`))].sort();
  if (controller === undefined) {
    const why = `no stack of the environment has ${name}: whoever runs it keeps it until they are gone`;
    return { objects, controller: name, verdict: "elsewhere", why };
  }
  const there = `${controller.resource.stack.name}: ${controller.resource.address}`;
  const late = owners.filter((owner) => !isBefore(stacks, owner, controller));
  if (late.length > 0) {
    const which = [...new Set(late.map(({ resource }) => resource.address))].join(", ");
    const why = `nothing has ${which} destroyed before ${name}: what is left then stays Terminating, and so does its namespace`;
    return { objects, controller: there, verdict: "hangs", why };
  }
  const isApart = owners.every(({ index }) => index < controller.index);
  const why = isApart ? "its stack is destroyed later" : "it is destroyed after they are";
  return { objects, controller: there, verdict: "before", why };
}

function isBefore(stacks: readonly OrderedStack[], first: Placed, second: Placed): boolean {
  if (first.index !== second.index) return first.index < second.index;
  return stacks[first.index]?.order.isBefore(first.resource.address, second.resource.address) ?? false;
}

const CLUSTERS = ["aws_eks_cluster", "azurerm_kubernetes_cluster", "google_container_cluster"];

const LOAD_BALANCERS = "https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/";

/** Services for which somebody outside of the cluster makes a load balancer. */
function loadBalancerWaits(stacks: readonly OrderedStack[], placed: readonly Placed[]): Wait[] {
  return loadBalancersIn(placed.map(({ resource }) => resource)).map(({ resource, loadBalancerClass }): Wait => {
    const owner = placed.find((one) => one.resource === resource);
    const isOfController = loadBalancerClass === "service.k8s.aws/nlb";
    const controller = isOfController ? "aws-load-balancer-controller" : "the cloud, beside the control plane";
    const said = {
      what: "Services of type LoadBalancer",
      finalizer: isOfController ? "service.k8s.aws/resources" : "service.kubernetes.io/load-balancer-cleanup",
      source: LOAD_BALANCERS,
    };
    const owners = owner === undefined ? [] : [owner];
    const found = isOfController
      ? releaseCalled(placed, controller)
      : placed.find(({ resource: { type } }) => CLUSTERS.includes(type));
    return { ...said, ...judged(stacks, owners, found, controller) };
  });
}

/** What people have restored by Velero, which nobody's stack has. */
function restores(placed: readonly Placed[]): Wait[] {
  const velero = releaseCalled(placed, "velero");
  if (velero === undefined) return [];
  return [
    {
      what: "Restores, where somebody has restored something",
      finalizer: "restores.velero.io/external-resources-finalizer",
      objects: ["made by people: kubectl -n velero get restores.velero.io"],
      controller: `${velero.resource.stack.name}: ${velero.resource.address}`,
      verdict: "by hand",
      why: "Velero is destroyed before its namespace, and a Restore that is left in it would keep that Terminating: delete them before",
      source: "https://velero.io/docs/main/restore-reference/",
    },
  ];
}
