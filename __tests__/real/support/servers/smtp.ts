import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Network } from "../network";
import { type Server, startServer } from "../server";

const PORT = 1025;

/** A mail relay without a login that keeps what it gets: its log has every message. */
export async function startSmtp(
  folder: string,
  { network }: { readonly network: Network },
): Promise<Omit<Server, "admin">> {
  mkdirSync(folder, { recursive: true });
  const server = await startServer({
    network,
    command: ["aiosmtpd", "-n", "-d", "-l", `127.0.0.1:${PORT}`, "-c", "aiosmtpd.handlers.Debugging", "stdout"],
    env: { PYTHONUNBUFFERED: "1" },
    log: join(folder, "smtp.log"),
    ready: "Server is listening on",
  });
  return { port: PORT, log: server.log, stop: () => server.stop("SIGKILL") };
}
