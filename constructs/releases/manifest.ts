import { readAllAsHelm } from "../yaml/read";

/* What differs between two manifests of a release, in words. */

interface Released {
  /** The object, without what is written around it: equal texts, equal objects. */
  readonly text: string;
  /** Images of its pods, by container. */
  readonly images: ReadonlyMap<string, string>;
}

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, key) => (isTree(found) ? found[key] : undefined), value);

const textAt = (value: unknown, ...path: readonly string[]): string => {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
};

/** Images of what makes pods: a Deployment, a StatefulSet, a Job, or a CronJob. */
function imagesOf(object: unknown): ReadonlyMap<string, string> {
  const pod = at(object, "spec", "template", "spec") ?? at(object, "spec", "jobTemplate", "spec", "template", "spec");
  const containers = ["initContainers", "containers"].flatMap((list) => {
    const found = at(pod, list);
    return Array.isArray(found) ? (found as readonly unknown[]) : [];
  });
  return new Map(containers.map((one) => [textAt(one, "name"), textAt(one, "image")]));
}

function objectsOf(manifest: string): ReadonlyMap<string, Released> {
  return new Map(
    readAllAsHelm(manifest)
      .filter(isTree)
      .map((object) => [
        `${textAt(object, "kind")} ${textAt(object, "metadata", "name")}`,
        { text: JSON.stringify(object), images: imagesOf(object) },
      ]),
  );
}

/** Lines on what changes from one manifest to another: images first, then every object that comes, goes or is another. */
export function manifestDifferences(from: string, to: string): readonly string[] {
  const [now, then] = [objectsOf(from), objectsOf(to)];
  const names = [...new Set([...now.keys(), ...then.keys()])].sort();
  const images = names.flatMap((name) => {
    const [is, was] = [now.get(name)?.images, then.get(name)?.images];
    return [...(was ?? [])].flatMap(([container, image]) => {
      const current = is?.get(container);
      return current === undefined || current === image
        ? []
        : [`image of ${name}, ${container}: ${current} → ${image}`];
    });
  });
  const changed = names.filter((name) => now.get(name)?.text !== then.get(name)?.text);
  const objects = changed.map((name) => {
    if (!now.has(name)) return `comes back: ${name}`;
    return then.has(name) ? `changes: ${name}` : `goes: ${name}`;
  });
  return [...images, ...objects];
}

/** Names of the Deployments of a manifest, in order. */
export const deploymentsIn = (manifest: string): readonly string[] =>
  readAllAsHelm(manifest)
    .filter((object) => textAt(object, "kind") === "Deployment")
    .map((object) => textAt(object, "metadata", "name"))
    .sort();
