import { CACHE_FIX, onOneDisk } from "../../services/recovery";
import type { Redis } from "../../services/redis";
import { REDIS_EXPORTER_USER } from "../../services/redis/exporter";
import { VALKEY } from "../../services/redis/versions";
import { inClusterRequest, serverProvisioner } from "../provisioner";
import { redisServer, USERNAME } from "./server";

/** Valkey in one pod. */
export const redisInCluster = serverProvisioner<Redis>({
  product: "Valkey in a StatefulSet",
  versions: [VALKEY],
  runs: () => VALKEY,
  recoverable: () => onOneDisk("the keys are on one disk", CACHE_FIX),
  oldPassword: "dropped",
  notes: ["keys have six tenths of the memory", "a crash loses a second of changes at most"],
  server: (request) =>
    redisServer({
      ...inClusterRequest(request),
      ...request.service.spec,
      password: request.password(USERNAME),
      measuring: request.measuringPassword?.(REDIS_EXPORTER_USER),
    }),
});
