import { answerAt, complaintOf, failed, jsonOf, listIn, listOf, maybeIn, passed, textIn, unclear } from "./answers";
import type { Answer, Check, ClusterAsked, Finding, Need, Words } from "./check";
import type { ClusterNeeds, KindUse, NamedUse, PodsUse, Used } from "./cluster-needs";
import { groupOf, installing, providerOf } from "./cluster-providers";
import { enforcement } from "./policy-enforcement";
import { isAtLeast } from "./tools";

/** Lowest minor version of Kubernetes whose objects these are. */
const LEAST_VERSION = "1.34";

/** Groups that every cluster has: without a dot, and those of Kubernetes itself. */
const BUILT_IN =
  /^(?:[a-z]*|(?:networking|storage|rbac\.authorization|scheduling|coordination|apiregistration|apiextensions)\.k8s\.io)$/;

const DOCS = "https://kubernetes.io/docs";

type Kubectl = (...words: Words) => Words;
type Made = Omit<Check, "after" | "kind">;

const needsOf = (by: readonly string[], what: string): Need[] => by.map((of) => ({ what, of }));

const isAbsent = ({ code, complaint }: Answer): boolean =>
  code !== 0 && /NotFound|not found|doesn't have/.test(complaint);

/** Versions of groups with their kinds, but of those that every cluster has. */
function kindChecks(kinds: readonly Used<KindUse>[]): ((kubectl: Kubectl) => Made)[] {
  const versions = new Map<string, Map<string, Set<string>>>();
  for (const { use, by } of kinds) {
    if (BUILT_IN.test(groupOf(use.apiVersion))) continue;
    const known = versions.get(use.apiVersion) ?? new Map<string, Set<string>>();
    known.set(use.kind, new Set([...(known.get(use.kind) ?? []), ...by]));
    versions.set(use.apiVersion, known);
  }
  return [...versions].map(([apiVersion, byKind]) => (kubectl) => {
    const wanted = [...byKind.keys()].sort();
    const group = groupOf(apiVersion);
    return {
      id: `cluster/kinds/${apiVersion}`,
      holds: `it knows ${wanted.join(", ")} of ${apiVersion}, as ${providerOf(group).name} brings them`,
      needs: wanted.flatMap((kind) => needsOf([...(byKind.get(kind) ?? [])].sort(), kind)),
      ask: [kubectl("get", "--raw", `/apis/${apiVersion}`)],
      passes: "resources has each by its kind",
      otherwise: { say: installing(group), run: [] },
      source: providerOf(group).source,
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (isAbsent(answer)) return failed(`it has nothing of ${apiVersion}`);
        const there = listIn(jsonOf(answer), "resources").map((one) => textIn(one, "kind"));
        const missing = wanted.filter((kind) => !there.includes(kind));
        return missing.length === 0 ? passed(wanted.join(", ")) : failed(`it has no ${missing.join(", ")}`);
      },
    };
  });
}

const RESOURCES: Readonly<Record<string, { readonly called: string; readonly otherwise: string }>> = {
  "clusterissuers.cert-manager.io": {
    called: "ClusterIssuer",
    otherwise: "have the cluster's owner make an issuer of that name, or name his in routing",
  },
  "clustersecretstores.external-secrets.io": {
    called: "ClusterSecretStore",
    otherwise: "have the cluster's owner make a store of that name, which reads the environment's secrets",
  },
  "ingressclasses.networking.k8s.io": {
    called: "IngressClass",
    otherwise: "have the cluster's owner install a controller with a class of that name, or choose the routing of his",
  },
  "gatewayclasses.gateway.networking.k8s.io": {
    called: "GatewayClass",
    otherwise: "have the cluster's owner install a controller with a class of that name",
  },
  "storageclasses.storage.k8s.io": {
    called: "StorageClass",
    otherwise: "have the cluster's owner make a class of that name with the driver that its volumes need",
  },
};

/** Whether an object of this kind says itself that it is ready. `undefined`: it says nothing of that. */
function readiness(object: unknown): Finding | undefined {
  const conditions = maybeIn(object, "status", "conditions");
  if (!Array.isArray(conditions)) return undefined;
  const ready = listOf(conditions).find((one) => ["Ready", "Accepted"].includes(textIn(one, "type")));
  if (ready === undefined) return undefined;
  const why = maybeIn(ready, "message");
  return maybeIn(ready, "status") === "True"
    ? passed("it is there, and ready")
    : failed(
        `it is there, and not ready${typeof why === "string" ? `: ${complaintOf({ complaint: why, code: 1 })}` : ""}`,
      );
}

function namedCheck({ use, by }: Used<NamedUse>, kubectl: Kubectl): Made {
  const { resource, name, namespace } = use;
  const { called, otherwise } = RESOURCES[resource] ?? {
    called: resource,
    otherwise: "have the cluster's owner make it",
  };
  const says = ["clusterissuers.cert-manager.io", "clustersecretstores.external-secrets.io"].includes(resource);
  return {
    id: `cluster/${called.toLowerCase()}/${name}`,
    holds: `it has the ${called} ${name}`,
    needs: needsOf(by, `${called} ${name}`),
    ask: [
      kubectl(
        "get",
        resource,
        name,
        ...(namespace === undefined ? [] : ["--namespace", namespace]),
        "--output",
        "json",
      ),
    ],
    passes: says
      ? "it is there, and its condition Ready is True"
      : "it is there; where it has a condition Accepted, that is True",
    otherwise: { say: otherwise, run: [] },
    source: `${DOCS}/reference/kubectl/generated/kubectl_get/`,
    judge: (answers) => {
      const answer = answerAt(answers, 0);
      if (isAbsent(answer)) return failed("there is none of that name");
      const object = jsonOf(answer);
      return (
        readiness(object) ??
        (says ? unclear("it is there, and does not say whether it is ready") : passed("it is there"))
      );
    },
  };
}

function podsCheck({ use: { namespace, labels }, by }: Used<PodsUse>, kubectl: Kubectl): Made {
  const selector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  return {
    id: `cluster/pods/${namespace}/${selector}`,
    holds: `pods ${selector} run in the namespace ${namespace}: policies let these in`,
    needs: needsOf(by, `who comes in from ${namespace}`),
    ask: [kubectl("get", "pods", "--namespace", namespace, "--selector", selector, "--output", "json")],
    passes: "one of items has the condition Ready True",
    otherwise: {
      say: "have the cluster's owner install it in that namespace with these labels: what comes from elsewhere stays out",
      run: [],
    },
    source: `${DOCS}/concepts/services-networking/network-policies/`,
    judge: (answers) => {
      const pods = listIn(jsonOf(answerAt(answers, 0)), "items");
      if (pods.length === 0) return failed("there is no such pod");
      const ready = pods.filter((pod) => readiness(pod)?.verdict === "passed").length;
      return ready > 0 ? passed(`${ready} of ${pods.length} ready`) : failed(`none of ${pods.length} is ready`);
    },
  };
}

function metricsCheck({ use, by }: Used<string>, kubectl: Kubectl): Made {
  const api = `v1beta1.${use}metrics.k8s.io`;
  return {
    id: `cluster/metrics/${api}`,
    holds: `somebody serves ${use}metrics.k8s.io, by which autoscalers decide`,
    needs: needsOf(by, "HorizontalPodAutoscaler"),
    ask: [kubectl("get", "apiservices.apiregistration.k8s.io", api, "--output", "json")],
    passes: "its condition Available is True",
    otherwise: { say: installing(use === "external." ? "keda.sh" : "metrics.k8s.io"), run: [] },
    source: `${DOCS}/tasks/debug/debug-cluster/resource-metrics-pipeline/`,
    judge: (answers) => {
      const answer = answerAt(answers, 0);
      if (isAbsent(answer)) return failed("nobody does");
      const available = listOf(maybeIn(jsonOf(answer), "status", "conditions") ?? []).find(
        (one) => textIn(one, "type") === "Available",
      );
      return maybeIn(available, "status") === "True" ? passed("available") : failed("who serves it does not answer");
    },
  };
}

/** Policies are objects that anybody takes: whether somebody follows them, no API says. */
const policyCheck = (all: readonly string[], kubectl: Kubectl): Made => ({
  id: "cluster/policies",
  holds: "somebody enforces network policies",
  needs: needsOf(all, "NetworkPolicy"),
  ask: [kubectl("get", "daemonsets", "--all-namespaces", "--output", "json")],
  passes:
    "a DaemonSet is one that is known to: of Cilium, Calico, Antrea, Dataplane V2, or the VPC CNI with its agent switched on",
  otherwise: { say: "ask the cluster's owner: without it every pod reaches every other one", run: [] },
  source: `${DOCS}/concepts/services-networking/network-policies/#prerequisites`,
  judge: (answers) => enforcement(listIn(jsonOf(answerAt(answers, 0)), "items")),
});

/** Plural by which the API knows a kind, as all kinds here form it. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith("y") && !/[aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return name.endsWith("s") ? `${name}es` : `${name}s`;
}

/** Whether who deploys may make each kind, in the namespaces of the applications. */
function rightsChecks(kinds: readonly Used<KindUse>[]): ((kubectl: Kubectl) => Made)[] {
  return kinds.map(({ use: { apiVersion, kind, namespace }, by }) => (kubectl) => {
    const group = groupOf(apiVersion);
    const resource = group === "" ? pluralOf(kind) : `${pluralOf(kind)}.${group}`;
    const where = namespace === undefined ? [] : ["--namespace", namespace];
    return {
      id: `cluster/rights/${resource}${namespace === undefined ? "" : `/${namespace}`}`,
      holds: `who asks may make ${resource}${namespace === undefined ? "" : ` in ${namespace}`}`,
      needs: needsOf(by, kind),
      ask: [kubectl("auth", "can-i", "create", resource, ...where)],
      passes: "it prints yes",
      otherwise: { say: "have the cluster's owner give that right to who deploys", run: [] },
      source: `${DOCS}/reference/access-authn-authz/authorization/#checking-api-access`,
      judge: (answers) => {
        const { text, code, complaint } = answerAt(answers, 0);
        const word = text.trim().split(/\s/)[0];
        if (word === "yes") return passed("yes");
        return word === "no" ? failed("no") : unclear(complaintOf({ complaint, code }));
      },
    };
  });
}

/** Checks of one cluster, all of them after those that tell which it is. */
export function clusterChecks(needs: ClusterNeeds, asked: ClusterAsked, all: readonly string[]): Check[] {
  const kubectl = (...words: Words): Words => ["kubectl", ...words, ...asked.options];
  const base = { kind: "cluster", after: asked.after } as const;
  const make = (check: Omit<Check, "after" | "kind">): Check => ({ ...base, ...check });
  return [
    make({
      id: "cluster/version",
      holds: `its Kubernetes is ${LEAST_VERSION} or later`,
      needs: needsOf(all, "Kubernetes"),
      ask: [kubectl("version", "--output", "json")],
      passes: `gitVersion of serverVersion is ${LEAST_VERSION} or later`,
      otherwise: { say: "have its owner upgrade it", run: [] },
      source: `${DOCS}/reference/kubectl/generated/kubectl_version/`,
      judge: (answers) => {
        const version = textIn(jsonOf(answerAt(answers, 0)), "serverVersion", "gitVersion");
        return isAtLeast(version, LEAST_VERSION) ? passed(version) : failed(version);
      },
    }),
    ...kindChecks(needs.kinds).map((check) => make(check(kubectl))),
    ...needs.named
      .filter(({ use }) => asked.except?.includes(use.resource) !== true)
      .map((used) => make(namedCheck(used, kubectl))),
    ...needs.pods.map((used) => make(podsCheck(used, kubectl))),
    ...needs.metrics.map((used) => make(metricsCheck(used, kubectl))),
    make(policyCheck(all, kubectl)),
    ...rightsChecks(needs.made).map((check) => make(check(kubectl))),
  ];
}
