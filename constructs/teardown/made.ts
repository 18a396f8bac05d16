import { claimsOf } from "./claims";
import { loadBalancersIn } from "./load-balancers";
import type { Made } from "./rehearsal";
import { elementOf, nameOf, type Resource, textAt, valuesOf } from "./stack";

/** What is known of an environment beside its stacks. */
export interface Surroundings {
  /** Hosts of all routes. */
  readonly hosts: readonly string[];
  /** Applications whose objects are released by another tool than Terraform. */
  readonly releasedElsewhere: readonly string[];
  /** Releases of charts that the environment brings itself: nobody here knows what is in them. */
  readonly charts: readonly string[];
  /** Resources among which the classes of volumes are that there are now. */
  readonly classes: readonly Resource[];
}

/**
 * What controllers have made of what is in the stacks, and what becomes of it when these are destroyed in their order. No state has any
 * of it: whatever is left is found by hand, or on the bill.
 */
export function madeOf(
  resources: readonly Resource[],
  { hosts, releasedElsewhere, classes }: Omit<Surroundings, "charts">,
): Made[] {
  return [
    ...loadBalancers(resources),
    ...disks(resources, classes),
    ...records(resources, hosts),
    ...machines(resources),
    ...snapshots(resources),
    ...releasedElsewhere.map((application): Made => ({
      ...{ what: `objects that Helm has released of ${application}`, by: "helm", of: application, becomes: "goes" },
      says: "with their namespace, which Terraform destroys; Helm is not asked",
    })),
  ];
}

const releaseOf = (resources: readonly Resource[], name: string): Resource | undefined =>
  resources.find(({ type, block }) => type === "helm_release" && block.name === name);

function loadBalancers(resources: readonly Resource[]): Made[] {
  return loadBalancersIn(resources).map(({ resource, loadBalancerClass }): Made => {
    const isOfController = loadBalancerClass === "service.k8s.aws/nlb";
    return {
      what: "load balancer, with its addresses and rules of the firewall",
      by: isOfController ? "aws-load-balancer-controller" : "the cloud's controller of Services",
      of: elementOf(resource),
      becomes: "goes",
      says: "when its Service does, as the controller is there until then; it is orphaned where the cluster goes first, and keeps the network from being deleted",
    };
  });
}

/** Whether it is AKS: whatever its drivers make is in a group of resources that Azure deletes with the cluster. */
const isOfNodesGroup = (resources: readonly Resource[]): boolean =>
  resources.some(({ type }) => type === "azurerm_kubernetes_cluster");

function disks(resources: readonly Resource[], written: readonly Resource[]): Made[] {
  const classes = new Map(
    written
      .filter(({ type }) => type === "kubernetes_storage_class_v1")
      .map(({ block }) => [
        textAt(block, "metadata", "name"),
        {
          policy: textAt(block, "reclaim_policy") ?? "Delete",
          provisioner: textAt(block, "storage_provisioner") ?? "the driver",
          isDefault: textAt(block, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class") === "true",
        },
      ]),
  );
  const byDefault = [...classes].find(([, { isDefault }]) => isDefault)?.[0];
  return resources.flatMap(claimsOf).map(({ resource, name, storageClass = byDefault }): Made => {
    const found = classes.get(storageClass);
    const made = { what: `volume ${nameOf(name, "")}`, of: elementOf(resource) };
    if (found === undefined) {
      const says = `whether it stays, its class says: kubectl get storageclass ${storageClass ?? ""} -o jsonpath={.reclaimPolicy}`;
      return { ...made, by: "the driver of the cluster", becomes: "stays", says };
    }
    const by = found.provisioner;
    if (by === "disk.csi.azure.com" && isOfNodesGroup(resources)) {
      const says = `${found.policy === "Retain" ? "outlives its claim, but not the cluster" : "with its claim, at the latest with the cluster"}: Azure deletes the nodes' group of resources with it, disks too`;
      return { ...made, by, becomes: "goes", says };
    }
    if (found.policy === "Retain") {
      const says =
        "its class has Retain: what is on it outlives claim and cluster, and is billed, until somebody deletes it by the cloud's own tool";
      return { ...made, by, becomes: "stays", says };
    }
    const says =
      "when its claim does, as long as the driver runs; it is orphaned where the cluster goes before the driver has deleted it";
    return { ...made, by, becomes: "goes", says };
  });
}

function records(resources: readonly Resource[], hosts: readonly string[]): Made[] {
  const release = releaseOf(resources, "external-dns");
  if (release === undefined || hosts.length === 0) return [];
  const { policy, domainFilters } = valuesOf(release.block);
  const domains = (Array.isArray(domainFilters) ? domainFilters : []).filter((one) => typeof one === "string");
  const own = hosts.filter(
    (host) => domains.length === 0 || domains.some((domain) => host === domain || host.endsWith(`.${domain}`)),
  );
  if (own.length === 0) return [];
  const stays = policy !== "sync";
  return [
    {
      what: `DNS records of ${own.join(", ")}, and the notes of who owns them`,
      by: "external-dns",
      of: elementOf(release),
      becomes: stays ? "stays" : "goes",
      says: stays
        ? "it deletes none here (upsert-only): delete them in their zone, or they lead to an address that may be somebody else's"
        : "within five minutes after the routes, if external-dns is there for so long; they are orphaned where the platform goes sooner",
    },
  ];
}

function machines(resources: readonly Resource[]): Made[] {
  return [releaseOf(resources, "karpenter")]
    .filter((one) => one !== undefined)
    .map((release) => ({
      what: "machines of the pool, with their disks",
      by: "karpenter",
      of: elementOf(release),
      becomes: "goes",
      says: "when their NodeClaims do, which Karpenter ends before it is uninstalled itself",
    }));
}

function snapshots(resources: readonly Resource[]): Made[] {
  return [releaseOf(resources, "velero")]
    .filter((one) => one !== undefined)
    .map((release) => ({
      what: "snapshots of disks",
      by: "velero, by the drivers of the cluster",
      of: elementOf(release),
      becomes: isOfNodesGroup(resources) ? "goes" : "stays",
      says: isOfNodesGroup(resources)
        ? "with the cluster: Azure deletes the nodes' group of resources with it, and snapshots are in there"
        : "nobody deletes them once Velero is gone, and they are billed: delete them by the cloud's own tool, or before by velero backup delete",
    }));
}
