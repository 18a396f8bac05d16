import { apiGroup, type Manifest, manifestTitle, type ObjectGroup, templateLabels } from "../object-group";
import type { Path, Problem } from "../problem";
import { amountProblems } from "./manifest-amounts";
import { isObject } from "./usable";

interface Refusal {
  /** Groups of APIs and kinds: `/Secret`, `rbac.authorization.k8s.io/ClusterRole`. */
  readonly kinds: readonly string[];
  readonly why: string;
  readonly fix: string;
}

/** Kinds that no group may have: what others of this program answer for, what holds data or values, what is no application's. */
const REFUSALS: readonly Refusal[] = [
  {
    kinds: ["/Secret"],
    why: "its values would be in plans and in the state",
    fix: "use secrets of the application, or an ExternalSecret",
  },
  {
    kinds: ["/PersistentVolumeClaim"],
    why: "nothing would protect what it holds",
    fix: "give the volume to a workload, or a template of it to a StatefulSet",
  },
  {
    kinds: ["/ResourceQuota", "/LimitRange"],
    why: "the application has one, made of what it can ask for",
    fix: "say in pods what these ask for",
  },
  {
    kinds: ["batch/Job"],
    why: "Kubernetes changes no Job, and each release would stop at it",
    fix: "use a release() or cron() workload",
  },
  {
    kinds: [
      "/Namespace",
      "/Node",
      "/PersistentVolume",
      "admissionregistration.k8s.io/MutatingWebhookConfiguration",
      "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
      "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
      "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
      "apiextensions.k8s.io/CustomResourceDefinition",
      "apiregistration.k8s.io/APIService",
      "cert-manager.io/ClusterIssuer",
      "external-secrets.io/ClusterExternalSecret",
      "external-secrets.io/ClusterSecretStore",
      "gateway.networking.k8s.io/GatewayClass",
      "karpenter.sh/NodePool",
      "networking.k8s.io/IngressClass",
      "node.k8s.io/RuntimeClass",
      "rbac.authorization.k8s.io/ClusterRole",
      "rbac.authorization.k8s.io/ClusterRoleBinding",
      "scheduling.k8s.io/PriorityClass",
      "storage.k8s.io/CSIDriver",
      "storage.k8s.io/StorageClass",
    ],
    why: "is of the whole cluster and of no application",
    fix: "install it by a chart of the environment's own add-ons",
  },
];

/** What is wrong with the manifests of one group, by themselves. `at` is the group. */
export const manifestProblems = (at: Path, { manifests, pods }: ObjectGroup): Problem[] =>
  manifests.flatMap((manifest, index) => {
    const path = [...at, "manifests", index];
    const odd = noData(manifest, path);
    if (odd.length > 0) return odd;
    if (/List$/.test(manifest.kind) && Array.isArray(manifest.items)) {
      return [
        { path: [...path, "kind"], got: manifest.kind, why: "is many objects in one", fix: "give each as a manifest" },
      ];
    }
    const refusal = REFUSALS.find(({ kinds }) => kinds.includes(`${apiGroup(manifest.apiVersion)}/${manifest.kind}`));
    if (refusal !== undefined) {
      return [{ path: [...path, "kind"], got: manifest.kind, why: refusal.why, fix: refusal.fix }];
    }
    return [
      ...podProblems(path, manifest, pods),
      ...amountProblems(path, manifest, pods),
      ...serviceProblems(path, manifest),
    ];
  });

/**
 * What JSON has no form for, and `null`, which takes fields away where values of charts are merged. Instances of classes are
 * found in every input.
 */
function noData(value: unknown, path: Path): Problem[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      item === undefined
        ? [{ path: [...path, index], why: "a hole in a list", fix: "take it out" }]
        : noData(item, [...path, index]),
    );
  }
  if (isObject(value)) return Object.entries(value).flatMap(([key, inner]) => noData(inner, [...path, key]));
  const isData = value === undefined || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
  if (isData) return [];
  return [{ path, got: value, fix: "give plain data: texts, numbers, true, false, lists and objects" }];
}

/** Quotas and policies go by what the group says of its pods. */
function podProblems(path: Path, manifest: Manifest, pods: ObjectGroup["pods"]): Problem[] {
  const labels = templateLabels(manifest);
  if (labels === undefined) return [];
  if (pods === undefined) {
    const why = "has pods, and no quota counts and no policy opens anything for them";
    return [{ path: [...path, "kind"], got: manifest.kind, why, fix: "say in pods of the group what they are" }];
  }
  return Object.entries(pods.labels).flatMap(([key, value]): Problem[] => {
    if (labels[key] === value) return [];
    const why = `its pods have no label ${key}: ${JSON.stringify(value)}, by which the group knows them`;
    return [{ path, why, fix: "give the template all labels in pods of the group" }];
  });
}

/** What is open to the world is a route. */
function serviceProblems(path: Path, { apiVersion, kind, spec }: Manifest): Problem[] {
  const isService = apiGroup(apiVersion) === "" && kind === "Service";
  if (!isService || !isObject(spec) || (spec.type !== "LoadBalancer" && spec.type !== "NodePort")) return [];
  const why = "the namespace's quota admits no load balancer, and no policy lets nodes in";
  return [
    {
      path: [...path, "spec", "type"],
      got: spec.type,
      why,
      fix: 'use "ClusterIP", and a route of a workload before it',
    },
  ];
}

/** Manifests of all groups that have one title, each with the group that has it already. */
export function repeated(
  groups: Readonly<Record<string, ObjectGroup>>,
): { readonly group: string; readonly index: number; readonly title: string; readonly other: string }[] {
  const taken = new Map<string, string>();
  return Object.entries(groups).flatMap(([group, { manifests }]) =>
    manifests.flatMap((manifest, index) => {
      const title = manifestTitle(manifest);
      const other = taken.get(title);
      taken.set(title, other ?? group);
      return other === undefined ? [] : [{ group, index, title, other }];
    }),
  );
}
