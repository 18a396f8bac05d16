import { join } from "node:path";
import { REDIS } from "../../constructs/observability/metrics/redis";
import { redis } from "../../constructs/services/redis";
import { REDIS_EXPORTER_USER } from "../../constructs/services/redis/exporter";
import { run } from "./support/container";
import { type Exporter, startExporter, valueOf } from "./support/exporter";
import { missing } from "./support/families";
import { redisExporterImage } from "./support/images";
import { inNetwork } from "./support/network";
import type { Login, Server } from "./support/server";
import { startRedis } from "./support/servers/redis";
import { deploy } from "./support/shop";
import { HOST, OTHER_HOST, useSite } from "./support/site";
import { measuringPasswordOf, type Placed } from "./support/test-cloud";
import { shown } from "./support/users-job";

/* Redis as its exporter measures it, signed in as the rendered user, over TLS. The tests follow one another. */

const CACHE = "cache";

let server: Server;
const site = useSite(async (made) => {
  server = made.add(
    await startRedis(join(made.folder, "redis"), {
      ...made,
      measuringPassword: measuringPasswordOf(CACHE),
      lines: ["maxmemory 3mb", "maxmemory-policy allkeys-lru", "maxclients 20"],
    }),
  );
});

const deployed = (change: Partial<Placed> = {}) =>
  deploy({
    ...{ measured: true, workloads: ["api"] },
    services: { [CACHE]: { service: redis(), server, host: HOST, caBundle: site().certificates.bundle, ...change } },
  });

const as = async ({ username, password }: Login, ...command: readonly string[]) => {
  const tls = ["--tls", "--cacert", join(site().folder, "tls", "root.pem")];
  const client = ["redis-cli", "-h", HOST, "-p", String(server.port), ...tls, "--user", username, "--no-auth-warning"];
  // The name is the site's own.
  const hosts = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", join(site().folder, "hosts"), "/etc/hosts", "--"];
  const words = ["env", `REDISCLI_AUTH=${password}`, ...hosts, ...client, ...command];
  return (await run(inNetwork(site().network, words))).output.trim();
};
const exporterLogin = () => ({ username: REDIS_EXPORTER_USER, password: measuringPasswordOf(CACHE) });

test.each([
  ["reads a key", ["GET", "session"]],
  ["writes one", ["SET", "session", "1"]],
  ["lists them", ["KEYS", "*"]],
  ["reads the configuration, and passwords with it", ["CONFIG", "GET", "*"]],
  ["lists clients", ["CLIENT", "LIST"]],
  ["lists users", ["ACL", "LIST"]],
  ["ends the server", ["SHUTDOWN"]],
])("the user that measures never %s", async (_, command) => {
  expect(await as(exporterLogin(), ...command)).toMatch(/^NOPERM/);
});

let exporter: Exporter;
test("the exporter tells what the catalogue says, over a connection that it verifies", async () => {
  exporter = await startExporter(site(), deployed(), CACHE, redisExporterImage);
  const text = await exporter.metrics();
  expect(valueOf(text, "redis_up")).toBe(1);
  expect(missing(REDIS, text)).toEqual([]);
  expect(valueOf(text, "redis_memory_max_bytes")).toBe(3 * 2 ** 20);
});

test("it sees keys that are evicted", async () => {
  expect(valueOf(await exporter.metrics(), "redis_evicted_keys_total")).toBe(0);
  await as(server.admin, "EVAL", "for i = 1, 200 do redis.call('SET', 'k' .. i, string.rep('x', 20000)) end", "0");
  const text = await exporter.metrics();
  expect(valueOf(text, "redis_evicted_keys_total")).toBeGreaterThan(0);
  expect(valueOf(text, "redis_memory_used_bytes") / valueOf(text, "redis_memory_max_bytes")).toBeGreaterThan(0.8);
});

test("its password is shown by nothing", async () => {
  const secrets = [measuringPasswordOf(CACHE)];
  expect(shown(`${await exporter.metrics()}${exporter.container.log()}`, secrets)).toEqual([]);
  expect(JSON.stringify(deployed().objects)).not.toContain(secrets[0]);
});

test.each([
  ["another authority", () => ({ caBundle: site().certificates.stranger })],
  ["a name that the certificate has not", () => ({ host: OTHER_HOST })],
])("it is not let in by %s", async (_, change) => {
  await exporter.container.stop("SIGTERM");
  exporter = await startExporter(site(), deployed(change()), CACHE, redisExporterImage);
  expect(valueOf(await exporter.metrics(), "redis_up")).toBe(0);
});

test("a server that is gone is down", async () => {
  await exporter.container.stop("SIGTERM");
  exporter = await startExporter(site(), deployed(), CACHE, redisExporterImage);
  expect(valueOf(await exporter.metrics(), "redis_up")).toBe(1);
  await server.stop();
  expect(valueOf(await exporter.metrics(), "redis_up")).toBe(0);
});
