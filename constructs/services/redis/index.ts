import { z } from "zod";
import type { ConnectionContract } from "../../model/connection";
import { withDefaults } from "../../model/defaults";
import { check } from "../../model/schema";
import type { Service } from "../../model/service";
import { ADDRESS, LOGIN_ADDRESS } from "../login-address";

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
export interface Redis extends Service {
  readonly kind: "redis";
  readonly spec: Required<RedisSpec>;
}

const SCHEMA = z.strictObject({
  eviction: z.enum(["volatile-lru", "allkeys-lru", "noeviction"]).optional(),
});

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

export const redis = (spec: RedisSpec = {}): Redis => ({
  kind: "redis",
  contract: CONTRACT,
  sizes: {
    managed: ["size", "highAvailability", "backupDays", "passwords"],
    "in-cluster": ["size", "storage", "highAvailability", "passwords"],
  },
  aloneInCluster: true,
  spec: withDefaults({ eviction: "volatile-lru" }, spec),
  problems: (path) => check(SCHEMA, spec, path),
});
