import { join } from "node:path";
import { redis } from "../../constructs/services/redis";
import { run } from "../real/support/container";
import { startExporter } from "../real/support/exporter";
import { redisExporterImage } from "../real/support/images";
import { inNetwork } from "../real/support/network";
import { sleep } from "../real/support/program";
import type { Server } from "../real/support/server";
import { startRedis } from "../real/support/servers/redis";
import { deploy } from "../real/support/shop";
import { HOST, useSite } from "../real/support/site";
import { measuringPasswordOf } from "../real/support/test-cloud";
import { ALERTS, type Faults, rulesOf, startFaults, watched } from "./support/faults";
import { SPEED } from "./support/rows";

/* A Redis that is a cache, its exporter as rendered, and what goes wrong with it. The tests follow one another. */

const CACHE = "cache";
const { namespace } = watched.application;
const CLIENTS = 20;

let server: Server;
let faults: Faults;
/** Lines of its command line client, which come after each other. */
let tell: (...lines: readonly string[]) => Promise<string>;
useSite(async (site) => {
  const { folder, network, certificates } = site;
  server = site.add(
    await startRedis(join(folder, "redis"), {
      ...{ network, certificates, measuringPassword: measuringPasswordOf(CACHE) },
      lines: ["maxmemory 8mb", "maxmemory-policy volatile-lru", `maxclients ${CLIENTS}`],
    }),
  );
  const placed = { service: redis(), server, host: HOST, caBundle: certificates.bundle };
  const shop = deploy({ measured: true, workloads: ["api"], services: { [CACHE]: placed } });
  const exporter = await startExporter(site, shop, CACHE, redisExporterImage);
  const tls = ["--tls", "--cacert", join(folder, "tls", "root.pem")];
  tell = async (...lines) => {
    const client = `redis-cli -h localhost -p ${server.port} ${tls.join(" ")} --user "$REDIS_USER" --no-auth-warning`;
    const env = [`REDISCLI_AUTH=${server.admin.password}`, `REDIS_USER=${server.admin.username}`];
    const command = ["env", ...env, "sh", "-c", `printf '%s\\n' "$@" | ${client}`, "sh", ...lines];
    return (await run(inNetwork(network, command), 1800)).output;
  };
  const groups = rulesOf(ALERTS, (expression) => expression.includes(`"${CACHE}"`) && !expression.includes("kube_"));
  faults = await startFaults(site, groups, [
    {
      ...{ address: `127.0.0.1:${exporter.port}`, path: "/metrics" },
      labels: { namespace, service: CACHE, pod: "exporter-0" },
    },
  ]);
});
// Rates need samples of before.
beforeAll(() => sleep(90 / SPEED));

/** Some keys that go after an hour, of 20 kB each. */
const fill = (from: number, to: number): Promise<string> =>
  tell(
    `EVAL "for i = ${from}, ${to} do redis.call('SET', 'k' .. i, string.rep('x', 20000), 'EX', 3600) end return 1" 0`,
  );

test("memory that is nearly full", async () => {
  const almost = async (): Promise<void> => {
    for (let key = 0; ; key += 5) {
      const memory = await tell("INFO memory");
      const [, used = ""] = /^used_memory:(\d+)/m.exec(memory) ?? [];
      if (Number(used) > 0.93 * 8 * 2 ** 20) return;
      expect(await fill(key, key + 4)).toContain("1");
    }
  };
  await faults.measure("A cache has little memory left", { alert: "CacheMemoryNearLimit", within: 720 }, almost);
});

test("keys that go before their time", async () => {
  let writing = true;
  let written: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    for (let key = 1000; writing; key++) {
      await fill(key, key);
      await sleep(Math.max(0.2, 2 / SPEED));
    }
  };
  await faults.measure("A cache drops keys before their time", { alert: "CacheEvicting", within: 1080 }, async () => {
    written = write();
    await sleep(0);
  });
  writing = false;
  await written;
  await tell("FLUSHALL");
  await faults.well();
});

test("connections that are refused", async () => {
  await faults.measure(
    "A cache refuses connections for a minute",
    { alert: "CacheConnectionsRefused", within: 300 },
    async () => {
      const blocked = Array.from({ length: CLIENTS + 5 }, () => tell(`BLPOP nothing ${Math.ceil(5 + 60 / SPEED)}`));
      await Promise.all(blocked);
    },
  );
  await faults.well();
});

test("a server that is gone", async () => {
  const expected = { alert: "DataServiceDown", labels: { service: CACHE }, within: 120 };
  await faults.measure("A cache is killed", expected, () => server.stop());
});
