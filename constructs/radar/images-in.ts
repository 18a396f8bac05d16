import type { Pin } from "./pin";

/** An image with its registry and a tag that begins as a version does. A digest after it is no part of the version. */
const IMAGE = /\b((?:[a-z0-9-]+\.)+[a-z]+(?::\d+)?\/[a-z0-9/._-]+):(v?\d[\w.-]*)/g;

/** Images that a text names, as a field or amid other text. */
export const imagesIn = (text: string, where: string): Pin[] => {
  // Most texts are words, and an image has its registry before a slash.
  if (!text.includes("/")) return [];
  return [...text.matchAll(IMAGE)].flatMap(([, name, version]): Pin[] =>
    name === undefined || version === undefined ? [] : [{ kind: "image", name, version, where }],
  );
};

/** `docker.io/library/mysql` of `docker.io/library/mysql:8.4.11@sha256:…`. */
export const repositoryOf = (image: string): string => image.replace(/(?::[^/@]+)?(?:@.*)?$/, "");
