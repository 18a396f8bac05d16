import { Construct } from "constructs";
import type { Addon } from "./addons/addon";
import { addonDemand } from "./addons/addon-demand";
import { isInstalled } from "./addons/installed";
import type { GrantedMeasures } from "./addons/measures";
import { operatorsLeft } from "./addons/operators";
import type { Granted } from "./addons/permissions";
import { platformAddons, platformDefinitions } from "./addons/platform";
import type { Cluster } from "./clouds/cloud";
import type { PlatformEnvironment } from "./environment";
import type { PodDemand } from "./kubernetes/demand";
import type { CloudFacts } from "./kubernetes/facts";
import { stackNames } from "./model/names";
import { withoutLogin } from "./model/registries";
import { platformObjects } from "./rendering/platform-objects";
import { FastStack } from "./terraform/fast-stack";
import { DefinitionsRelease, HelmRelease, ObjectsRelease } from "./terraform/helm-release";
import { requireInstalled } from "./terraform/installed";
import { refuseWhileWaitedFor } from "./terraform/operators-left";

export interface PlatformProps {
  readonly environment: PlatformEnvironment;
  /** The cluster it is installed into: `environment.cloud.connect(stack, environment)`. */
  readonly cluster: Cluster;
}

type Release = HelmRelease["release"];

const NOTHING: Granted = { identity: { annotations: {} }, values: {} };

/** Where the cloud is another program's, which does not know of stores. */
const noStore = ({ name, cloud }: PlatformEnvironment, addon: Pick<Addon, "name">): string =>
  `environments.${name}.cloud: ${cloud.title} gives the add-on ${addon.name} no store of objects: let "allow" of its cluster answer ` +
  `"needs.store" with one, or with { interface: "volume" }`;

/** The same of measures: one of this program's clouds is refused before. */
const noMeasures = ({ name, cloud, observability }: PlatformEnvironment): string =>
  `environments.${name}.cloud: ${cloud.title} keeps no measures, as ${observability?.title} asks for: let "measures" of its ` +
  `cluster answer, and "offers" of the cloud say so`;

/**
 * What every application finds in its cluster: the ingress controller, certificates, secrets, DNS records, metrics,
 * and the objects that only this cloud needs; then what measures all of it, and the environment's own add-ons.
 */
export class Platform extends Construct {
  /** Releases by the add-on's name: its own and, after it, that of its objects. */
  readonly #releases = new Map<string, readonly Release[]>();
  readonly #demand: PodDemand[] = [];
  readonly #facts: CloudFacts;
  readonly #measures: GrantedMeasures | undefined;
  readonly #props: PlatformProps;

  constructor(scope: Construct, id: string, props: PlatformProps) {
    super(scope, id);
    this.#props = props;
    FastStack.require(this);
    const { environment, cluster } = props;
    const facts = environment.cloud.facts(environment);
    this.#facts = facts;
    cluster.platform(this);
    this.#measures = this.#keepMeasures();
    // First of all: controllers look for them when they start.
    const { routing, observability } = environment;
    const namespace = facts.recordsNamespace;
    const definitions = [
      ...[routing.gatewayApi, observability?.definitions].filter((one) => one !== undefined),
      ...platformDefinitions(environment),
    ];
    const first = definitions.map((one) => new DefinitionsRelease(this, one.name, { ...one, namespace }).release);
    for (const addon of cluster.addons?.(this) ?? []) this.#install(addon, first);
    const prerequisites = [...first, ...this.#installed()];
    this.#requireSnapshots();
    for (const addon of platformAddons(environment, facts)) {
      if (!isInstalled(environment.cloud.installed, addon.name)) this.#install(addon, prerequisites);
    }
    for (const operator of operatorsLeft(environment)) refuseWhileWaitedFor(this, operator);
    // A second release: in the one that brings their kinds, the API server does not know them yet.
    const objects = new ObjectsRelease(this, "objects", {
      name: "platform-objects",
      namespace: namespace ?? "kube-system",
      objects: platformObjects(environment, facts, cluster.secretStoreProvider()),
      after: this.#installed(),
    });
    // After the objects too: a chart may wait for a secret of the store, or for a certificate.
    const platform = [...first, ...this.#installed(), objects.release];
    for (const addon of observability?.addons(environment, facts) ?? []) this.#install(addon, platform);
    const all = [...this.#installed(), objects.release];
    for (const addon of environment.addons) this.#install(addon, all);
  }

  /** Pods of the add-ons that their values say. */
  get demand(): readonly PodDemand[] {
    return this.#demand;
  }

  #install(addon: Addon, before: readonly Release[]): void {
    const { environment, cluster } = this.#props;
    const facts = this.#facts;
    const { identity, values, store } = addon.needs === undefined ? NOTHING : cluster.allow(this, addon, addon.needs);
    if (addon.needs?.store !== undefined && store === undefined) throw new Error(noStore(environment, addon));
    const context = {
      identity,
      granted: values,
      ...(store && { store }),
      ...(addon.needs?.measures !== undefined && { measures: this.#measures }),
      loadBalancerAnnotations: facts.loadBalancerAnnotations ?? {},
      loadBalancerClass: facts.loadBalancerClass,
      loadBalancerDrainSeconds: facts.loadBalancerDrainSeconds,
      nodePorts: facts.nodePorts,
    };
    const chart = "name" in addon.chart ? addon.chart.name : addon.chart.folder;
    this.#demand.push(
      ...addonDemand(addon.name, chart, [...(addon.counted ?? [addon.values(context)]), ...(addon.objects ?? [])]),
    );
    const { release } = new HelmRelease(this, addon.name, {
      addon,
      context,
      registries: withoutLogin(environment.registries),
      namespaceLabels:
        addon.namespace === environment.routing.controllerPods.namespace
          ? facts.loadBalancerNamespaceLabels
          : undefined,
      after: [...before, ...(addon.after ?? []).flatMap((name) => this.#releases.get(name) ?? [])],
    });
    this.#releases.set(addon.name, [release, ...this.#objectsOf(addon, release)]);
  }

  /** The store of measures of the cloud itself, where the environment has its own by it. */
  #keepMeasures(): GrantedMeasures | undefined {
    const { environment, cluster } = this.#props;
    const need = environment.observability?.measures?.(environment);
    if (need === undefined) return undefined;
    const granted = cluster.measures?.(this, need);
    if (granted === undefined) throw new Error(noMeasures(environment));
    return granted;
  }

  /** What the objects of the copies are of, where it comes with the cluster's stack. */
  #requireSnapshots(): void {
    const { environment } = this.#props;
    const controller = this.#facts.diskSnapshots?.controller;
    if (environment.clusterBackups === undefined || controller === undefined) return;
    requireInstalled(
      this,
      "snapshots",
      controller,
      `the kinds by which disks are copied. Deploy the cluster first: cdktf deploy ${stackNames.cluster(environment.name)}; of a ` +
        `cluster that is somebody else's, ask its owner for it. Where nothing is to be copied, leave clusterBackups out of ` +
        `environments.${environment.name}.`,
    );
  }

  #objectsOf({ name, namespace, objects }: Addon, release: Release): Release[] {
    if (objects === undefined) return [];
    const id = `${name}-objects`;
    return [new ObjectsRelease(this, id, { name: id, namespace, objects, after: [release] }).release];
  }

  #installed(): Release[] {
    return [...this.#releases.values()].flat();
  }
}
