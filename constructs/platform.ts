import { Construct } from "constructs";
import { platformAddons, platformObjects } from "./addons/platform";
import type { Cloud, Cluster, Identity } from "./clouds/cloud";
import type { Routing } from "./kubernetes/routing/routing";
import type { Environment } from "./model/resolved";
import { DefinitionsRelease, HelmRelease, ObjectsRelease } from "./terraform/helm-release";

export interface PlatformProps {
  readonly environment: Environment<Cloud, Routing>;
  /** The cluster it is installed into: `environment.cloud.connect(stack, environment)`. */
  readonly cluster: Cluster;
}

/**
 * What every application finds in its cluster: the ingress controller, certificates, secrets, DNS records, metrics,
 * and the objects that only this cloud needs.
 */
export class Platform extends Construct {
  constructor(scope: Construct, id: string, { environment, cluster }: PlatformProps) {
    super(scope, id);
    const facts = environment.cloud.facts(environment);
    cluster.platform(this);
    const { gatewayApi } = environment.routing;
    const definitions = gatewayApi === undefined ? [] : [new DefinitionsRelease(this, gatewayApi.name, gatewayApi)];
    const first = definitions.map(({ release }) => release);
    const releases = new Map<string, HelmRelease>();
    for (const addon of platformAddons(environment, facts)) {
      const after = [...first, ...(addon.after ?? []).flatMap((name) => releases.get(name)?.release ?? [])];
      const context = {
        identity: addon.needs === undefined ? NO_IDENTITY : cluster.allow(this, addon, addon.needs.capability),
        loadBalancerAnnotations: facts.loadBalancerAnnotations ?? {},
      };
      releases.set(addon.name, new HelmRelease(this, addon.name, { addon, context, after }));
    }
    // A second release: in the one that brings their kinds, the API server does not know them yet.
    new ObjectsRelease(this, "objects", {
      name: "platform-objects",
      namespace: "kube-system",
      objects: platformObjects(environment, facts, cluster.secretStoreProvider()),
      after: [...releases.values()].map(({ release }) => release),
    });
  }
}

const NO_IDENTITY: Identity = { annotations: {} };
