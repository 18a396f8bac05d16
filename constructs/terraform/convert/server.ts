import type { ManifestConfig } from "@cdktf/provider-kubernetes/lib/manifest";
import type { Certificate, Issuer, RabbitmqCluster } from "../../kubernetes/objects";
import { asManifest } from "./manifest";

/*
 * Kinds of cert-manager and of RabbitMQ's operator, which the platform's stack has brought.
 */

const ready = (type: string) => ({ type, status: "True" });

const until = (type: string, wait: string): Pick<ManifestConfig, "timeouts" | "wait"> => ({
  wait: { condition: [ready(type)] },
  timeouts: { create: wait, update: wait },
});

/** An issuer by an authority is ready when it has read the authority's key. */
export function convertIssuer(object: Issuer): ManifestConfig {
  return { ...asManifest(object), ...until("Ready", "5m") };
}

/** Whoever mounts the Secret starts when it exists. */
export function convertCertificate(object: Certificate): ManifestConfig {
  return { ...asManifest(object), ...until("Ready", "5m") };
}

/**
 * The operator puts notes and a finalizer on it. Every node has been replaced and is ready again by the first condition; by
 * the second nothing of what was asked for was refused. The provider compares conditions with fixed texts: that they are of
 * this generation of the object it cannot ask. The first two computed fields are its own defaults, lost when the list is given.
 */
export function convertRabbitmqCluster(object: RabbitmqCluster): ManifestConfig {
  return {
    ...asManifest(object),
    computedFields: ["metadata.annotations", "metadata.labels", "metadata.finalizers"],
    wait: { condition: [ready("AllReplicasReady"), ready("ReconcileSuccess")] },
    // Each node gives away what it leads before it goes.
    timeouts: { create: "20m", update: "20m", delete: "20m" },
  };
}
