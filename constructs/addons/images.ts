import { isJsonObject, type Json, type JsonObject } from "../kubernetes/json";
import { mirrored, type ResolvedRegistries } from "../model/registries";
import type { Addon, AddonContext } from "./addon";

/** Values of an add-on with its images from the mirrors. Nothing is said of images that no mirror has. */
export function withImages(
  values: JsonObject,
  { images }: Pick<Addon, "images">,
  registries: Pick<ResolvedRegistries, "mirrors"> | undefined,
  context?: AddonContext,
): JsonObject {
  const moved: string[] = [];
  const named = images?.((image) => {
    const place = mirrored(registries, image);
    if (place !== image) moved.push(place);
    return place;
  }, context);
  return named === undefined || moved.length === 0 ? values : merged(values, named);
}

/** `some.host/team/server` in the two values that some charts have for it. */
export function split(image: string): { readonly registry: string; readonly repository: string } {
  const end = image.indexOf("/");
  return { registry: image.slice(0, end), repository: image.slice(end + 1) };
}

function merged(one: JsonObject, other: JsonObject): JsonObject {
  const entries = Object.entries(other).map(([key, value]): [string, Json | undefined] => {
    const present = one[key];
    return [key, isJsonObject(present) && isJsonObject(value) ? merged(present, value) : value];
  });
  return { ...one, ...Object.fromEntries(entries) };
}
