import { CA_BUNDLES } from "./ca-bundles";
import { CONNECTIONS } from "./connections";
import type { KubernetesObject, Labels, NetworkPolicy, PodTemplate, PolicyByName } from "./objects";
import { isPolicyByName, POLICY_BY_NAME_KINDS } from "./policies-by-name";
import { revised } from "./revision";

/** Whether there is a reference of Terraform's in it. */
const refers = (object: KubernetesObject): boolean => /[#$]\{TfToken\[/.test(JSON.stringify(object));

const sorted = (data: Labels): Labels => Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Whether a ConfigMap is one of those that are Terraform's where Helm releases the pods. */
const isPrepared = (name: string): boolean => [CONNECTIONS, CA_BUNDLES].some((suffix) => name.endsWith(suffix));

/**
 * The objects with another name for each content, where pods that run go by what an object says: their ConfigMaps, and the
 * policies over them. A release then makes new ones beside the old ones, and pods of the release before have theirs for as
 * long as there are any.
 *
 * Not so an object that holds a reference: what it says is known to Terraform alone, and what keeps it alive beside its
 * successor would have to keep the cloud's resources too. Nor a ConfigMap that a Job or a server reads: a Job runs again
 * for another name, and a server restarts. Nor what Terraform tells pods whoever releases them: the chart reads it under
 * one name.
 */
export function namedByContent(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const read = configMapsOf(objects, ["Deployment", "CronJob"]);
  const kept = configMapsOf(objects, ["Job", "StatefulSet"]);
  const names = new Map<string, string>();
  const renamed = objects.map((object) => {
    if (isPolicyOfPods(object)) {
      return refers(object) ? object : { ...object, metadata: revised(object.metadata, unordered(object.spec)) };
    }
    if (object.kind !== "ConfigMap") return object;
    const { metadata } = object;
    if (!read.has(metadata.name) || kept.has(metadata.name) || isPrepared(metadata.name)) return object;
    if (refers(object)) return object;
    const metadataOfContent = revised(metadata, sorted(object.data));
    names.set(metadata.name, metadataOfContent.name);
    return { ...object, metadata: metadataOfContent };
  });
  return renamed.map((object) => pointed(object, names));
}

/** Kinds of which each content is an object of its own. */
export const BY_CONTENT: readonly KubernetesObject["kind"][] = ["ConfigMap", "NetworkPolicy", ...POLICY_BY_NAME_KINDS];

/** Whether it is a policy over pods that bear some labels; one over all pods of the namespace has its name for good. */
function isPolicyOfPods(object: KubernetesObject): object is NetworkPolicy | PolicyByName {
  if (object.kind === "NetworkPolicy") return Object.keys(object.spec.podSelector.matchLabels ?? {}).length > 0;
  return isPolicyByName(object);
}

/** A policy's rules, peers and ports mean the same in any order, which is that of a workload's needs. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map((item) => JSON.stringify(unordered(item)));
    return texts.sort();
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unordered(inner)]));
}

function configMapsOf(objects: readonly KubernetesObject[], kinds: readonly KubernetesObject["kind"][]): Set<string> {
  const found = new Set<string>();
  const note = (name: string): string => {
    found.add(name);
    return name;
  };
  for (const object of objects) if (kinds.includes(object.kind)) withTemplate(object, (one) => read(one, note));
  return found;
}

function pointed(object: KubernetesObject, names: ReadonlyMap<string, string>): KubernetesObject {
  if (object.kind !== "Deployment" && object.kind !== "CronJob") return object;
  return withTemplate(object, (template) => read(template, (name) => names.get(name) ?? name));
}

function withTemplate(object: KubernetesObject, change: (template: PodTemplate) => PodTemplate): KubernetesObject {
  switch (object.kind) {
    case "Deployment":
      return { ...object, spec: { ...object.spec, template: change(object.spec.template) } };
    case "StatefulSet":
      return { ...object, spec: { ...object.spec, template: change(object.spec.template) } };
    case "Job":
      return { ...object, spec: { ...object.spec, template: change(object.spec.template) } };
    case "CronJob": {
      const { jobTemplate } = object.spec;
      const template = change(jobTemplate.spec.template);
      return {
        ...object,
        spec: { ...object.spec, jobTemplate: { ...jobTemplate, spec: { ...jobTemplate.spec, template } } },
      };
    }
    default:
      return object;
  }
}

/** The template with each ConfigMap that its pods read under the name that `rename` gives it. */
function read(template: PodTemplate, rename: (name: string) => string): PodTemplate {
  const { containers, volumes } = template.spec;
  const named = ({ name }: { readonly name: string }) => ({ name: rename(name) });
  return {
    ...template,
    spec: {
      ...template.spec,
      containers: containers.map(({ envFrom, ...container }) => ({
        ...container,
        ...(envFrom !== undefined && {
          envFrom: envFrom.map(({ configMapRef }) => ({ configMapRef: named(configMapRef) })),
        }),
      })),
      volumes: volumes.map(({ configMap, projected, ...volume }) => ({
        ...volume,
        ...(configMap !== undefined && { configMap: named(configMap) }),
        ...(projected !== undefined && {
          projected: {
            sources: projected.sources.map(({ configMap: one, ...source }) => ({
              ...source,
              ...(one !== undefined && { configMap: named(one) }),
            })),
          },
        }),
      })),
    },
  };
}
