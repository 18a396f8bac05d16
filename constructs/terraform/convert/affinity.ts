import type { DeploymentV1SpecTemplateSpecAffinity } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type {
  Affinity,
  LabelSelector,
  NodeAffinity,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  Toleration,
} from "../../model/scheduling";
import { nothingLeft } from "./total";

/** A toleration without a key is for every taint: the provider leaves out what is not given. */
export function convertToleration(toleration: Toleration, where: string) {
  const { key, operator, value, effect, tolerationSeconds, ...rest } = toleration;
  nothingLeft(rest, where);
  return {
    key,
    operator,
    value,
    effect,
    ...(tolerationSeconds !== undefined && { tolerationSeconds: String(tolerationSeconds) }),
  };
}

export function convertAffinity(affinity: Affinity, where: string): DeploymentV1SpecTemplateSpecAffinity {
  const { nodeAffinity, podAffinity, podAntiAffinity, ...rest } = affinity;
  nothingLeft(rest, where);
  return {
    nodeAffinity: nodeAffinity && convertNodeAffinity(nodeAffinity, `${where}.nodeAffinity`),
    podAffinity: podAffinity && convertPodAffinity(podAffinity, `${where}.podAffinity`),
    podAntiAffinity: podAntiAffinity && convertPodAffinity(podAntiAffinity, `${where}.podAntiAffinity`),
  };
}

function convertNodeAffinity(affinity: NodeAffinity, where: string) {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
    ...rest
  } = affinity;
  nothingLeft(rest, where);
  return {
    requiredDuringSchedulingIgnoredDuringExecution: required && convertNodeTerms(required, `${where}.required`),
    preferredDuringSchedulingIgnoredDuringExecution: preferred?.map((one, index) => {
      const { weight, preference, ...left } = one;
      const at = `${where}.preferred[${index}]`;
      nothingLeft(left, at);
      return { weight, preference: convertNodeTerm(preference, `${at}.preference`) };
    }),
  };
}

function convertNodeTerms(
  { nodeSelectorTerms, ...rest }: { readonly nodeSelectorTerms: readonly NodeSelectorTerm[] },
  where: string,
) {
  nothingLeft(rest, where);
  return { nodeSelectorTerm: nodeSelectorTerms.map((term, index) => convertNodeTerm(term, `${where}[${index}]`)) };
}

function convertNodeTerm({ matchExpressions, ...rest }: NodeSelectorTerm, where: string) {
  nothingLeft(rest, where);
  return { matchExpressions: convertRequirements(matchExpressions, where) };
}

function convertPodAffinity(affinity: PodAffinity, where: string) {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
    ...rest
  } = affinity;
  nothingLeft(rest, where);
  return {
    requiredDuringSchedulingIgnoredDuringExecution: required?.map((term, index) =>
      convertPodTerm(term, `${where}.required[${index}]`),
    ),
    preferredDuringSchedulingIgnoredDuringExecution: preferred?.map((one, index) => {
      const { weight, podAffinityTerm, ...left } = one;
      const at = `${where}.preferred[${index}]`;
      nothingLeft(left, at);
      return { weight, podAffinityTerm: convertPodTerm(podAffinityTerm, `${at}.podAffinityTerm`) };
    }),
  };
}

function convertPodTerm(term: PodAffinityTerm, where: string) {
  const { labelSelector, topologyKey, namespaces, ...rest } = term;
  nothingLeft(rest, where);
  return {
    labelSelector: [convertSelector(labelSelector, `${where}.labelSelector`)],
    topologyKey,
    ...(namespaces !== undefined && { namespaces: [...namespaces] }),
  };
}

function convertSelector({ matchLabels, matchExpressions, ...rest }: LabelSelector, where: string) {
  nothingLeft(rest, where);
  return {
    ...(matchLabels !== undefined && { matchLabels }),
    ...(matchExpressions !== undefined && { matchExpressions: convertRequirements(matchExpressions, where) }),
  };
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

function convertRequirements(requirements: readonly Requirement[], where: string) {
  return requirements.map(({ key, operator, values, ...rest }, index) => {
    nothingLeft(rest, `${where}.matchExpressions[${index}]`);
    return { key, operator, ...(values !== undefined && { values: [...values] }) };
  });
}
