import { join } from "node:path";
import { REDIS } from "../../constructs/observability/metrics/redis";
import { redis } from "../../constructs/services/redis";
import { makeCertificates } from "./support/certificates";
import { type Exporter, startExporter, valueOf } from "./support/exporter";
import { missing } from "./support/families";
import { redisExporterImage } from "./support/images";
import type { Server } from "./support/server";
import { startRedis } from "./support/servers/redis";
import { deploy } from "./support/shop";
import { HOST, useSite } from "./support/site";
import { measuringPasswordOf, type Placed } from "./support/test-cloud";
import { shown } from "./support/users-job";

/*
 * Redis whose certificate has no name to compare, as Memorystore's, measured by the rendered pod: the exporter, and HAProxy that
 * verifies the authority for it. The tests follow one another.
 */

const CACHE = "cache";

let server: Server;
let bundle: string;
let stranger: string;
const site = useSite(async (made) => {
  const certificates = makeCertificates(join(made.folder, "nameless"), []);
  ({ bundle, stranger } = certificates);
  server = made.add(
    await startRedis(join(made.folder, "redis"), {
      ...{ network: made.network, certificates, measuringPassword: measuringPasswordOf(CACHE) },
      lines: ["maxmemory 3mb", "maxmemory-policy allkeys-lru", "maxclients 20"],
    }),
  );
});

const deployed = (change: Partial<Placed>) =>
  deploy({
    ...{ measured: true, workloads: ["api"] },
    services: { [CACHE]: { service: redis(), server, host: HOST, caBundle: bundle, ...change } },
  });

const start = (change: Partial<Placed>): Promise<Exporter> =>
  startExporter(site(), deployed(change), CACHE, redisExporterImage);

test("an exporter that compares names is not let in by such a server", async () => {
  const exporter = await start({ nameless: false });
  expect(valueOf(await exporter.metrics(), "redis_up")).toBe(0);
  await exporter.stop("SIGTERM");
});

test("by the way beside it, it tells what the catalogue says", async () => {
  const exporter = await start({ nameless: true });
  const text = await exporter.metrics();
  expect(valueOf(text, "redis_up")).toBe(1);
  expect(missing(REDIS, text)).toEqual([]);
  expect(valueOf(text, "redis_memory_max_bytes")).toBe(3 * 2 ** 20);
  expect(shown(`${text}${exporter.container.log()}`, [measuringPasswordOf(CACHE)])).toEqual([]);
  await exporter.stop("SIGTERM");
});

test("a server of another authority gets no connection", async () => {
  const exporter = await start({ nameless: true, caBundle: stranger });
  expect(valueOf(await exporter.metrics(), "redis_up")).toBe(0);
  // Whoever looks finds it in the logs of the pod.
  expect(exporter.log("way")).toContain("beside server/server");
  await exporter.stop("SIGTERM");
});

test("a server that is gone is down", async () => {
  const exporter = await start({ nameless: true });
  expect(valueOf(await exporter.metrics(), "redis_up")).toBe(1);
  await server.stop();
  expect(valueOf(await exporter.metrics(), "redis_up")).toBe(0);
});
