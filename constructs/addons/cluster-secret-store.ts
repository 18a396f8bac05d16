import { APPLICATION_NAMESPACE_LABEL, STORE_NAME } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";

/** Where ExternalSecrets read from. `provider` is the cloud's; only namespaces of applications and these of the platform may use it. */
export function clusterSecretStore(provider: JsonObject, namespaces: readonly string[] = []): JsonObject {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: { name: STORE_NAME },
    spec: {
      provider,
      conditions: [
        { namespaceSelector: { matchExpressions: [{ key: APPLICATION_NAMESPACE_LABEL, operator: "Exists" }] } },
        ...(namespaces.length > 0 ? [{ namespaces: [...namespaces] }] : []),
      ],
    },
  };
}
