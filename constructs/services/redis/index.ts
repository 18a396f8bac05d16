import { z } from "zod";
import type { ConnectionContract } from "../../model/connection";
import { serviceBuilder, type ServiceOf } from "../define";
import { USERNAME } from "../external-part";
import { ADDRESS, LOGIN_ADDRESS } from "../login-address";
import { REDIS_EXPORTER } from "./exporter";
import { REDIS_MOVE } from "./moving";
import { OWN_PARAMETERS } from "./own-parameters";

export interface RedisSpec {
  /**
   * What happens when memory is full. A cache may evict; sessions and queues must not.
   * @default "volatile-lru"
   */
  readonly eviction?: "volatile-lru" | "allkeys-lru" | "noeviction";
}

/**
 * A key-value store that speaks the Redis protocol (Valkey where the cloud has it). Injects `REDIS_URL`, and
 * `REDIS_SSL_CA` where its certificate needs a bundle.
 */
export type Redis = ServiceOf<"redis", Required<RedisSpec>>;

const CONTRACT: ConnectionContract = {
  defaultPort: 6379,
  parts: {
    host: { secret: false },
    port: { secret: false },
    username: { secret: false },
    password: { secret: true },
  },
  variables: {
    REDIS_URL: {
      template: ["redis://", ...LOGIN_ADDRESS],
      tlsTemplate: ["rediss://", ...LOGIN_ADDRESS],
      openTemplate: ["redis://", ...ADDRESS],
    },
    REDIS_SSL_CA: { file: "caBundle" },
  },
};

/** A cache or key-value store of the application's own. */
export const redis = serviceBuilder<"redis", Required<RedisSpec>>({
  kind: "redis",
  category: "cache",
  contract: CONTRACT,
  fields: {
    eviction: z.enum(["volatile-lru", "allkeys-lru", "noeviction"]),
  },
  exporter: REDIS_EXPORTER,
  // Refused by every place, since all workloads have one sign-in there.
  readers: true,
  defaults: { eviction: "volatile-lru" },
  parameters: OWN_PARAMETERS,
  sizes: {
    managed: ["size", "highAvailability", "backupDays", "passwords", "parameters", "maintenance", "machine"],
    "in-cluster": ["size", "storage", "highAvailability", "backups", "passwords", "parameters"],
  },
  external: () => ({ parts: { username: { ...USERNAME, value: "default" } } }),
  copied: "whole",
  aloneInCluster: true,
  moving: REDIS_MOVE,
});
