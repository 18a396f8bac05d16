import type { ImageVersion } from "../pinned-version";

const COMMUNITY = { product: "RabbitMQ", source: "https://endoflife.date/rabbitmq", read: "2026-08-22" } as const;

/**
 * The project's own image, by the version that a developer asks for, the newest first: the nodes in the cluster and the broker in Compose. The
 * image of 3.13 is the last there will be. That of 4.2 has no digest yet, as only one source names one.
 */
export const RABBITMQ_VERSIONS = {
  "4.2": {
    ...COMMUNITY,
    version: "4.2",
    endOfSupport: "2026-07-31",
    accepted: {
      until: "2027-05-31",
      reason: "Amazon MQ has nothing newer, and one application has one version everywhere; see decision 0171",
    },
    image: "docker.io/library/rabbitmq:4.2.8-management",
  },
  "3.13": {
    ...COMMUNITY,
    version: "3.13",
    endOfSupport: "2024-09-17",
    lastImage: true,
    image:
      "docker.io/library/rabbitmq:3.13.7-management@sha256:e582c0bc7766f3342496d8485efb5a1df782b5ce3886ad017e2eaae442311f69",
  },
} as const satisfies Readonly<Record<string, ImageVersion>>;
