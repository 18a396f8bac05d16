import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { ResolvedApplication } from "../model/resolved";

const RBAC = "rbac.authorization.k8s.io";

/** Account as which the preview's Secrets are read: no pod runs under it. */
const READER = "secret-reader";

/** External Secrets, as the platform installs it. */
const OPERATOR = { name: "external-secrets", namespace: "external-secrets" } as const;

interface StoreHome {
  /** The preview's namespace, by reference. */
  readonly namespace: string;
  /** Labels by which the store is found once the namespace is gone. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Makes the store of one preview: its own namespace, read by an account of that namespace, for ExternalSecrets of that namespace. External
 * Secrets reads no store of a namespace's own, as such a store could use its identity: so this is one of the cluster, and what a preview has
 * outside of its namespace.
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export function createStore(
  scope: Construct,
  { namespace: literal }: ResolvedApplication,
  { namespace, labels }: StoreHome,
): ITerraformDependable {
  const reader = new ServiceAccountV1(scope, "Reader", {
    metadata: { name: READER, namespace },
    automountServiceAccountToken: false,
  });
  const { name } = reader.metadata;
  const reads = new RoleV1(scope, "ReadSecrets", {
    metadata: { name: "read-secrets", namespace },
    rule: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }],
  });
  const asks = new RoleV1(scope, "AskAsReader", {
    metadata: { name: "ask-as-reader", namespace },
    rule: [{ apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: [READER], verbs: ["create"] }],
  });
  const bindings = [
    bind(scope, "ReaderReads", reads, { name, namespace }),
    bind(scope, "OperatorAsks", asks, OPERATOR),
  ];
  return new Manifest(scope, "Store", {
    manifest: {
      apiVersion: "external-secrets.io/v1",
      kind: "ClusterSecretStore",
      metadata: { name: literal, labels: { ...labels } },
      spec: {
        conditions: [{ namespaces: [literal] }],
        provider: {
          kubernetes: {
            remoteNamespace: literal,
            server: {
              url: "https://kubernetes.default.svc",
              caProvider: { type: "ConfigMap", name: "kube-root-ca.crt", key: "ca.crt", namespace: literal },
            },
            auth: { serviceAccount: { name: READER, namespace: literal } },
          },
        },
      },
    },
    fieldManager: { name: "terraform", forceConflicts: true },
    dependsOn: bindings,
  });
}

function bind(
  scope: Construct,
  id: string,
  { metadata }: RoleV1,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): RoleBindingV1 {
  return new RoleBindingV1(scope, id, {
    metadata: { name: metadata.name, namespace: metadata.namespace },
    roleRef: { apiGroup: RBAC, kind: "Role", name: metadata.name },
    subject: [{ apiGroup: "", kind: "ServiceAccount", name, namespace }],
  });
}
