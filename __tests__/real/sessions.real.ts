import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Container as Spec } from "../../constructs/kubernetes/objects";
import { mysql } from "../../constructs/services/mysql";
import { PID_FILE, RELAY_PORT, RELAY_SCRIPT } from "../../constructs/sessions/relay";
import { type Session, sessionJob } from "../../constructs/sessions/session";
import type { SessionTarget } from "../../constructs/sessions/target";
import { applicationTargets, isReached } from "../../constructs/sessions/targets";
import { facts } from "../support/resolved";
import { type Container, run, startContainer } from "./support/container";
import { nginxImage } from "./support/images";
import { inNetwork } from "./support/network";
import { PodFiles } from "./support/pod-files";
import { waitUntil } from "./support/program";
import { startMariadb } from "./support/servers/mariadb";
import type { Mariadb } from "./support/servers/mariadb";
import { deploy, type Deployed } from "./support/shop";
import { HOST, useSite } from "./support/site";
import { passwordOf } from "./support/test-cloud";
import { shown } from "./support/users-job";

/* The relay of a session under nginx, in front of a MariaDB that accepts TLS only, with the variable that the workload has. */

const DB = "orders-db";
const relayImage = { ...nginxImage, files: { "/usr/local/bin/nginx": join(__dirname, "fixtures", "nginx-stream") } };

let mariadb: Mariadb;
const site = useSite(async ({ folder, network, certificates, add }) => {
  mariadb = add(await startMariadb(join(folder, "mariadb"), { network, certificates, databases: ["app_db"] }));
});

const deployed = (): Deployed =>
  deploy({
    services: {
      [DB]: {
        ...{ service: mysql(), server: mariadb, host: HOST, caBundle: site().certificates.bundle },
        parts: { database: "app_db" },
      },
    },
  });

function targetOf(name: string): SessionTarget {
  const found = applicationTargets(deployed()).find((one) => one.name === name);
  if (found === undefined || !isReached(found)) throw new Error(`nobody is led to ${name}`);
  return found;
}

const sessionTo = (target: SessionTarget): Session => ({
  ...{ name: "shop-session-4f2a91c0", environment: "test", target, who: "maja@example.com", seconds: 600 },
  ...{
    brokenGlass: false,
    from: "2026-11-30T10:00:00Z",
    until: "2026-11-30T10:10:00Z",
    reason: `orders of "today" $(id) $(DATABASE_URL) are missing`,
  },
});

/** Starts the relay of a session as its pod has it, and waits until it is ready. */
async function relay(session: Session, variables: Readonly<Record<string, string>> = {}): Promise<Container> {
  const { spec } = sessionJob(session, facts).spec.template;
  const folder = mkdtempSync(join(site().folder, "pod-"));
  chmodSync(folder, 0o755);
  const { objects, secrets } = deployed();
  const files = new PodFiles(folder, spec, objects, secrets);
  const [container] = spec.containers as readonly [Spec];
  const started = await startContainer({
    ...{ image: relayImage, command: container.command ?? [] },
    env: { ...files.variables(container), ...variables },
    mounts: [...files.mounts(container), site().hosts],
    user: spec.securityContext.runAsUser,
    group: spec.securityContext.runAsGroup,
    readOnlyRoot: container.securityContext.readOnlyRootFilesystem,
    network: site().network,
    log: join(folder, "log"),
  });
  const ready = async (): Promise<boolean> =>
    (await started.exec(container.readinessProbe?.exec?.command ?? [])).code === 0;
  await waitUntil("the relay is ready", async () => !started.running() || (await ready()), { details: started.log });
  return started;
}

function bundle(): string {
  const file = join(site().folder, "bundle.pem");
  writeFileSync(file, site().certificates.bundle);
  return file;
}

const client = (sql: string) =>
  run(
    inNetwork(site().network, [
      "mysql",
      ...[
        "--no-defaults",
        "--host=127.0.0.1",
        `--port=${RELAY_PORT}`,
        "--protocol=tcp",
        "--batch",
        "--skip-column-names",
      ],
      ...[`--ssl-ca=${bundle()}`, `--user=${mariadb.admin.username}`],
      ...[`--password=${mariadb.admin.password}`, `--execute=${sql}`],
    ]),
  );

test("ShellCheck has nothing against the relay's program", async () => {
  const file = join(site().folder, "relay.sh");
  writeFileSync(file, RELAY_SCRIPT);
  const { output } = await run(["shellcheck", "--shell=sh", file]);
  expect(output).toBe("");
});

test("a client signs in through it under TLS, and its log says who, why, and what each connection was", async () => {
  const session = sessionTo(targetOf(DB));
  const container = await relay(session);
  try {
    const { output } = await client("SELECT 'in'; SHOW STATUS LIKE 'Ssl_version'");
    expect(output).toMatch(/^in\nSsl_version\tTLSv1\.[23]\n/);
    await waitUntil("the connection is told", async () => Promise.resolve(container.log().includes("has ended")));
    const [first, second] = container
      .log()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { message: string; context: Record<string, unknown> });
    expect(first).toEqual({
      ...{ time: session.from, level: "info", message: "a session begins" },
      context: {
        ...{ session: session.name, environment: "test", target: DB, who: session.who, reason: session.reason },
        ...{ from: session.from, until: "2026-11-30T10:10:00Z", breakGlass: false },
      },
    });
    expect(second).toMatchObject({
      message: "a connection of a session has ended",
      context: { session: session.name, status: 200 },
    });
    expect(shown(container.log(), [passwordOf(DB, "api")])).toEqual([]);
  } finally {
    await container.stop("SIGTERM");
  }
  expect((await client("SELECT 'in'")).code).not.toBe(0);
});

test("an address that is none starts nothing, and is not shown", async () => {
  for (const address of ["mysql://u:secret@;events{}/x", "", "mysql://u:secret@data;/x"]) {
    const container = await relay(sessionTo(targetOf(DB)), { DATABASE_URL: address });
    await container.exited;
    expect(container.log().trim()).toBe("the address is no host with a port");
  }
});

test("an address without a port gets the usual one", async () => {
  const container = await relay(sessionTo(targetOf(DB)), {
    ...{ DATABASE_URL: `mysql://u:p@${HOST}/app_db`, GOLDENPATH_PORT: String(mariadb.port) },
  });
  try {
    expect((await client("SELECT 'in'")).output).toContain("in");
    expect((await container.exec(["cat", PID_FILE])).code).toBe(0);
  } finally {
    await container.stop("SIGTERM");
  }
});
