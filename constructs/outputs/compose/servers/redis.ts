import { VALKEY_IMAGE } from "../../../in-cluster/images";
import type { Redis } from "../../../services/redis";
import { NO_NEW_PRIVILEGES, onNetwork } from "../parts";
import { dataVolume, type LocalServer, type LocalServerRequest, serverHealth } from "./server";

const PORT = 6379;

/** Without a limit nothing would ever be evicted. */
const MEMORY = "128mb";

/** Valkey, which lets everybody in: that is what the given `redis://redis:6379` says. */
export const redisContainer = ({ host, spec }: LocalServerRequest<Redis["spec"]>): LocalServer => ({
  service: {
    comment: "Valkey, which speaks Redis' protocol: the clouds run it too.",
    image: VALKEY_IMAGE,
    // Twice what it may keep: while it writes its file anew, what changes is there twice.
    mem_limit: "256m",
    restart: "unless-stopped",
    command: [
      "valkey-server",
      ...["--appendonly", "yes", "--save", ""],
      ...["--maxmemory", MEMORY, "--maxmemory-policy", spec.eviction],
    ],
    volumes: [`${dataVolume(host)}:/data`],
    ...onNetwork(),
    // The client succeeds with whatever answer, as that it is still loading.
    healthcheck: serverHealth(["CMD-SHELL", "valkey-cli ping | grep -q PONG"]),
    security_opt: NO_NEW_PRIVILEGES,
  },
  connection: {
    parts: { host: { value: host }, port: { value: String(PORT) } },
    tls: false,
    open: true,
    endpoints: [],
  },
  secrets: {},
});
