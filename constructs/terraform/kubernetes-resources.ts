import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import type { ITerraformDependable, Precondition, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { isBasicAuth } from "../kubernetes/basic-auth";
import { namedByContent } from "../kubernetes/by-content";
import { ordersCertificates } from "../kubernetes/certificate-order";
import { objectExceptions } from "../kubernetes/check-exceptions";
import { LISTED } from "../kubernetes/network-policy";
import type { OwnResource } from "../kubernetes/object-groups";
import type { Deployment, KubernetesObject, Labels, StatefulSet } from "../kubernetes/objects";
import { isProtected } from "../kubernetes/protection";
import { isReloaded, RELOADED_ANNOTATION } from "../kubernetes/reload";
import { nameOfAllRevisions } from "../kubernetes/revision";
import { isRouteHeaders } from "../kubernetes/route-headers";
import { Calls } from "./calls";
import { exceptChecks } from "./check-exceptions";
import { DiskGuard, type DiskOwner, type DiskRefusal, ownsDisk } from "./claims";
import { convertOwn } from "./convert/manifest";
import { createResource, type Lifecycle } from "./create-resource";
import { addressOf, Forgotten } from "./forgotten";
import { creationOrder, Prerequisites } from "./prerequisites";
import { eachRevision, FirstRevisions, releaseEnd, revisionOf } from "./revisions";
import { refuseOverUnfinishedRollout } from "./rollouts";

/** Begins the ids of the application's own objects. */
const OWN = "own-";

/** Who brings the kind of an object that the cluster does not have by itself. */
function bringerOf({ kind }: Pick<KubernetesObject, "kind">): keyof Bringers | undefined {
  if (kind === "PodMonitor" || kind === "PrometheusRule") return "monitoring";
  return kind === "ScaledObject" || kind === "TriggerAuthentication" ? "scaling" : undefined;
}

interface Bringers {
  /** What monitors and rules wait for in a plan: without it the cluster does not have their kinds. @default - it has them */
  readonly monitoring?: (scope: Construct) => ITerraformDependable;
  /** The same of what KEDA scales by. @default - it has them */
  readonly scaling?: (scope: Construct) => ITerraformDependable;
}

export interface KubernetesResourcesProps extends Bringers {
  /** Objects, at most one of each kind and name. A namespace that is not among them must exist. */
  readonly objects: readonly KubernetesObject[];
  /**
   * Objects that were among `objects` as long as this stack released them, and are not now: they are left alone. A Job that
   * has run is nobody's, and goes. @default - none
   */
  readonly released?: readonly KubernetesObject[];
  /**
   * What a plan says that would have a disk smaller than it is, or of another kind. Where it is given the cluster is asked in the
   * plan, so it has to be there. @default - the plan replaces the claim, and the API server refuses a second one of its name
   */
  readonly disks?: (owner: DiskOwner) => DiskRefusal;
  /** Objects of the application's own. @default - none */
  readonly own?: readonly OwnResource[];
  /** Those of them that are released by somebody else now. @default - none */
  readonly ownReleased?: readonly OwnResource[];
}

/**
 * Kubernetes objects as Terraform resources, one each. A resource's id is its kind and name, `deployment-my-app-backend`:
 * addresses stay when objects are added, removed or given in another order.
 *
 * Dependencies are what Kubernetes would wait for: all is created after its namespace and gone before it, and pods
 * start when what they refer to is there and the rules of their namespace hold. What leads to pods changes when they are
 * there, and what they are told and may do is there for as long as they are.
 */
export class KubernetesResources extends Construct {
  /** Changes when all of the others have; where nothing of them has a name for each content there is none. */
  public readonly end: TerraformResource | undefined;
  readonly #resources = new Map<string, TerraformResource>();

  constructor(scope: Construct, id: string, props: KubernetesResourcesProps) {
    super(scope, id);
    const objects = namedByContent(props.objects);
    const calls = new Calls(objects);
    const prerequisites = new Prerequisites(calls);
    const revisions: [TerraformResource, string][] = [];
    const guard = props.disks && new DiskGuard(this, props.disks);
    const scaled = new Set([
      ...objects.flatMap((object) => scaledDeployments(object)),
      ...(props.own ?? []).flatMap(({ object, scales }) =>
        scales.map((name) => `${object.metadata.namespace}/${name}`),
      ),
    ]);
    const needed = new Set(objects.map(bringerOf));
    const brought = {
      monitoring: needed.has("monitoring") ? props.monitoring?.(this) : undefined,
      scaling: needed.has("scaling") ? props.scaling?.(this) : undefined,
    };
    for (const object of creationOrder(objects, calls)) {
      const name = resourceId(object);
      if (this.#resources.has(name)) {
        throw new Error(`${this.node.path}/${name}: given twice; name objects of one kind apart`);
      }
      const conditions = guard !== undefined && ownsDisk(object) ? guard.conditions(object) : [];
      const lifecycle = under(conditions, lifecycleOf(object, scaled));
      const before = prerequisites.of(object);
      const bringer = bringerOf(object);
      const brings = bringer && brought[bringer];
      const dependsOn = brings === undefined ? before : [...(before ?? []), brings];
      const resource = createResource(this, name, object, { ...lifecycle, dependsOn });
      exceptChecks(resource, ...objectExceptions(object));
      prerequisites.add(object, resource);
      this.#resources.set(name, resource);
      if (object.kind === "Deployment") refuseOverUnfinishedRollout(this, object, resource);
      const revision = revisionOf(object);
      if (revision !== undefined) revisions.push([resource, revision]);
    }
    for (const own of props.own ?? []) {
      const name = ownId(own);
      this.#resources.set(name, new Manifest(this, name, { ...convertOwn(own), dependsOn: prerequisites.ofOwn(own) }));
    }
    if (revisions.length > 0) {
      new FirstRevisions(this, "first-revisions", { revisions });
      this.end = releaseEnd(this, "release-end", revisions, [...this.#resources.values()]);
    }
    const left = (props.released ?? []).filter(({ kind }) => kind !== "Job");
    const addresses = [
      ...left.map((object) => this.#addressOf(object)),
      ...(props.ownReleased ?? []).map((own) =>
        addressOf(this, ownId(own), () => new Manifest(this, ownId(own), convertOwn(own))),
      ),
    ];
    if (addresses.length > 0) new Forgotten(this, "forgotten", { addresses });
  }

  #addressOf(object: KubernetesObject): string {
    const id = resourceId(object);
    return addressOf(this, id, () => createResource(this, id, object, {}));
  }

  /** The resource of an object, to refer to it or to depend on it. */
  public resource(kind: string, name: string): TerraformResource {
    const id = resourceId({ kind, metadata: { name } });
    const resource = this.#resources.get(id) ?? this.#resources.get(`${OWN}${kebab(kind)}--${name}`);
    if (resource === undefined) {
      throw new Error(`${this.node.path}/${id}: no such object; give it in \`objects\` or correct kind and name`);
    }
    return resource;
  }
}

function lifecycleOf(object: KubernetesObject, scaled: ReadonlySet<string>): Lifecycle {
  const kept = isProtected(object.metadata) && { preventDestroy: true };
  // A claim in use is not deleted before the last pod has let go of it, and Terraform would wait for that for good: the
  // Deployment would be changed after it.
  if (object.kind === "PersistentVolumeClaim") return { lifecycle: { createBeforeDestroy: true, ...kept } };
  if (kept !== false) return { lifecycle: kept };
  const revision = revisionOf(object);
  if (revision !== undefined) return eachRevision(revision);
  // One that goes does so once nothing points to it. It is made in no time, so none is left half-made in the way of the next.
  if (object.kind === "Service") return { lifecycle: { createBeforeDestroy: true } };
  // Gone when the application's own Ingress leads there, and when the route has no need of a guard.
  if (object.kind === "SecurityPolicy" || (object.kind === "Ingress" && !ordersCertificates(object.metadata))) {
    return { lifecycle: { createBeforeDestroy: true } };
  }
  // Gone when no route asks by it, or sets its headers.
  if (isBasicAuth(object) || isRouteHeaders(object)) return { lifecycle: { createBeforeDestroy: true } };
  // Gone when the policy beside it has opened again what it opened. Its list is read, and nothing is made for it.
  if (object.kind === "NetworkPolicy" && object.metadata.name.endsWith(LISTED)) {
    return { lifecycle: { createBeforeDestroy: true } };
  }
  if (object.kind === "StatefulSet") return othersWrite(object, false);
  return object.kind === "Deployment" ? othersWrite(object, scaled.has(qualified(object))) : {};
}

function under(precondition: Precondition[], { lifecycle, ...others }: Lifecycle): Lifecycle {
  return precondition.length === 0
    ? { ...others, lifecycle }
    : { ...others, lifecycle: { ...lifecycle, precondition } };
}

/** Fields of a Deployment that belong to others: from the first rollout on to the autoscaler, and to Reloader. */
function othersWrite({ metadata }: Deployment | StatefulSet, scaled: boolean): Lifecycle {
  const reloaded = `spec[0].template[0].metadata[0].annotations["${RELOADED_ANNOTATION}"]`;
  const ignoreChanges = [
    ...(scaled ? ["spec[0].replicas"] : []),
    ...(metadata.annotations !== undefined && isReloaded(metadata.annotations) ? [reloaded] : []),
  ];
  return ignoreChanges.length === 0 ? {} : { lifecycle: { ignoreChanges } };
}

/** `Deployment`, `my-app-backend` → `deployment-my-app-backend`. A revision at the end of a name is no part of the id. */
function resourceId({ kind, metadata }: { readonly kind: string; readonly metadata: Named }): string {
  return `${kebab(kind)}-${nameOfAllRevisions(metadata)}`;
}

/** `ScaledObject`, `my-app-backend` → `own-scaled-object--my-app-backend`: no kind has two hyphens, and no id of an object that this program makes begins so. */
function ownId({ object: { kind, metadata } }: OwnResource): string {
  return `${OWN}${kebab(kind)}--${metadata.name}`;
}

/** `ScaledObject` → `scaled-object` */
function kebab(kind: string): string {
  return kind.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

interface Named {
  readonly name: string;
  readonly labels?: Labels;
}

function scaledDeployments(object: KubernetesObject): string[] {
  if (object.kind !== "HorizontalPodAutoscaler" && object.kind !== "ScaledObject") return [];
  return [`${object.metadata.namespace ?? ""}/${object.spec.scaleTargetRef.name}`];
}

function qualified(object: Deployment): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
