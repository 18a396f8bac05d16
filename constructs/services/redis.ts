import { z } from "zod";
import type { ConnectionContract } from "../model/connection";
import { withDefaults } from "../model/defaults";
import { check } from "../model/schema";
import type { Service } from "../model/service";

export interface RedisSpec {
  /**
   * What happens when memory is full. A cache may evict; sessions and queues must not.
   * @default "volatile-lru"
   */
  readonly eviction?: "volatile-lru" | "allkeys-lru" | "noeviction";
}

/** A key-value store that speaks the Redis protocol (Valkey where the cloud has it). Injects `REDIS_URL`. */
export interface Redis extends Service {
  readonly kind: "redis";
  readonly spec: Required<RedisSpec>;
}

const SCHEMA = z.strictObject({
  eviction: z.enum(["volatile-lru", "allkeys-lru", "noeviction"]).optional(),
});

const ADDRESS = [
  { part: "username" },
  ":",
  { part: "password" },
  "@",
  { part: "host", raw: true },
  ":",
  { part: "port", raw: true },
] as const;

const CONTRACT: ConnectionContract = {
  defaultPort: 6379,
  parts: {
    host: { secret: false },
    port: { secret: false },
    username: { secret: false },
    password: { secret: true },
  },
  variables: {
    REDIS_URL: { template: ["redis://", ...ADDRESS], tlsTemplate: ["rediss://", ...ADDRESS] },
  },
};

export const redis = (spec: RedisSpec = {}): Redis => ({
  kind: "redis",
  contract: CONTRACT,
  sizes: ["size", "highAvailability", "backupDays"],
  spec: withDefaults({ eviction: "volatile-lru" }, spec),
  problems: (path) => check(SCHEMA, spec, path),
});
