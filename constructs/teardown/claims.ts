import { isJsonObject } from "../kubernetes/json";
import { at, numberAt, objectsOf, type Resource, textAt, valuesOf } from "./stack";

/** Something that claims a volume, or as many as it has pods. */
export interface Claim {
  readonly resource: Resource;
  readonly name: string;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
}

const claim = (resource: Resource, name: string, storageClass: string | undefined): Claim => ({
  ...{ resource, name },
  ...(storageClass !== undefined && { storageClass }),
});

/** Volumes that a resource claims, or that a chart does which it installs, as far as its values say so. */
export function claimsOf(resource: Resource): Claim[] {
  if (resource.type === "helm_release") {
    const name = `of the release ${textAt(resource.block, "name") ?? ""}`;
    return [...new Set(classesIn(valuesOf(resource.block)))].map((one) => claim(resource, name, one));
  }
  return objectsOf(resource).flatMap(({ kind, name, body }) => {
    switch (kind) {
      case "PersistentVolumeClaim":
        return [
          claim(resource, name, textAt(body, "spec", "storage_class_name") ?? textAt(body, "spec", "storageClassName")),
        ];
      case "RabbitmqCluster":
        return [
          claim(resource, `of ${name}, one for each node`, textAt(body, "spec", "persistence", "storageClassName")),
        ];
      case "StatefulSet":
        return templatesOf(body).map((one) => claim(resource, `of ${name}, one for each pod`, one));
      default:
        return [];
    }
  });
}

/** Classes of the templates of claims that a StatefulSet has. */
function templatesOf(body: unknown): (string | undefined)[] {
  const templates = at(body, "spec", "volumeClaimTemplates") ?? at(body, "spec", "volume_claim_template");
  const all: unknown[] = Array.isArray(templates) ? templates : templates === undefined ? [] : [templates];
  return all.map((one) => textAt(one, "spec", "storageClassName") ?? textAt(one, "spec", "storage_class_name"));
}

/** Classes of volumes that values of a chart ask for: as a template of a claim, or by the word `persistence`. */
function classesIn(value: unknown): (string | undefined)[] {
  if (Array.isArray(value)) return value.flatMap(classesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    if (key === "volumeClaimTemplate") return [textAt(below, "spec", "storageClassName")];
    if (key !== "persistence" || !isJsonObject(below)) return classesIn(below);
    const isOn = below.enabled !== false && (textAt(below, "size") ?? numberAt(below, "size")) !== undefined;
    return isOn ? [textAt(below, "storageClass") ?? textAt(below, "storageClassName")] : [];
  });
}
