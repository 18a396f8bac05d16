import { REVISION_LABEL } from "../kubernetes/revision";
import { imageVersion } from "../model/image";
import { canonicalText } from "./canonical-text";
import type { Reviewed, ReviewedField, ReviewedResource } from "./reviewed";
import { isUnknown } from "./shown";

/** `spec[0].template[0].spec[0].container[backend].image`; by its place where it asks for another Job. */
const IMAGE = /^(.*\b(?:init_)?container\[[^\]]*\])\.image$/;
const VERSION = /\.labels(?:\.version|\["app\.kubernetes\.io\/version"\])$/;

/** An object of another name, or its name: a Job's has a digest of what is in it. */
const NAME = /^metadata\[(?:[^\]]*)\](?:\.name)?$/;
const VERSION_LABELS = ["version", "app.kubernetes.io/version", REVISION_LABEL];

/**
 * Leaves aside what follows from the release of these images: the image of a container, how it is pulled, labels with its version, and the
 * name of a Job, which is made anew for it. Another image, of a container that nobody builds, stays; and so does everything else of a resource.
 */
export function imagesAside(reviewed: Reviewed, images: readonly string[]): Reviewed {
  const versions = images.map(imageVersion);
  const resources = Object.entries(reviewed.resources).flatMap(([key, one]) => {
    const rest = aside(one, images, versions);
    return rest === undefined ? [] : [[key, rest] as const];
  });
  return { ...reviewed, resources: Object.fromEntries(resources) };
}

/** What is left of a resource; `undefined` where that is nothing. */
function aside(
  resource: ReviewedResource,
  images: readonly string[],
  versions: readonly string[],
): ReviewedResource | undefined {
  const { kind, fields, replacedBy = [] } = resource;
  if (kind !== "update" && kind !== "replace") return resource;
  const released = Object.entries(fields).flatMap(([path, { to }]) => {
    const [, container] = IMAGE.exec(path) ?? [];
    return container !== undefined && images.includes(String(to)) ? [container] : [];
  });
  const isRenamed = resource.type === "kubernetes_job_v1" && hasOnlyAnotherName(fields);
  const follows = (path: string, field: ReviewedField): boolean =>
    released.some((one) => path === `${one}.image` || path === `${one}.image_pull_policy`) ||
    (released.length > 0 && VERSION.test(path) && versions.includes(String(field.to))) ||
    (isRenamed && NAME.test(path));
  const left = Object.entries(fields).filter(([path, field]) => !follows(path, field));
  const isImageLeft = left.some(([path]) => IMAGE.test(path));
  const reasons = replacedBy.filter(
    (path) => !(isRenamed && NAME.test(path)) && !(released.length > 0 && !isImageLeft && IMAGE.test(path)),
  );
  const isMoved = resource.was !== undefined || resource.importedBy !== undefined;
  // Of an object that is another one the provider knows little before it is there.
  const isRest = left.some(([, field]) => kind === "update" || !isLeftToApply(field)) || reasons.length > 0 || isMoved;
  if (!isRest) return released.length > 0 ? undefined : resource;
  return { ...resource, fields: Object.fromEntries(left), ...(replacedBy.length > 0 && { replacedBy: reasons }) };
}

function isLeftToApply(field: ReviewedField): boolean {
  return !("from" in field) && isUnknown(field.to);
}

/** Whether of the metadata of an object nothing is another but what follows from its content. */
function hasOnlyAnotherName(fields: ReviewedResource["fields"]): boolean {
  const whole = Object.entries(fields).filter(([path]) => NAME.test(path) && path.endsWith("]"));
  const sides = (side: "from" | "to"): readonly string[] =>
    whole.flatMap(([, field]) => (field[side] === null || field[side] === undefined ? [] : [rest(field[side])])).sort();
  return canonicalText(sides("from")) === canonicalText(sides("to"));
}

/** Metadata as text, without its name, what the API server writes, and labels of versions. */
function rest(metadata: unknown): string {
  const { labels, ...fields } = metadata as Readonly<Record<string, unknown>>;
  const own = ["name", "generation", "resource_version", "uid"];
  const without = (all: unknown, keys: readonly string[]) =>
    Object.fromEntries(Object.entries(all ?? {}).filter(([key]) => !keys.includes(key)));
  return canonicalText({ ...without(fields, own), labels: without(labels, VERSION_LABELS) });
}
