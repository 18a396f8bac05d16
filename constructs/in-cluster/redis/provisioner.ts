import { CACHE_FIX, onOneDisk, wholeCopies } from "../../services/recovery";
import type { Redis } from "../../services/redis";
import { REDIS_BACKUP_USER } from "../../services/redis/backups";
import { REDIS_EXPORTER_USER } from "../../services/redis/exporter";
import { VALKEY } from "../../services/redis/versions";
import { inClusterRequest, serverProvisioner } from "../provisioner";
import { redisServer, USERNAME } from "./server";

/** Valkey in one pod. */
export const redisInCluster = serverProvisioner<Redis>({
  product: "Valkey in a StatefulSet",
  versions: [VALKEY],
  runs: () => VALKEY,
  recoverable: ({ service, sizing: { backups } }) =>
    backups === undefined
      ? onOneDisk(
          "the keys are on one disk",
          service.spec.eviction === "allkeys-lru" ? CACHE_FIX : "say backups: {} of it",
        )
      : wholeCopies(backups, "https://valkey.io/topics/persistence/"),
  backups: (_, { backups }) =>
    backups === undefined
      ? undefined
      : `copies by ${JSON.stringify(backups.schedule)}, kept for ${backups.keepDays} days`,
  oldPassword: "dropped",
  notes: ["keys have six tenths of the memory", "a crash loses a second of changes at most"],
  problems: ({ service, sizing: { backups } }, path) =>
    backups === undefined || service.spec.eviction !== "allkeys-lru"
      ? []
      : [
          {
            path: [...path, "backups"],
            why: 'with eviction "allkeys-lru" any key may be gone at any time, and a copy promises none of them',
            fix: 'remove it, or let the application use eviction "volatile-lru" or "noeviction"',
          },
        ],
  server: (request) =>
    redisServer({
      ...inClusterRequest(request),
      ...request.service.spec,
      password: request.password(USERNAME),
      measuring: request.measuringPassword?.(REDIS_EXPORTER_USER),
      copying: request.sizing.backups === undefined ? undefined : request.backupPassword?.(REDIS_BACKUP_USER),
    }),
});
