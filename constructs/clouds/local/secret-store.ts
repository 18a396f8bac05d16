import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";
import type { JsonObject } from "../../kubernetes/json";
import { READER, STORE_NAMESPACE } from "./names";

const RBAC = "rbac.authorization.k8s.io";

/** The store's namespace, by reference: what is in it waits for it. */
export interface Store {
  readonly namespace: string;
}

/** The namespace in place of a cloud's store, and who reads it. */
export function createStore(scope: Construct): Store {
  const here = new Construct(scope, "SecretStore");
  const { metadata } = new NamespaceV1(here, "Namespace", {
    metadata: { name: STORE_NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
  });
  const namespace = metadata.name;
  const reader = new ServiceAccountV1(here, "Reader", {
    metadata: { name: READER, namespace },
    automountServiceAccountToken: false,
  });
  const role = new RoleV1(here, "ReadSecrets", {
    metadata: { name: "read-secrets", namespace },
    rule: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }],
  });
  new RoleBindingV1(here, "ReaderReadsSecrets", {
    metadata: { name: "read-secrets", namespace },
    roleRef: { apiGroup: RBAC, kind: "Role", name: role.metadata.name },
    subject: [{ apiGroup: "", kind: "ServiceAccount", name: reader.metadata.name, namespace }],
  });
  return { namespace };
}

/** Lets an add-on's service account read the store as the reader, by tokens of an hour: of the reader's and of none else. */
export function allowReading(
  here: Construct,
  { namespace: storeNamespace }: Store,
  {
    name,
    namespace,
    serviceAccount,
  }: { readonly name: string; readonly namespace: string; readonly serviceAccount: string },
): void {
  const metadata = { name: `${name}-as-${READER}`, namespace: storeNamespace };
  const role = new RoleV1(here, "Role", {
    metadata,
    rule: [{ apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: [READER], verbs: ["create"] }],
  });
  new RoleBindingV1(here, "Binding", {
    metadata,
    roleRef: { apiGroup: RBAC, kind: "Role", name: role.metadata.name },
    subject: [{ apiGroup: "", kind: "ServiceAccount", name: serviceAccount, namespace }],
  });
}

/**
 * `spec.provider` of the ClusterSecretStore: the cluster itself, by its own address and authority.
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export const secretStoreProvider = (): JsonObject => ({
  kubernetes: {
    remoteNamespace: STORE_NAMESPACE,
    server: {
      url: "https://kubernetes.default.svc",
      caProvider: { type: "ConfigMap", name: "kube-root-ca.crt", key: "ca.crt", namespace: STORE_NAMESPACE },
    },
    auth: { serviceAccount: { name: READER, namespace: STORE_NAMESPACE } },
  },
});
