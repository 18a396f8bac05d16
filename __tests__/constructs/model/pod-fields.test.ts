import { draft, problemsOf } from "../../support/input";

/* What is refused of labels, annotations and placement: at the workload, and at what an environment says of it. */

function given(fields: object, workload = "web"): string[] {
  const { environment, workload: raw } = draft();
  Object.assign(raw(workload), fields);
  return problemsOf(environment);
}

test.each([
  [{ labels: { app: "x" } }, "labels.app: goldenpath sets it; remove it"],
  [{ labels: { "app.kubernetes.io/name": "x" } }, 'labels["app.kubernetes.io/name"]: goldenpath sets it; remove it'],
  [
    { labels: { "acme.cert-manager.io/http01-solver": "true" } },
    'labels["acme.cert-manager.io/http01-solver"]: the network lets the proof of certificates in by it; remove it',
  ],
  [
    { labels: { tier: "two words" } },
    'labels.tier: got "two words"; use the value of a label: up to 63 letters, digits and - _ .',
  ],
  [
    { labels: { "a/b/c": "x" } },
    'labels["a/b/c"]: use the key of a label: a name of up to 63 letters, digits and - _ ., with a domain and a slash before it or without',
  ],
  [{ annotations: { "checksum/config": "x" } }, 'annotations["checksum/config"]: goldenpath sets it; remove it'],
  [
    { annotations: { "secret.reloader.stakater.com/reload": "x" } },
    'annotations["secret.reloader.stakater.com/reload"]: goldenpath tells Reloader what the workload reads; remove it',
  ],
  [
    { annotations: { "helm.sh/hook": "x" } },
    'annotations["helm.sh/hook"]: the chart sets what Helm goes by; remove it',
  ],
  [
    { annotations: { big: "x".repeat(262_144) } },
    "annotations: got an object; use less than 256 KiB for all of them: Kubernetes takes no more",
  ],
  [
    { serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": "x" } } },
    'serviceAccount.annotations["eks.amazonaws.com/role-arn"]: the identity that edges need sets it; remove it',
  ],
  [
    { scheduling: { tolerations: [{ value: "x" }] } },
    'scheduling.tolerations[0].operator: no key to compare; give the key, or the operator "Exists"',
  ],
  [
    { scheduling: { tolerations: [{ key: "a", operator: "Exists", value: "x" }] } },
    'scheduling.tolerations[0].value: got "x", "Exists" compares no value; remove it, or use "Equal"',
  ],
  [
    { scheduling: { tolerations: [{ key: "a", value: "x", tolerationSeconds: 3 }] } },
    'scheduling.tolerations[0].tolerationSeconds: got 3, a pod is taken off a node by the effect NoExecute alone; remove it, or set effect to "NoExecute"',
  ],
  [
    { scheduling: { priorityClass: "system-node-critical" } },
    'scheduling.priorityClass: got "system-node-critical", classes of this name are for what the cluster itself runs on; use a PriorityClass of the platform\'s',
  ],
  [
    { hostAliases: [{ ip: "10.0.0", hostnames: ["a"] }] },
    'hostAliases[0].ip: got "10.0.0"; use an IPv4 or IPv6 address',
  ],
  [
    {
      hostAliases: [
        { ip: "10.0.0.1", hostnames: ["a"] },
        { ip: "10.0.0.1", hostnames: ["b"] },
      ],
    },
    'hostAliases[1].ip: got "10.0.0.1", given twice; put its names into one entry',
  ],
])("%j", (fields, problem) => {
  expect(given(fields)).toEqual([`applications.shop.workloads.web.${problem}`]);
  const { environment, overlay } = draft();
  Object.assign(overlay, { workloads: { web: fields } });
  expect(problemsOf(environment)).toEqual([`environments.production.applications.shop.workloads.web.${problem}`]);
});

const required = "requiredDuringSchedulingIgnoredDuringExecution";

test.each([
  [{ key: "a", operator: "In" }, '.values: missing; say what "In" compares with'],
  [{ key: "a", operator: "Exists", values: ["b"] }, '.values: "Exists" compares no values; remove them'],
  [{ key: "a", operator: "Gt", values: ["b"] }, '.values: got ["b"]; use one whole number with "Gt"'],
  [
    { key: "a", operator: "Like", values: ["b"] },
    '.operator: got "Like"; use "In", "NotIn", "Exists", "DoesNotExist", "Gt" or "Lt"',
  ],
])("a node with %j", (requirement, problem) => {
  const nodeAffinity = { [required]: { nodeSelectorTerms: [{ matchExpressions: [requirement] }] } };
  expect(given({ scheduling: { affinity: { nodeAffinity } } })).toEqual([
    `applications.shop.workloads.web.scheduling.affinity.nodeAffinity.${required}.nodeSelectorTerms[0].matchExpressions[0]${problem}`,
  ]);
});

test("a rule about pods says which", () => {
  const podAffinity = { [required]: [{ labelSelector: {}, topologyKey: "kubernetes.io/hostname" }] };
  expect(given({ scheduling: { affinity: { podAffinity } } })).toEqual([
    `applications.shop.workloads.web.scheduling.affinity.podAffinity.${required}[0].labelSelector: selects every pod; give labels of the pods that are meant`,
  ]);
});

test("what keeps an autoscaler of nodes away is a web workload's to say, and of what ends the cloud's", () => {
  const annotations = { "karpenter.sh/do-not-disrupt": "true" };
  expect(given({ annotations })).toEqual([]);
  expect(given({ annotations }, "nightly")).toEqual([
    'applications.shop.workloads.nightly.annotations["karpenter.sh/do-not-disrupt"]: a process that ends is not disturbed as it is; remove it',
  ]);
});

test("every problem is told at once", () => {
  expect(given({ labels: { app: "x", owner: "y" }, annotations: { "checksum/a": "z" } })).toHaveLength(3);
});
