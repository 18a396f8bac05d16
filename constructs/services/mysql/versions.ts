import type { ImageVersion } from "../pinned-version";

const COMMUNITY = { product: "MySQL", source: "https://endoflife.date/mysql", read: "2026-08-22" } as const;

/**
 * The project's own image, by the version that a developer asks for: the server in the cluster and in Compose, and the client
 * that makes users. The image of 8.0 is the last there will be.
 */
export const MYSQL_VERSIONS = {
  "8.4": {
    ...COMMUNITY,
    version: "8.4",
    endOfSupport: "2032-04-30",
    image: "docker.io/library/mysql:8.4.11@sha256:85b9bf2e29cf836ecb8c2a15a935d4ba0c606631dff1dd79531a11983c638f2a",
  },
  "8.0": {
    ...COMMUNITY,
    version: "8.0",
    endOfSupport: "2026-04-30",
    lastImage: true,
    image: "docker.io/library/mysql:8.0.46@sha256:7dcddc01f13bab2f15cde676d44d01f61fc9f99fe7785e86196dfc07d358ae2b",
  },
} as const satisfies Readonly<Record<string, ImageVersion>>;
