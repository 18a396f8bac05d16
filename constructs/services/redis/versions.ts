import type { ImageVersion } from "../pinned-version";

/** What speaks Redis' protocol in the cluster and in Compose: the same minor version as ElastiCache has. */
export const VALKEY: ImageVersion = {
  product: "Valkey",
  version: "8.1",
  // Sources name the month alone.
  endOfSupport: "2030-03",
  source: "https://endoflife.date/valkey",
  read: "2026-08-22",
  image: "docker.io/valkey/valkey:8.1.10@sha256:640c5e62cea04b6d6f2084232651d0cc70362d31f4f805e7be94dbed6855e8f2",
};
