import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REDIS_EXPORTER_ACCESS, REDIS_EXPORTER_USER } from "../../../../constructs/services/redis/exporter";
import type { Certificates } from "../certificates";
import type { Network } from "../network";
import { type Server, startServer } from "../server";

const PORT = 6379;

const ADMIN = { username: "default", password: `"@:/%#\\'+&=$\`ä{{%41 redis-admin` };

/** Redis that speaks TLS only. */
export async function startRedis(
  folder: string,
  {
    network,
    certificates,
    measuringPassword,
    lines = [],
  }: {
    readonly network: Network;
    readonly certificates: Certificates;
    /** Of the user that measures. @default - there is none */
    readonly measuringPassword?: string;
    /** More lines of its configuration. @default - none */
    readonly lines?: readonly string[];
  },
): Promise<Server> {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "redis.conf");
  const hashOf = (password: string): string => createHash("sha256").update(password).digest("hex");
  writeFileSync(
    config,
    [
      ...["bind 127.0.0.1", "port 0", `tls-port ${PORT}`, "tls-auth-clients no", 'save ""'],
      ...[`tls-cert-file ${certificates.certificate}`, `tls-key-file ${certificates.key}`],
      `user ${ADMIN.username} on #${hashOf(ADMIN.password)} ~* &* +@all`,
      ...(measuringPassword === undefined
        ? []
        : [`user ${REDIS_EXPORTER_USER} reset on #${hashOf(measuringPassword)} ${REDIS_EXPORTER_ACCESS}`]),
      ...lines,
    ].join("\n"),
  );
  const server = await startServer({
    network,
    command: ["redis-server", config],
    log: join(folder, "redis.log"),
    ready: "Ready to accept connections",
  });
  return { port: PORT, admin: ADMIN, log: server.log, stop: () => server.stop("SIGKILL") };
}
