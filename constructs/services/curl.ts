import type { ImageVersion } from "./pinned-version";

/** A shell with curl: for the users of RabbitMQ, and for old versions of objects. */
export const CURL: ImageVersion = {
  product: "curl",
  version: "8.16",
  endOfSupport: undefined,
  source: "https://curl.se/docs/releases.html",
  image: "docker.io/curlimages/curl:8.16.0@sha256:463eaf6072688fe96ac64fa623fe73e1dbe25d8ad6c34404a669ad3ce1f104b6",
};
