import { chownSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSpan } from "../../constructs/model/recovery";
import { rabbitmqForm } from "../support/in-cluster";
import { facts, find } from "../support/resolved";
import { type Copies, copiesIn, runBackup } from "./support/backup-run";
import { run } from "./support/container";
import { curlImage } from "./support/images";
import { type Rabbitmq, startRabbitmq } from "./support/servers/rabbitmq";
import { type Site, useSite } from "./support/site";
import { shown } from "./support/users-job";

/*
 * Copies of a broker's definitions as the CronJob makes them, and the way back into a broker that was made anew. The tests follow one
 * another.
 */

const RTO = "1h";
const SERVER = "my-app-events";

const objects = rabbitmqForm({
  sizing: { backups: { schedule: "20 1 * * *", keepDays: 14, storage: "1Gi" } },
}).objects(facts);

let rabbitmq: Rabbitmq;
let copies: Copies;
let started = 0;

function start(site: Site, nodes = 1): Promise<Rabbitmq> {
  started++;
  return startRabbitmq(join(site.folder, `rabbitmq-${started}`), { ...site, nodes });
}

const site = useSite(async (one) => {
  rabbitmq = await start(one);
  one.add({ stop: () => rabbitmq.stop() });
  copies = copiesIn(one, rabbitmq.admin, { image: curlImage, server: SERVER });
});

const backup = (given: Readonly<Record<string, string>> = {}) =>
  runBackup(site(), objects, `${SERVER}-backup`, copies, {
    PORT: String(rabbitmq.managementPort),
    ...given,
  });
const restore = (AT: string) => backup({ TASK: "restore", AT });

async function api<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: object): Promise<T | undefined> {
  const { output } = await rabbitmq.api(rabbitmq.admin, method, path, body);
  const lines = output.trimEnd().split("\n");
  expect([path, lines.at(-1)]).toEqual([path, expect.stringMatching(/^2\d\d$/)]);
  const text = lines.slice(0, -1).join("\n");
  return text === "" ? undefined : (JSON.parse(text) as T);
}

const names = async (path: string): Promise<string[]> =>
  ((await api<readonly { readonly name: string }[]>("GET", path)) ?? []).map(({ name }) => name).sort();

const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
const whole = (): string[] => readdirSync(join(copies.folder, "whole")).filter((name) => !name.startsWith("."));

const VHOST = "orders/%+ä b";
const AT = encodeURIComponent(VHOST);
let wanted = "";

test("the program is one that ShellCheck has nothing against", async () => {
  const file = join(site().folder, "backup.sh");
  writeFileSync(file, find(objects, "ConfigMap", `${SERVER}-backup`).data["backup.sh"] ?? "");
  expect((await run(["shellcheck", "--shell=sh", file])).output).toBe("");
});

test("definitions of every virtual host are copied, and no user", async () => {
  await api("PUT", `vhosts/${AT}`);
  await api("PUT", "users/clerk", { password: "long ago", tags: "" });
  await api("PUT", `permissions/${AT}/clerk`, { configure: ".*", write: ".*", read: ".*" });
  await api("PUT", `permissions/${AT}/${rabbitmq.admin.username}`, { configure: ".*", write: ".*", read: ".*" });
  await api("PUT", `exchanges/${AT}/events`, { type: "topic", durable: true });
  await api("PUT", `queues/${AT}/orders`, { durable: true, arguments: { "x-queue-type": "quorum" } });
  await api("PUT", "queues/%2F/plain", { durable: true });
  await api("POST", `bindings/${AT}/e/events/q/orders`, { routing_key: "order.*" });
  await api("PUT", `policies/${AT}/limits`, { pattern: "^orders$", definition: { "delivery-limit": 5 } });
  await api("PUT", `vhost-limits/${AT}/max-queues`, { value: 100 });
  const { code, output } = await backup();
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/copied the definitions of 2 virtual hosts at \S+Z\n$/) as string,
  });
  const [copy = ""] = whole();
  const files = readdirSync(join(copies.folder, "whole", copy));
  expect(files.sort()).toEqual(["1.json", "1.vhost", "2.json", "2.vhost"]);
  const texts = files.map((name) => readFileSync(join(copies.folder, "whole", copy, name), "utf8"));
  expect(texts.join("")).toContain("order.*");
  expect(texts.join("")).not.toMatch(/clerk|password_hash/);
  await aSecond();
  wanted = now();
});

test("a broker that is made anew has them again, with users as its own Job makes them", async () => {
  await rabbitmq.stop();
  rabbitmq = await start(site());
  expect(await names("vhosts")).toEqual(["/"]);
  const began = Date.now();
  const { code, output } = await restore(wanted);
  const seconds = (Date.now() - began) / 1000;
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/restored definitions in \d+ seconds\n$/) as string,
  });
  process.stderr.write(`restored definitions in ${seconds.toFixed(1)} s; rto ${RTO}\n`);
  expect(seconds).toBeLessThan(parseSpan(RTO) ?? 0);
  expect(await names("vhosts")).toEqual(["/", VHOST]);
  expect(await names(`queues/${AT}`)).toEqual(["orders"]);
  expect(await names("queues/%2F")).toEqual(["plain"]);
  expect(await names(`exchanges/${AT}`)).toContain("events");
  expect(await api(`GET`, `queues/${AT}/orders`)).toMatchObject({ type: "quorum" });
  expect(await api("GET", `bindings/${AT}/e/events/q/orders`)).toMatchObject([{ routing_key: "order.*" }]);
  expect(await api("GET", `policies/${AT}/limits`)).toMatchObject({ definition: { "delivery-limit": 5 } });
  expect(await api("GET", `vhost-limits/${AT}`)).toMatchObject([{ value: { "max-queues": 100 } }]);
  expect(await names("users")).toEqual([rabbitmq.admin.username]);
});

test("what is there stays, with its messages, and another restore changes nothing", async () => {
  await api("PUT", `permissions/${AT}/${rabbitmq.admin.username}`, { configure: ".*", write: ".*", read: ".*" });
  await api("PUT", `queues/${AT}/later`, { durable: true });
  await api("POST", `exchanges/${AT}/amq.default/publish`, {
    ...{ routing_key: "later", payload: "kept", payload_encoding: "string", properties: { delivery_mode: 2 } },
  });
  expect((await restore(wanted)).code).toBe(0);
  expect(await names(`queues/${AT}`)).toEqual(["later", "orders"]);
  expect(
    await api("POST", `queues/${AT}/later/get`, { count: 1, ackmode: "ack_requeue_true", encoding: "auto" }),
  ).toMatchObject([{ payload: "kept" }]);
});

test("policies and parameters of the same name stay as they are there, and are told of", async () => {
  await api("PUT", `policies/${AT}/limits`, { pattern: "^later$", definition: { "max-length": 7 } });
  await api("PUT", `vhost-limits/${AT}/max-queues`, { value: 50 });
  const kept = await restore(wanted);
  expect(kept.code).toBe(0);
  expect(kept.output).toMatch(
    /policies and parameters that stay as they are there:\n(?:.*\n)?"policies"\t\t"limits"\n/,
  );
  expect(await api("GET", `policies/${AT}/limits`)).toMatchObject({
    pattern: "^later$",
    definition: { "max-length": 7 },
  });
  expect(await api("GET", `vhost-limits/${AT}`)).toMatchObject([{ value: { "max-queues": 50 } }]);
  await api("DELETE", `policies/${AT}/limits`);
  expect((await restore(wanted)).code).toBe(0);
  expect(await api("GET", `policies/${AT}/limits`)).toMatchObject({ definition: { "delivery-limit": 5 } });
});

/** Restores a copy in which something is other than it was. */
async function changed(from: string, to: string) {
  const [copy = ""] = whole();
  const other = join(copies.folder, "whole", "2099-01-01T00:00:00Z");
  cpSync(join(copies.folder, "whole", copy), other, { recursive: true });
  chownSync(other, 1000, 1000);
  let changes = 0;
  for (const name of readdirSync(other)) {
    const text = readFileSync(join(other, name), "utf8");
    if (text.includes(from)) changes++;
    writeFileSync(join(other, name), text.replace(from, to));
    chownSync(join(other, name), 1000, 1000);
  }
  expect(changes).toBe(1);
  const result = await restore("2099-12-31T00:00:00Z");
  rmSync(other, { recursive: true });
  return result;
}

test("a binding that the broker did not make is told of, though it says that it took all", async () => {
  const { code, output } = await changed('"destination":"orders"', '"destination":"nowhere"');
  expect({ code, output }).toEqual({
    code: 1,
    output: expect.stringMatching(/: 1 of 2 queues and bindings are there;/) as string,
  });
  expect(output).toContain('"nowhere"');
  expect(output).not.toContain("restored");
});

test("what the broker does not take is told of with its reason", async () => {
  const { code, output } = await changed('"name":"limits","pattern":"^orders$"', '"name":"new","pattern":"("');
  expect(code).toBe(1);
  expect(output).toMatch(/"reason":".*[Vv]alidation failed/);
  expect(output).toContain("the broker did not take its definitions, or only some of them");
});

test("a copy that is cut off is told to the broker in no part", async () => {
  const { code, output } = await changed('"name":"limits"', '"name":"lim');
  expect({ code, output }).toEqual({
    code: 1,
    output: expect.stringMatching(
      /\.json cannot be read\nnothing was changed: give a time before that copy\n$/,
    ) as string,
  });
});

test("a virtual host whose name JSON writes otherwise is said not to be copied, and the others are", async () => {
  await api("PUT", `vhosts/${encodeURIComponent('odd"name')}`);
  const [early = ""] = whole();
  const before = new Date(Date.now() - 600_000).toISOString().replace(/\.\d+Z$/, "Z");
  renameSync(join(copies.folder, "whole", early), join(copies.folder, "whole", before));
  const { code, output } = await backup();
  expect({ code, output }).toEqual({
    code: 1,
    output: expect.stringMatching(
      /virtual host "odd\\"name" is not copied[\s\S]*copied the definitions of 2 virtual hosts/,
    ) as string,
  });
  expect(whole()).toHaveLength(2);
  await aSecond();
  const again = await backup();
  expect({ code: again.code, output: again.output }).toEqual({
    code: 1,
    output: expect.stringMatching(
      /virtual host "odd\\"name" is not copied[\s\S]*a copy of the others is there from the last five minutes: none is made now/,
    ) as string,
  });
  expect(whole()).toHaveLength(2);
});

test("a name from a time to come, of a clock that went wrong, stops no copy", async () => {
  mkdirSync(join(copies.folder, "whole", "2099-01-01T00:00:00Z"));
  for (const name of whole())
    if (!name.startsWith("2099")) rmSync(join(copies.folder, "whole", name), { recursive: true });
  expect((await backup()).output).toContain("copied the definitions of 2 virtual hosts");
  rmSync(join(copies.folder, "whole", "2099-01-01T00:00:00Z"), { recursive: true });
});

test("nothing is restored before all nodes run, and no success is told where the broker made no queue for that", async () => {
  const at = now();
  const early = await backup({ TASK: "restore", AT: at, NODES: "3" });
  expect({ code: early.code, output: early.output }).toEqual({
    code: 1,
    output:
      "1 of 3 nodes run, and the broker makes no queue before all do; nothing was changed: wait for them, and restore again\n",
  });
  await rabbitmq.stop();
  rabbitmq = await start(site(), 3);
  // As if the other two went away after it was asked.
  const { code, output } = await backup({ TASK: "restore", AT: at });
  expect({ code, output }).toEqual({
    code: 1,
    output: expect.stringMatching(/: 0 of \d queues? and bindings are there; missing, at first:/) as string,
  });
  expect(output).not.toContain("restored");
  expect(await names("queues")).toEqual([]);
  expect(readdirSync(copies.folder)).toEqual(["whole"]);
});

test("what cannot be done is refused, and nothing that it says shows the password", async () => {
  const results = [await restore("yesterday"), await restore("2001-01-01T00:00:00Z")];
  expect(results.map(({ code }) => code)).toEqual([2, 1]);
  await rabbitmq.stop();
  const away = await backup();
  expect(away.code).not.toBe(0);
  const all = [...results, away].map(({ output }) => output).join("\n");
  expect(all).toContain("no whole copy is from before 2001-01-01T00:00:00Z; there are:");
  expect(shown(all, [rabbitmq.admin.password])).toEqual([]);
});
