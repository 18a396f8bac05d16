import type { Workload } from "../workload";
import type { Finding, Rule } from "./rule";

/*
 * Keys of labels and annotations that are not the workload's to say: somebody else writes them, or goes by them.
 */

/** A key, or all keys that begin with it where it ends in a slash, and who has it. */
type Taken = Readonly<Record<string, string>>;

const OURS = "goldenpath sets it";
const KUBERNETES = "Kubernetes sets it";

/** Labels that select pods and say whose they are, and those by which others let pods do something. */
const LABELS: Taken = {
  app: OURS,
  owner: OURS,
  version: OURS,
  "app.kubernetes.io/": OURS,
  "goldenpath/": OURS,
  "azure.workload.identity/": "the workload's identity sets it where its edges need one",
  "acme.cert-manager.io/": "the network lets the proof of certificates in by it",
  "pod-template-hash": KUBERNETES,
  "controller-uid": KUBERNETES,
  "job-name": KUBERNETES,
  "batch.kubernetes.io/": KUBERNETES,
  "pod-security.kubernetes.io/": "it means something on a namespace alone: use security.profile",
};

/** Annotations that controllers of ours, releases and the cluster itself write. */
const ANNOTATIONS: Taken = {
  "checksum/": OURS,
  "app.kubernetes.io/": OURS,
  "goldenpath/": OURS,
  "reloader.stakater.com/": "goldenpath tells Reloader what the workload reads",
  "secret.reloader.stakater.com/": "goldenpath tells Reloader what the workload reads",
  "configmap.reloader.stakater.com/": "goldenpath tells Reloader what the workload reads",
  "helm.sh/": "the chart sets what Helm goes by",
  "meta.helm.sh/": "Helm sets it",
  "kubectl.kubernetes.io/": "kubectl sets it",
  "deployment.kubernetes.io/": KUBERNETES,
  "batch.kubernetes.io/": KUBERNETES,
  "autopilot.gke.io/": "GKE sets it",
  "container.apparmor.security.beta.kubernetes.io/": "it goes round security.profile",
  "seccomp.security.alpha.kubernetes.io/": "it goes round security.profile",
};

/** Those by which node autoscalers leave pods alone: what runs to its end has the cloud's already. */
const UNDISTURBED: Taken = {
  "cluster-autoscaler.kubernetes.io/safe-to-evict": "a process that ends is not disturbed as it is",
  "karpenter.sh/do-not-disrupt": "a process that ends is not disturbed as it is",
};

/** Annotations of a service account by which clouds know who it is. */
const SERVICE_ACCOUNT: Taken = {
  "eks.amazonaws.com/": "the identity that edges need sets it",
  "iam.gke.io/": "the identity that edges need sets it",
  "azure.workload.identity/": "the identity that edges need sets it",
  "kubernetes.io/": KUBERNETES,
  "meta.helm.sh/": "Helm sets it",
  "kubectl.kubernetes.io/": "kubectl sets it",
};

const ends = ({ kind }: Workload): boolean => kind === "cron" || kind === "release";

export const METADATA_RULES: readonly Rule[] = [
  { reads: ["labels"], find: ({ labels }) => taken(labels, LABELS, ["labels"]) },
  {
    reads: ["annotations"],
    find: (workload) =>
      taken(workload.annotations, ends(workload) ? { ...ANNOTATIONS, ...UNDISTURBED } : ANNOTATIONS, ["annotations"]),
  },
  {
    reads: ["serviceAccount"],
    find: ({ serviceAccount }) =>
      taken(serviceAccount?.annotations, SERVICE_ACCOUNT, ["serviceAccount", "annotations"]),
  },
];

function taken(given: object | undefined, by: Taken, field: readonly string[]): Finding[] {
  return Object.keys(given ?? {}).flatMap((key): Finding[] => {
    const owner = Object.entries(by).find(([one]) => (one.endsWith("/") ? key.startsWith(one) : key === one));
    return owner === undefined ? [] : [{ field: [...field, key], why: owner[1], fix: "remove it" }];
  });
}
