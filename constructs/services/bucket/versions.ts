import type { ImageVersion } from "../pinned-version";

/**
 * What speaks S3 in the cluster and in Compose, and in front of Blob Storage on Azure. Apache-2.0; this version was read for
 * what is said here of its settings, and is the one that tests run.
 */
export const S3_SERVER: ImageVersion = {
  product: "Versity S3 Gateway",
  version: "1.8",
  endOfSupport: undefined,
  source: "https://pkg.go.dev/github.com/versity/versitygw?tab=versions",
  read: "2026-11-28",
  image: "ghcr.io/versity/versitygw:v1.8.0@sha256:30292fc2eeacc67a36993b01f7a7a5e3361a19cced0e80c1d71cfa2a4b0a2499",
};
