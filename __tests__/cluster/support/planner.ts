import { apply, KUBECONFIG, kubectl, must } from "./cluster";

/** Of the kubeconfig's, beside the administrator's own. */
export const PLANNER = "planner";

const ROLE = "goldenpath-planner";
const ACCOUNT = { namespace: "default", name: "goldenpath-planner" };

/**
 * Somebody with the rights of `access.planners`, word for word what the policy of EKS, the roles of Google and that of AKS come to:
 * `get`, `list` and `watch` of everything.
 */
export async function makePlanner(): Promise<void> {
  const rbac = "rbac.authorization.k8s.io";
  must(
    await apply([
      { apiVersion: "v1", kind: "ServiceAccount", metadata: ACCOUNT },
      {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRole",
        metadata: { name: ROLE },
        rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }],
      },
      {
        apiVersion: `${rbac}/v1`,
        kind: "ClusterRoleBinding",
        metadata: { name: ROLE },
        roleRef: { apiGroup: rbac, kind: "ClusterRole", name: ROLE },
        subjects: [{ kind: "ServiceAccount", ...ACCOUNT }],
      },
    ]),
  );
  const token = must(await kubectl(["create", "token", ACCOUNT.name, "-n", ACCOUNT.namespace])).trim();
  const cluster = must(await kubectl(["config", "view", "-o", "jsonpath={.clusters[0].name}"])).trim();
  // Into the file of the control plane's: providers are told a context of it, and no other file.
  must(await kubectl(["config", "set-credentials", PLANNER, `--token=${token}`, `--kubeconfig=${KUBECONFIG}`]));
  must(await kubectl(["config", "set-context", PLANNER, `--cluster=${cluster}`, `--user=${PLANNER}`]));
}

/** Both providers are the planner until `act` has ended. */
export async function asPlanner<T>(act: () => Promise<T>): Promise<T> {
  process.env["KUBE_CTX"] = PLANNER;
  try {
    return await act();
  } finally {
    delete process.env["KUBE_CTX"];
  }
}
