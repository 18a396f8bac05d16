import type { ManifestConfig } from "@cdktf/provider-kubernetes/lib/manifest";
import type { Certificate, Issuer, RabbitmqCluster } from "../../kubernetes/objects";
import { asManifest } from "./manifest";

/*
 * Kinds of cert-manager and of RabbitMQ's operator, which the platform's stack has brought.
 */

/** An issuer by an authority is ready when it has read the authority's key. */
export function convertIssuer(object: Issuer): ManifestConfig {
  return { ...asManifest(object), ...until("Ready", "5m") };
}

/** Whoever mounts the Secret starts when it exists. */
export function convertCertificate(object: Certificate): ManifestConfig {
  return { ...asManifest(object), ...until("Ready", "5m") };
}

/**
 * The operator puts notes and a finalizer on it. The condition is true again only when every node has been replaced and
 * is ready; the first two computed fields are the provider's own defaults, lost when the list is given.
 */
export function convertRabbitmqCluster(object: RabbitmqCluster): ManifestConfig {
  return {
    ...asManifest(object),
    computedFields: ["metadata.annotations", "metadata.labels", "metadata.finalizers"],
    ...until("AllReplicasReady", "20m"),
    // Each node gives away what it leads before it goes.
    timeouts: { create: "20m", update: "20m", delete: "20m" },
  };
}

const until = (type: string, wait: string): Pick<ManifestConfig, "timeouts" | "wait"> => ({
  wait: { condition: [{ type, status: "True" }] },
  timeouts: { create: wait, update: wait },
});
