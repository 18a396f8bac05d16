import { createHash } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSpan } from "../../constructs/model/recovery";
import { REDIS_BACKUP_ACCESS, REDIS_BACKUP_USER, SERVER_DISK } from "../../constructs/services/redis/backups";
import { redisForm } from "../support/in-cluster";
import { facts, find } from "../support/resolved";
import { type Copies, copiesIn, runBackup } from "./support/backup-run";
import { type Result, run } from "./support/container";
import { valkeyImage } from "./support/images";
import { inNetwork } from "./support/network";
import { type Server, SERVER_USER } from "./support/server";
import { startRedis } from "./support/servers/redis";
import { type Site, useSite } from "./support/site";
import { shown } from "./support/users-job";

/*
 * Copies of keys as the CronJob makes them, and the way back onto the disk of the server, on a Redis that keeps its log as the rendered
 * file says. The tests follow one another: keys are written, copied, lost, and brought back.
 */

const RTO = "1h";
const KEYS = 20_000;
const SERVER = "my-app-cache";
const PASSWORD = `"@:/%#\\'+&=$\`ä{{%41 copies`;

const objects = redisForm({ sizing: { backups: { schedule: "20 * * * *", keepDays: 14, storage: "400Gi" } } }).objects(
  facts,
);

/** What the rendered file tells the server of its log, and who copies it. */
const lines = [
  ...(find(objects, "ConfigMap", SERVER).data["valkey.conf"] ?? "")
    .split("\n")
    .filter((line) => /^(appendonly|appendfsync|save|maxmemory-policy) /.test(line)),
  `user ${REDIS_BACKUP_USER} reset on #${createHash("sha256").update(PASSWORD).digest("hex")} ${REDIS_BACKUP_ACCESS}`,
];

let redis: Server;
let copies: Copies;
let disk = "";
let started = 0;

/** In a folder of its own, with a log of its own: the last one says that it is ready. */
async function start(site: Site): Promise<Server> {
  started++;
  return startRedis(join(site.folder, `redis-${started}`), {
    ...site,
    // No replica is waited for, as five seconds of each copy would be.
    lines: [...lines, "repl-diskless-sync-delay 0", `dir ${join(disk, SERVER_DISK.folder)}`],
  });
}

const site = useSite(async (one) => {
  disk = join(one.folder, "disk");
  const data = join(disk, SERVER_DISK.folder);
  mkdirSync(data, { recursive: true });
  // As a disk without groups for its pods: the folder is everybody's, and files are the server's.
  chownSync(data, SERVER_USER, SERVER_USER);
  chmodSync(data, 0o777);
  redis = await start(one);
  one.add({ stop: () => redis.stop() });
  copies = copiesIn(one, { username: REDIS_BACKUP_USER, password: PASSWORD }, { image: valkeyImage, server: SERVER });
});

async function ask(...command: readonly string[]): Promise<string> {
  const { bundle } = site().certificates;
  const ca = join(site().folder, "ca.pem");
  writeFileSync(ca, bundle);
  const cli = ["redis-cli", "--no-auth-warning", "--raw", "--tls", "--cacert", ca, ...command];
  const { code, output } = await run(
    inNetwork(site().network, ["env", `REDISCLI_AUTH=${redis.admin.password}`, ...cli]),
    30,
  );
  expect({ code, error: output.startsWith("ERR") }).toEqual({ code: 0, error: false });
  return output.trim();
}

const backup = (
  given?: Readonly<Record<string, string>>,
  more?: Copies["more"],
  of: typeof objects = objects,
): Promise<Result> => runBackup(site(), of, `${SERVER}-backup`, { ...copies, ...(more && { more }) }, given);
const restore = (
  AT: string,
  given: Readonly<Record<string, string>> = {},
  of: typeof objects = objects,
): Promise<Result> =>
  backup({ TASK: "restore", AT, ...given }, [{ path: SERVER_DISK.path, source: disk, readOnly: false }], of);

const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
const whole = (): string[] => readdirSync(join(copies.folder, "whole")).filter((name) => !name.startsWith("."));
const folders = (): string[] => readdirSync(join(disk, SERVER_DISK.folder));

const write = (prefix: string, count: number) =>
  ask(
    "eval",
    "for i = 1, tonumber(ARGV[2]) do redis.call('SET', ARGV[1] .. ':' .. i, redis.sha1hex(i)) end return redis.call('DBSIZE')",
    ...["0", prefix, String(count)],
  );

let wanted = "";

test("the program is one that ShellCheck has nothing against", async () => {
  const file = join(site().folder, "backup.sh");
  writeFileSync(file, find(objects, "ConfigMap", `${SERVER}-backup`).data["backup.sh"] ?? "");
  expect((await run(["shellcheck", "--shell=sh", file])).output).toBe("");
});

test("all keys are copied, of every database, with their times to live", async () => {
  await write("session", KEYS);
  await ask("set", "expiring", "1", "EX", "86400");
  await ask("hset", "cart", "one", "1", "two", "2");
  await ask("-n", "3", "set", "elsewhere", "here");
  await ask("function", "load", "#!lua name=lib\nredis.register_function('f', function() return 'made' end)");
  const { code, output } = await backup();
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/copied all keys at \S+Z\n$/) as string,
  });
  expect(whole()).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.rdb$/)]);
  await aSecond();
  wanted = now();
  await aSecond();
  await write("later", 10);
});

test("who copies can change nothing, and see no key but as a replica", async () => {
  const as = async (...command: string[]) => {
    const ca = join(site().folder, "ca.pem");
    const cli = ["redis-cli", "--no-auth-warning", "--user", REDIS_BACKUP_USER, "--tls", "--cacert", ca, ...command];
    const { output } = await run(inNetwork(site().network, ["env", `REDISCLI_AUTH=${PASSWORD}`, ...cli]), 30);
    return output.trim();
  };
  expect(await as("ping")).toBe("PONG");
  for (const command of [["get", "cart"], ["flushall"], ["replicaof", "no", "one"], ["config", "get", "*"]]) {
    expect(await as(...command)).toMatch(/^NOPERM/);
  }
});

test("a restore is refused while the server runs, and without its disk", async () => {
  const running = await restore(wanted);
  expect({ code: running.code, output: running.output }).toEqual({
    code: 2,
    output: "PONG\nthe server runs: scale it to 0 first\n",
  });
  const other = async (given: Readonly<Record<string, string>>) => {
    const { code, output } = await restore(wanted, given);
    return { code, output };
  };
  // It runs, whatever it says.
  expect(await other({ USERNAME: "nobody" })).toEqual({
    code: 2,
    output: expect.stringMatching(/WRONGPASS.*\nthe server runs: scale it to 0 first\n$/) as string,
  });
  expect(await other({ CA_BUNDLE: "/etc/ssl/certs/ca-certificates.crt" })).toEqual({
    code: 2,
    output: expect.stringMatching(
      /^Could not connect .*SSL_connect.*\nthe server runs: scale it to 0 first\n$/,
    ) as string,
  });
  const without = await backup({ TASK: "restore", AT: wanted });
  expect({ code: without.code, output: without.output }).toEqual({
    code: 2,
    output: "the server's disk is not here: restore by the command of the runbook, which mounts it\n",
  });
  expect(folders()).toEqual(["appendonlydir"]);
});

test("no answer in time is a server that may run, until somebody says that it does not", async () => {
  const broken = join(copies.folder, "whole", "2099-01-01T00:00:00Z.rdb");
  writeFileSync(broken, "no keys");
  const hasty = objects.map((object) =>
    object.kind === "ConfigMap" && object.metadata.name === `${SERVER}-backup`
      ? { ...object, data: { "backup.sh": (object.data["backup.sh"] ?? "").replace("ask 10 ping", "ask 1 ping") } }
      : object,
  );
  await ask("client", "pause", "30000", "ALL");
  const refused = await restore(wanted, {}, hasty);
  expect({ code: refused.code, output: refused.output }).toEqual({
    code: 2,
    output:
      "nothing answered within 10 seconds, which a server that runs may do: look whether it has pods, and say STOPPED=yes if it has none\n",
  });
  const said = await restore("2099-12-31T00:00:00Z", { STOPPED: "yes" }, hasty);
  expect({ code: said.code, output: said.output }).toEqual({
    code: 1,
    output: expect.stringMatching(
      /the copy of 2099-01-01T00:00:00Z cannot be read, and nothing was changed: give a time before it\n$/,
    ) as string,
  });
  expect(folders()).toEqual(["appendonlydir"]);
  rmSync(broken);
  await redis.stop();
  redis = await start(site());
});

test("keys that were deleted come back, and what was there before stays beside them", async () => {
  await ask("flushall");
  await write("mistake", 5);
  await redis.stop();
  const began = Date.now();
  const { code, output } = await restore(wanted);
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/restored the keys in \d+ seconds/) as string,
  });
  redis = await start(site());
  expect(await ask("dbsize")).toBe(String(KEYS + 2));
  const seconds = (Date.now() - began) / 1000;
  process.stderr.write(`restored ${KEYS} keys in ${seconds.toFixed(1)} s; rto ${RTO}\n`);
  expect(seconds).toBeLessThan(parseSpan(RTO) ?? 0);
  expect(await ask("get", "session:7")).toBe(createHash("sha1").update("7").digest("hex"));
  expect(await ask("hgetall", "cart")).toBe("one\n1\ntwo\n2");
  expect(Number(await ask("ttl", "expiring"))).toBeGreaterThan(80_000);
  expect(await ask("-n", "3", "get", "elsewhere")).toBe("here");
  expect(await ask("fcall", "f", "0")).toBe("made");
  expect(await ask("exists", "mistake:1", "later:1")).toBe("0");
  expect(folders().sort()).toEqual(["appendonlydir", expect.stringMatching(/^appendonlydir\.until-\S+Z$/)]);
});

test("what is written after it is kept over another start", async () => {
  await ask("set", "after", "it");
  await ask("bgrewriteaof");
  await aSecond();
  await redis.stop();
  redis = await start(site());
  expect(await ask("get", "after")).toBe("it");
  expect(await ask("dbsize")).toBe(String(KEYS + 3));
});

test("a disk that is gone is filled anew", async () => {
  await redis.stop();
  rmSync(join(disk, SERVER_DISK.folder), { recursive: true });
  mkdirSync(join(disk, SERVER_DISK.folder));
  chownSync(join(disk, SERVER_DISK.folder), SERVER_USER, SERVER_USER);
  chmodSync(join(disk, SERVER_DISK.folder), 0o777);
  expect((await restore(wanted)).code).toBe(0);
  redis = await start(site());
  expect(await ask("dbsize")).toBe(String(KEYS + 2));
});

test("what cannot be done is refused before anything is changed", async () => {
  await redis.stop();
  const refused = async (at: string, code: number, text: string) => {
    const result = await restore(at);
    expect({ code: result.code, said: result.output }).toEqual({
      code,
      said: expect.stringContaining(text) as string,
    });
    expect(folders()).toEqual(["appendonlydir"]);
  };
  await refused("yesterday", 2, 'AT is "yesterday": give the time in UTC');
  await refused("2001-01-01T00:00:00Z", 1, "no whole copy is from before 2001-01-01T00:00:00Z; there are:");
  const [name = ""] = whole();
  const later = name.replace(/^\d{4}/, "2099");
  writeFileSync(join(copies.folder, "whole", later), "no keys");
  await refused(
    "2099-12-31T00:00:00Z",
    1,
    `the copy of ${later.replace(".rdb", "")} cannot be read, and nothing was changed`,
  );
  rmSync(join(copies.folder, "whole", later));
  redis = await start(site());
  expect(await ask("dbsize")).toBe(String(KEYS + 2));
});

test("of days that are past one copy each stays, and none that is too old; never the newest goes", async () => {
  const folder = join(copies.folder, "whole");
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const past = (days: number, hour: string): string => {
    const time = new Date(Date.now() - days * 86_400_000);
    const name = `${time.toISOString().slice(0, 10)}T${hour}:00:00Z.rdb`;
    writeFileSync(join(folder, name), "");
    utimesSync(join(folder, name), time, time);
    return name;
  };
  const [, kept] = [past(3, "01"), past(3, "13")];
  past(20, "01");
  expect((await backup()).code).toBe(0);
  expect(whole().sort()).toEqual([kept, expect.stringMatching(/Z\.rdb$/)]);
});

test("nothing that it says shows the password, and a server that is away makes no copy", async () => {
  const before = whole();
  await redis.stop();
  const failed = await backup();
  expect(failed.code).not.toBe(0);
  expect(whole()).toEqual(before);
  redis = await start(site());
  const results = [failed, await backup(), await restore("no")];
  expect(shown(results.map(({ output }) => output).join("\n"), [PASSWORD])).toEqual([]);
});
