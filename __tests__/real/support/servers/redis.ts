import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "../certificates";
import type { Network } from "../network";
import { type Server, startServer } from "../server";

const PORT = 6379;

const ADMIN = { username: "default", password: `"@:/%#\\'+&=$\`ä{{%41 redis-admin` };

/** Redis that speaks TLS only. */
export async function startRedis(
  folder: string,
  { network, certificates }: { readonly network: Network; readonly certificates: Certificates },
): Promise<Server> {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "redis.conf");
  const hash = createHash("sha256").update(ADMIN.password).digest("hex");
  writeFileSync(
    config,
    [
      ...["bind 127.0.0.1", "port 0", `tls-port ${PORT}`, "tls-auth-clients no", 'save ""'],
      ...[`tls-cert-file ${certificates.certificate}`, `tls-key-file ${certificates.key}`],
      `user ${ADMIN.username} on #${hash} ~* &* +@all`,
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
