import type { ManifestConfig } from "@cdktf/provider-kubernetes/lib/manifest";
import type { OwnResource } from "../../kubernetes/object-groups";
import type {
  ExternalSecret,
  Gateway,
  GatewayObject,
  KubernetesObject,
  MonitoringObject,
  PodDisruptionBudget,
  PolicyByName,
  ScalerObject,
  SealedSecret,
} from "../../kubernetes/objects";

/*
 * Objects that no typed resource can express whole go to the API server as they are. Planning one needs a reachable
 * cluster that knows its kind.
 */

/** Who writes: as with typed resources, what Terraform says wins over what another writer left in these fields. */
const FIELD_MANAGER = { name: "terraform", forceConflicts: true };

/** `kubernetes_pod_disruption_budget_v1` of this provider has no `unhealthyPodEvictionPolicy`. */
export function convertPodDisruptionBudget(object: PodDisruptionBudget): ManifestConfig {
  return asManifest(object);
}

/**
 * The operator writes `refreshInterval` back in another notation (`1h` becomes `1h0m0s`), which Terraform would call
 * an inconsistent result. The first two are the provider's own defaults, lost when the list is given.
 *
 * Waiting for `Ready` stops the apply that creates it at the secret that is missing in the store, named, instead of
 * minutes later at pods that do not start. One that is changed was ready before.
 */
export function convertExternalSecret(object: ExternalSecret): ManifestConfig {
  return {
    ...asManifest(object),
    computedFields: ["metadata.annotations", "metadata.labels", "spec.refreshInterval"],
    wait: { condition: [{ type: "Ready", status: "True" }] },
    timeouts: { create: "5m", update: "5m" },
  };
}

/**
 * The apply that creates it waits for the controller to have read it, and stops at what was sealed for another cluster or
 * name. One that is changed was read before.
 */
export function convertSealedSecret(object: SealedSecret): ManifestConfig {
  return {
    ...asManifest(object),
    wait: { condition: [{ type: "Synced", status: "True" }] },
    timeouts: { create: "5m", update: "5m" },
  };
}

/**
 * Programmed says that the load balancer has an address and proxies answer behind it, whatever certificates there are
 * yet: those need the address first. A new load balancer takes some minutes.
 */
export function convertGateway(object: Gateway): ManifestConfig {
  return {
    ...asManifest(object),
    wait: { condition: [{ type: "Programmed", status: "True" }] },
    timeouts: { create: "10m", update: "10m" },
  };
}

/** HTTPRoutes and policies. */
export function convertGatewayObject(object: Exclude<GatewayObject, Gateway>): ManifestConfig {
  return asManifest(object);
}

/** Monitors and rules of Prometheus' operator. */
export function convertMonitoringObject(object: MonitoringObject): ManifestConfig {
  return asManifest(object);
}

/** What KEDA scales by. It puts a label and a finalizer on what it reads. */
export function convertScalerObject(object: ScalerObject): ManifestConfig {
  return {
    ...asManifest(object),
    computedFields: ["metadata.annotations", "metadata.labels", "metadata.finalizers"],
  };
}

/** Policies that know hosts by their names. */
export function convertPolicyByName(object: PolicyByName): ManifestConfig {
  return asManifest(object);
}

/**
 * Objects of the application's own. The first two fields are the provider's own defaults, lost when the list is given: others
 * write them too.
 */
export function convertOwn({ object, computedFields }: OwnResource): ManifestConfig {
  return {
    manifest: object,
    fieldManager: FIELD_MANAGER,
    ...(computedFields.length > 0 && {
      computedFields: ["metadata.annotations", "metadata.labels", ...computedFields],
    }),
  };
}

type WithSpec = Extract<KubernetesObject, { readonly spec: unknown }>;

export function asManifest(object: WithSpec): ManifestConfig {
  return {
    manifest: { ...object },
    fieldManager: FIELD_MANAGER,
  };
}
