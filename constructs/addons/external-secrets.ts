import type { JsonObject } from "../kubernetes/json";
import type { Environment } from "../model/resolved";
import type { Addon } from "./addon";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "./scheduling";

const NAME = "external-secrets";

/** Copies secrets of the cloud's store into the Secrets that workloads refer to. */
export function externalSecrets(environment: Pick<Environment, "profile">): Addon {
  return {
    name: NAME,
    namespace: NAME,
    chart: { repository: "https://charts.external-secrets.io", name: NAME, version: "2.9.0" },
    images: (placeOf) => {
      const of = (): JsonObject => ({ image: { repository: placeOf("ghcr.io/external-secrets/external-secrets") } });
      return { ...of(), webhook: of(), certController: of() };
    },
    needs: { permissions: ["read-secrets"], serviceAccount: NAME },
    values: ({ identity }) => ({
      installCRDs: true,
      crds: {
        // Kept on uninstall: an ExternalSecret that is deleted takes its Secret with it.
        annotations: { "helm.sh/resource-policy": "keep" },
        createClusterExternalSecret: false,
        createClusterGenerator: false,
        createClusterPushSecret: false,
        createPushSecret: false,
      },
      processClusterExternalSecret: false,
      processClusterGenerator: false,
      processClusterPushSecret: false,
      processPushSecret: false,
      // A store of a namespace's own would use this identity past the cluster store's conditions. Its definition
      // stays, as the certificate controller looks for it, but no such store ever becomes ready.
      processSecretStore: false,
      // It reads with its own identity, so it needs no tokens of other service accounts.
      rbac: { serviceAccountTokenCreate: false },
      leaderElect: true,
      serviceAccount: { create: true, name: NAME, annotations: identity.annotations },
      ...(identity.podLabels !== undefined && { podLabels: identity.podLabels }),
      livenessProbe: { enabled: true },
      readinessProbe: { enabled: true },
      ...component(environment, NAME, 2, resources("50m", "256Mi", "500m")),
      webhook: {
        livenessProbe: { enabled: true },
        ...component(environment, `${NAME}-webhook`, 2, resources("25m", "128Mi", "250m")),
      },
      certController: {
        livenessProbe: { enabled: true },
        ...component(environment, `${NAME}-cert-controller`, 1, resources("25m", "128Mi", "250m")),
      },
    }),
  };
}

function component(
  environment: Pick<Environment, "profile">,
  name: string,
  inProduction: number,
  requests: JsonObject,
): JsonObject {
  const replicaCount = replicas(environment, inProduction);
  return {
    replicaCount,
    resources: requests,
    ...ON_SYSTEM_NODES,
    ...(replicaCount > 1 && {
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      topologySpreadConstraints: overZones({ "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": name }),
    }),
  };
}
