import type { DataMove } from "../../model/service";

/** How the data of a Redis or Valkey gets from one server to another. */
export const REDIS_MOVE = (name: string): DataMove => ({
  out:
    `decide whether what ${name} holds may be lost: a cache warms up again, sessions and queues do not and are ` +
    "copied key by key (SCAN, DUMP with its PTTL)",
  back: "put the copied keys back (RESTORE)",
});
