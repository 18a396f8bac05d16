import { isJsonObject, type JsonObject, toJson } from "../kubernetes/json";
import type { KubernetesObject } from "../kubernetes/objects";
import { maybeIn } from "./answers";
import { groupOf, providerOf } from "./cluster-providers";

/* What applications find in their cluster, read from their own objects: nothing is asked for that none of them uses. */

/** What an object is of. */
export interface KindUse {
  /** `external-secrets.io/v1` */
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
}

/** One object of somebody else's that an object names. */
export interface NamedUse {
  /** `ingressclasses.networking.k8s.io`, as kubectl takes it. */
  readonly resource: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Pods of somebody else's that a policy lets in. */
export interface PodsUse {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A need, with the applications that have it. */
export interface Used<T> {
  readonly use: T;
  readonly by: readonly string[];
}

export interface ClusterNeeds {
  /** Kinds that whoever deploys makes objects of. */
  readonly made: readonly Used<KindUse>[];
  /** Those of them that the cluster has to know before. */
  readonly kinds: readonly Used<KindUse>[];
  readonly named: readonly Used<NamedUse>[];
  readonly pods: readonly Used<PodsUse>[];
  /** First words of `….metrics.k8s.io`, which autoscalers read: `""` is `metrics.k8s.io`. */
  readonly metrics: readonly Used<string>[];
}

/** The objects of one application. */
export interface ApplicationObjects {
  readonly application: string;
  readonly objects: readonly KubernetesObject[];
}

const ISSUER = "cert-manager.io/cluster-issuer";
const NAMESPACE_NAME = "kubernetes.io/metadata.name";

const textAt = (object: unknown, ...path: readonly string[]): string | undefined => {
  const found = maybeIn(object, ...path);
  return typeof found === "string" ? found : undefined;
};

const listAt = (object: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = maybeIn(object, ...path);
  return Array.isArray(found) ? found : [];
};

/** Names of one object, by the field that has each. */
function namedIn(object: JsonObject): NamedUse[] {
  const named = (resource: string, name: string | undefined, namespace?: string): NamedUse[] =>
    name === undefined ? [] : [{ resource, name, ...(namespace !== undefined && { namespace }) }];
  return [
    ...named("clusterissuers.cert-manager.io", textAt(object, "metadata", "annotations", ISSUER)),
    ...(textAt(object, "spec", "issuerRef", "kind") === "ClusterIssuer"
      ? named("clusterissuers.cert-manager.io", textAt(object, "spec", "issuerRef", "name"))
      : []),
    ...named("ingressclasses.networking.k8s.io", textAt(object, "spec", "ingressClassName")),
    ...named("gatewayclasses.gateway.networking.k8s.io", textAt(object, "spec", "gatewayClassName")),
    ...named("clustersecretstores.external-secrets.io", textAt(object, "spec", "secretStoreRef", "name")),
    ...[
      textAt(object, "spec", "storageClassName"),
      textAt(object, "spec", "persistence", "storageClassName"),
      ...listAt(object, "spec", "volumeClaimTemplates").map((claim) => textAt(claim, "spec", "storageClassName")),
    ].flatMap((name) => named("storageclasses.storage.k8s.io", name)),
  ];
}

/** Pods that a policy lets in, of namespaces that are none of the applications' own. */
function podsIn(object: JsonObject, own: ReadonlySet<string>): PodsUse[] {
  if (object.kind !== "NetworkPolicy") return [];
  return listAt(object, "spec", "ingress")
    .flatMap((rule) => listAt(rule, "from"))
    .flatMap((peer): PodsUse[] => {
      const namespace = textAt(peer, "namespaceSelector", "matchLabels", NAMESPACE_NAME);
      const labels = maybeIn(peer, "podSelector", "matchLabels");
      if (namespace === undefined || own.has(namespace) || !isJsonObject(labels)) return [];
      return [{ namespace, labels: labels as Readonly<Record<string, string>> }];
    });
}

const metricsIn = (object: JsonObject): string[] =>
  object.kind !== "HorizontalPodAutoscaler"
    ? []
    : listAt(object, "spec", "metrics").map((metric) => {
        const type = textAt(metric, "type");
        return type === "External" ? "external." : type === "Pods" || type === "Object" ? "custom." : "";
      });

/** Each use once, in the order of its text, with who has it. */
function collect<T>(uses: readonly (readonly [use: T, by: string])[]): Used<T>[] {
  const found = new Map<string, { readonly use: T; readonly by: Set<string> }>();
  for (const [use, by] of uses) {
    const key = JSON.stringify(use);
    const known = found.get(key) ?? { use, by: new Set<string>() };
    known.by.add(by);
    found.set(key, known);
  }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { use, by }]) => ({ use, by: [...by].sort() }));
}

/** What all of these find in their cluster, or do not. */
export function clusterNeeds(applications: readonly ApplicationObjects[]): ClusterNeeds {
  const all = applications.flatMap(({ application, objects }) =>
    objects.map((object) => ({ application, object: toJson(object) })),
  );
  const own = new Set(
    all.flatMap(({ object }) => (object.kind === "Namespace" ? (textAt(object, "metadata", "name") ?? []) : [])),
  );
  const of = <T>(uses: (object: JsonObject) => readonly T[]) =>
    collect(all.flatMap(({ application, object }) => uses(object).map((use) => [use, application] as const)));
  const made = of((object) => [kindOf(object)]);
  return {
    ...{ made, kinds: made },
    named: of(namedIn),
    pods: of((object) => podsIn(object, own)),
    metrics: of(metricsIn),
  };
}

function kindOf(object: JsonObject): KindUse {
  const namespace = textAt(object, "metadata", "namespace");
  return {
    apiVersion: textAt(object, "apiVersion") ?? "",
    kind: textAt(object, "kind") ?? "",
    ...(namespace !== undefined && { namespace }),
  };
}

/** What of it the cluster has to have where somebody else has installed these add-ons alone, and the rest is still to come. */
export const ofAddons = (needs: ClusterNeeds, addons: readonly string[]): ClusterNeeds => ({
  ...{ made: needs.made, named: [], pods: [] },
  kinds: needs.kinds.filter(({ use }) => addons.includes(providerOf(groupOf(use.apiVersion)).addon ?? "")),
  metrics: needs.metrics.filter(({ use }) => addons.includes(use === "external." ? "keda" : "metrics-server")),
});
