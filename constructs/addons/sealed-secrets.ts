import type { Addon } from "./addon";
import { split } from "./images";
import { ON_SYSTEM_NODES, resources } from "./scheduling";

const NAME = "sealed-secrets";

/** Turns SealedSecrets, which may be in a repository, into Secrets. Its keys are Secrets of its namespace: back them up. */
export function sealedSecrets(): Addon {
  return {
    name: NAME,
    namespace: NAME,
    chart: { repository: "https://bitnami-labs.github.io/sealed-secrets", name: NAME, version: "2.18.5" },
    images: (placeOf) => ({ image: split(placeOf("docker.io/bitnami/sealed-secrets-controller")) }),
    values: () => ({
      // What `kubeseal` looks for beside the namespace.
      fullnameOverride: NAME,
      // It renews its key every month and keeps the old ones: a ciphertext stays readable.
      keyrenewperiod: "720h",
      logFormat: "json",
      containerSecurityContext: {
        enabled: true,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: 1001,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      },
      // One at a time by its nature: no replicas, and no budget that would block the node's drain.
      resources: resources("25m", "128Mi", "250m"),
      ...ON_SYSTEM_NODES,
    }),
  };
}
