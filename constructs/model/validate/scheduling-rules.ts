import type { LabelSelector, NodeRequirement, PodAffinityTerm, Scheduling, Toleration } from "../scheduling";
import type { Finding, Rule } from "./rule";

/* What the API server would refuse of a pod's placement, field against field. */

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

export const SCHEDULING_RULES: readonly Rule[] = [
  { reads: ["scheduling"], find: ({ scheduling = {} }) => findings(scheduling) },
  { reads: ["hostAliases"], find: ({ hostAliases = [] }) => repeated(hostAliases.map(({ ip }) => ip)) },
];

function findings({ tolerations = [], affinity = {}, priorityClass }: Scheduling): Finding[] {
  const { nodeAffinity = {}, podAffinity, podAntiAffinity } = affinity;
  const required = nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const preferred = nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const at = (...path: (string | number)[]) => ["scheduling", "affinity", ...path];
  return [
    ...tolerations.flatMap((one, index) => ofToleration(one, ["scheduling", "tolerations", index])),
    ...required.flatMap(({ matchExpressions }, index) =>
      ofRequirements(matchExpressions, at("nodeAffinity", REQUIRED, "nodeSelectorTerms", index)),
    ),
    ...preferred.flatMap(({ preference }, index) =>
      ofRequirements(preference.matchExpressions, at("nodeAffinity", PREFERRED, index, "preference")),
    ),
    ...Object.entries({ podAffinity, podAntiAffinity }).flatMap(([which, rules]) => [
      ...(rules?.[REQUIRED] ?? []).flatMap((term, index) => ofPods(term, at(which, REQUIRED, index))),
      ...(rules?.[PREFERRED] ?? []).flatMap(({ podAffinityTerm }, index) =>
        ofPods(podAffinityTerm, at(which, PREFERRED, index, "podAffinityTerm")),
      ),
    ]),
    ...(priorityClass?.startsWith("system-") === true
      ? [
          {
            field: ["scheduling", "priorityClass"],
            got: priorityClass,
            why: "classes of this name are for what the cluster itself runs on",
            fix: "use a PriorityClass of the platform's",
          },
        ]
      : []),
  ];
}

function ofToleration(one: Toleration, field: Finding["field"]): Finding[] {
  const { key, operator = "Equal", value, effect, tolerationSeconds } = one;
  return [
    ...(key === undefined && operator === "Equal"
      ? [{ field: [...field, "operator"], why: "no key to compare", fix: 'give the key, or the operator "Exists"' }]
      : []),
    ...(operator === "Exists" && value !== undefined && value !== ""
      ? [
          {
            field: [...field, "value"],
            got: value,
            why: '"Exists" compares no value',
            fix: 'remove it, or use "Equal"',
          },
        ]
      : []),
    ...(tolerationSeconds !== undefined && effect !== "NoExecute"
      ? [
          {
            field: [...field, "tolerationSeconds"],
            got: tolerationSeconds,
            why: "a pod is taken off a node by the effect NoExecute alone",
            fix: 'remove it, or set effect to "NoExecute"',
          },
        ]
      : []),
  ];
}

function ofRequirements(all: readonly NodeRequirement[], field: Finding["field"]): Finding[] {
  return all.flatMap(({ operator, values = [] }, index): Finding[] => {
    const at = [...field, "matchExpressions", index, "values"];
    if (operator === "Exists" || operator === "DoesNotExist") {
      return values.length === 0 ? [] : [{ field: at, why: `"${operator}" compares no values`, fix: "remove them" }];
    }
    if (values.length === 0) return [{ field: at, why: "missing", fix: `say what "${operator}" compares with` }];
    if (operator === "In" || operator === "NotIn") return [];
    const [one = "", ...more] = values;
    if (more.length === 0 && /^-?\d+$/.test(one)) return [];
    return [{ field: at, got: values, fix: `use one whole number with "${operator}"` }];
  });
}

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

function ofPods({ labelSelector }: PodAffinityTerm, field: Finding["field"]): Finding[] {
  const at = [...field, "labelSelector"];
  return isEmpty(labelSelector)
    ? [{ field: at, why: "selects every pod", fix: "give labels of the pods that are meant" }]
    : ofRequirements(labelSelector.matchExpressions ?? [], at);
}

/** The API server merges a list of addresses by them. */
function repeated(ips: readonly string[]): Finding[] {
  return ips.flatMap((ip, index) =>
    ips.indexOf(ip) === index
      ? []
      : [{ field: ["hostAliases", index, "ip"], got: ip, why: "given twice", fix: "put its names into one entry" }],
  );
}
