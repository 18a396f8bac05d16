import type { Redis } from "../../../services/redis";
import { VALKEY } from "../../../services/redis/versions";
import { NO_NEW_PRIVILEGES, onNetwork } from "../parts";
import { containerProvisioner } from "./provisioner";
import { dataVolume, serverHealth } from "./server";

const PORT = 6379;

/** Memory limit; without one nothing would ever be evicted. */
const MEMORY = "128mb";

/** Valkey, which lets everybody in: that is what the given `redis://redis:6379` says. */
export const redisInCompose = containerProvisioner<Redis>({
  container: "redis",
  versions: [VALKEY],
  service: ({ host, sizing: { parameters = {} }, service: { spec } }) => ({
    comment: "Valkey, which speaks Redis' protocol: the clouds run it too.",
    image: VALKEY.image,
    // Twice what it may keep: while it writes its file anew, what changes is there twice.
    mem_limit: "256m",
    restart: "unless-stopped",
    command: [
      "valkey-server",
      ...["--appendonly", "yes", "--save", ""],
      ...["--maxmemory", MEMORY, "--maxmemory-policy", spec.eviction],
      ...Object.entries(parameters).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    volumes: [`${dataVolume(host)}:/data`],
    ...onNetwork(),
    // The client succeeds with whatever answer, as that it is still loading.
    healthcheck: serverHealth(["CMD-SHELL", "valkey-cli ping | grep -q PONG"]),
    security_opt: NO_NEW_PRIVILEGES,
  }),
  parts: ({ host }) => ({ host, port: String(PORT) }),
  client: () => ["valkey-cli"],
});
