import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type Program, startProgram, waitUntil } from "./program";

/** nginx of this machine with a file of `conf.d` as Compose has it: by HTTP, and with workloads of this process. */
export interface Front {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts it.
 *
 * @param ports where workloads listen, by what the file calls them: `frontend:3000`
 */
export async function startFront(file: string, ports: Readonly<Record<string, number>>): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-front-"));
  const port = await freePort();
  const grpc = file.includes("http2 on;");
  const here = Object.entries(ports).reduce(
    (text, [name, at]) => text.replaceAll(`//${name};`, `//127.0.0.1:${at};`),
    file
      .replaceAll(/listen 443 .*;|ssl_certificate.*;/g, "")
      // Debian's nginx has it at the port, where it is for gRPC alone: it does not hear which of the two is spoken.
      .replace(/^http2 on;$/m, "")
      .replaceAll("listen 80", `listen 127.0.0.1:${port}${grpc ? " http2" : ""}`)
      .replaceAll("access_log /dev/stdout json;", "access_log off;"),
  );
  mkdirSync(join(folder, "temp"));
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, "temp", name)};`,
  );
  writeFileSync(join(folder, "front.conf"), here);
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off;\nuser root;\nworker_processes 1;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\n` +
      `http {\n${temp.join("\n")}\ninclude ${folder}/front.conf;\n}\n`,
  );
  const log = join(folder, "log");
  const program: Program = startProgram(["nginx", "-p", folder, "-c", join(folder, "nginx.conf")], { log });
  await waitUntil("nginx answers", async () => (await (grpc ? isOpen(port) : answers(port))) || !program.running(), {
    details: program.log,
  });
  if (!program.running()) throw new Error(`nginx ended: ${program.log()}`);
  return {
    port,
    stop: async () => {
      await program.stop("SIGQUIT", 2);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => {
      resolve(false);
    });
  });

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/-/nginx`).then(
    ({ status }) => status === 204,
    () => false,
  );
