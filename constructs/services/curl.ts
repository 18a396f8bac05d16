import type { ImageVersion } from "./pinned-version";

/** A shell with curl: for the users of RabbitMQ, and for old versions of objects. */
export const CURL: ImageVersion = {
  product: "curl",
  version: "8.16",
  // Its newest release alone is mended, and 8.17 came on that day.
  endOfSupport: "2025-11-05",
  source: "https://curl.se/docs/vuln-8.17.0.html",
  read: "2026-11-28",
  accepted: {
    until: "2027-02-28",
    reason: "its known flaws are of SSH, LDAP, QUIC, partial chains and redirects, which nothing here uses",
  },
  image: "docker.io/curlimages/curl:8.16.0@sha256:463eaf6072688fe96ac64fa623fe73e1dbe25d8ad6c34404a669ad3ce1f104b6",
};
