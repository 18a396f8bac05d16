import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { APPLICATION } from "../../constructs/observability/metrics/application";
import { missing } from "../real/support/families";
import { sleep, waitUntil, within } from "../real/support/program";
import { startMariadb } from "../real/support/servers/mariadb";
import { type Rabbitmq, startRabbitmq } from "../real/support/servers/rabbitmq";
import { startRedis } from "../real/support/servers/redis";
import { HOST, useSite } from "../real/support/site";
import { type Repository, Workplace } from "./support/repository";
import { answers, APP, ask, execute, lines, login, start } from "./support/served";

/*
 * Services as templates write them, under the programs of their images, with Debian's MariaDB, Redis and RabbitMQ behind them, which speak TLS only: served,
 * scraped, and told to stop.
 */

const workplace = new Workplace();
afterAll(() => {
  workplace.remove();
});

const DATABASE = "app";
const ITEM = "0b7a4ad2-6f43-4f2e-9c7d-2f1f5f6f3a01";
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PUT = [
  "--request",
  "PUT",
  "--header",
  `traceparent: 00-${TRACE}-00f067aa0ba902b7-01`,
  "--data",
  '{"title": "Grüße"}',
];

let variables: Readonly<Record<string, string>> = {};
let rabbitmq: Rabbitmq;
const site = useSite(async (made) => {
  const { folder, network, certificates } = made;
  const at = (name: string): string => join(folder, name);
  const [mariadb, redis, broker] = await Promise.all([
    startMariadb(at("mariadb"), { network, certificates, databases: [DATABASE] }).then(made.add),
    startRedis(at("redis"), made).then(made.add),
    startRabbitmq(at("rabbitmq"), made).then(made.add),
  ]);
  rabbitmq = broker;
  const user = `CREATE USER '${APP.username}'@'%' IDENTIFIED BY '${APP.password}'; GRANT ALL ON ${DATABASE}.* TO '${APP.username}'@'%'`;
  const { code, output } = await mariadb.query(mariadb.admin, user);
  if (code !== 0) throw new Error(output);
  writeFileSync(at("ca.pem"), certificates.bundle);
  // Names of containers, which a program here finds in a file of its own.
  variables = {
    ...{ DATABASE_URL: `mysql://${login(APP)}@${HOST}:${mariadb.port}/${DATABASE}`, DATABASE_SSL_CA: at("ca.pem") },
    ...{ REDIS_URL: `rediss://${login(redis.admin)}@${HOST}:${redis.port}`, REDIS_SSL_CA: at("ca.pem") },
    ...{ RABBITMQ_URL: `amqps://${login(rabbitmq.admin)}@${HOST}:${rabbitmq.port}/%2F`, RABBITMQ_SSL_CA: at("ca.pem") },
  };
});

const installed = (name: string, template: string): Repository => {
  const repository = workplace.make(name, "--template", template);
  repository.must(["npm", "ci", "--no-audit", "--no-fund"], { within: `services/${name}` });
  return repository;
};

test("node-api keeps what it is told, is scraped, and stops when it has answered", async () => {
  const repository = installed("keeper", "node-api");
  const here = site();
  for (const run of [1, 2]) {
    const { code, output } = await execute(here, repository, ["node", "migrate.mjs"], variables);
    expect({ run, code, output }).toEqual({
      run,
      code: 0,
      output: expect.stringContaining("the database is up to date"),
    });
  }
  const env = { ...variables, PORT: "3000", METRICS_PORT: "9464" };
  const service = start(
    here,
    repository,
    ["node", "--import", "../../docker/node/tracing/register.mjs", "server.mjs"],
    env,
  );
  await answers(here, service, 3000, "/readyz");
  expect(await ask(here, 3000, `/items/${ITEM}`, ...PUT)).toMatchObject({ status: 201 });
  expect(await ask(here, 3000, `/items/${ITEM}`, ...PUT)).toMatchObject({ status: 200 });
  expect((await ask(here, 3000, "/items")).body).toContain('"title":"Grüße"');
  expect(JSON.parse((await ask(here, 3000, "/health")).body)).toEqual({ healthy: true, parts: { database: true } });
  const { body } = await ask(here, 9464, "/metrics");
  expect(missing(APPLICATION, body)).toEqual([]);
  expect(body).toMatch(/^keeper_process_cpu_seconds_total /m);
  service.stop("SIGTERM").catch(() => undefined);
  expect(await within(5, service.exited)).toBe(0);
  const all = lines(service.log());
  expect(all.at(-1)?.message).toBe("stopped");
  expect(all.find(({ message }) => message.startsWith("PUT"))?.context["traceparent"]).toContain(TRACE);
  expect(service.log()).not.toContain(APP.password);
});

test("node-web shows what an API says, and is ready without it", async () => {
  const repository = installed("shop", "node-web");
  const here = site();
  const env = { PORT: "3001", METRICS_PORT: "9465", API_URL: "http://127.0.0.1:3002" };
  const service = start(here, repository, ["node", "server.mjs"], env);
  await answers(here, service, 3001, "/readyz");
  expect(await ask(here, 3001, "/")).toMatchObject({ status: 502, body: expect.stringContaining("cannot be shown") });
  const answer = `require("node:http").createServer((_, r) => r.end(JSON.stringify([{ id: "1", title: "<b>" }]))).listen(3002, "127.0.0.1")`;
  start(here, repository, ["node", "--eval", answer], {});
  await answers(here, service, 3001, "/");
  expect((await ask(here, 3001, "/")).body).toContain("<li>&lt;b&gt;</li>");
  expect((await ask(here, 3001, "/assets/style.css")).status).toBe(200);
  expect(missing(APPLICATION, (await ask(here, 9465, "/metrics")).body)).toEqual([]);
  service.stop("SIGTERM").catch(() => undefined);
  expect(await within(5, service.exited)).toBe(0);
});

test("php-api under PHP-FPM with its own pool keeps what it is told, is scraped, and passes its integration tests", async () => {
  const repository = workplace.make("ledger", "--template", "php-api");
  repository.must(["composer", "dump-autoload", "--no-interaction", "--no-plugins"], { within: "services/ledger" });
  const here = site();
  const migrate = ["php", "bin/console", "doctrine:migrations:migrate", "--no-interaction", "--allow-no-migration"];
  for (const run of [1, 2]) {
    const { code, output } = await execute(here, repository, migrate, variables);
    expect({ run, code, output }).toEqual({
      run,
      code: 0,
      output: expect.stringContaining("the database is up to date"),
    });
  }
  // FPM refuses to be root, and its workers read the code as that user.
  const temporary = join(here.folder, "php");
  mkdirSync(temporary);
  chmodSync(temporary, 0o777);
  const user = ["setpriv", "--reuid=2000", "--regid=2000", "--clear-groups", "--"];
  // As the official image says where FPM logs, before it reads the pool.
  const pool = join(temporary, "fpm.conf");
  writeFileSync(
    pool,
    `[global]\nerror_log = ${temporary}/fpm.log\ninclude = ${repository.folder}/docker/php/pool.conf\n`,
  );
  repository.must(["chmod", "755", repository.folder, workplace.folder]);
  const version = repository.must(["php", "-r", "echo PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION;"]);
  const fpm = [...user, `/usr/sbin/php-fpm${version}`, "--nodaemonize", "--force-stderr", "--fpm-config", pool];
  const service = start(here, repository, [...fpm, "-d", `sys_temp_dir=${temporary}`], {
    ...variables,
    TMPDIR: temporary,
  });
  const fcgi = async (method: string, path: string, more: Readonly<Record<string, string>> = {}) => {
    const script = join(repository.code, "public/index.php");
    const env = {
      REQUEST_METHOD: method,
      REQUEST_URI: path,
      SCRIPT_NAME: "/index.php",
      SCRIPT_FILENAME: script,
      ...more,
    };
    const client = ["cgi-fcgi", "-bind", "-connect", "127.0.0.1:9000"];
    const { output } = await execute(here, repository, client, env);
    return {
      status: Number(/^Status: (\d+)/m.exec(output)?.[1] ?? (output.includes("\r\n\r\n") ? 200 : 0)),
      body: output,
    };
  };
  await waitUntil("PHP-FPM answers", async () => (await fcgi("GET", "/")).status === 200, {
    details: service.log,
  });
  expect(await fcgi("PUT", "/items/ABC")).toMatchObject({
    status: 400,
    body: expect.stringContaining("id: use a UUID"),
  });
  const { code, output } = await execute(here, repository, ["phpunit", "--testsuite", "integration"], variables);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^OK \(2 tests/m) });
  // JSON as PHP writes it by itself.
  expect((await fcgi("GET", "/items")).body).toContain(String.raw`"title":"Gr\u00fc\u00dfe"`);
  expect((await fcgi("GET", "/health")).body).toContain('{"healthy":true,"parts":{"database":true,"cache":true}}');
  expect((await fcgi("GET", "/metrics", { HTTP_X_FORWARDED_FOR: "203.0.113.1" })).status).toBe(404);
  const { body } = await fcgi("GET", "/metrics");
  expect(missing(APPLICATION, body.slice(body.indexOf("\r\n\r\n") + 4))).toEqual([]);
  service.stop("SIGQUIT").catch(() => undefined);
  expect(await within(8, service.exited)).toBe(0);
});

test("worker loses no message when it is told to stop in the middle of them, nor when it is killed", async () => {
  const repository = installed("packer", "worker");
  const here = site();
  const done = join(here.folder, "handled");
  // The team's own handler: slow, and it writes down what it has done.
  const handler = `import { appendFileSync } from "node:fs";
export async function handle({ id }) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  appendFileSync(${JSON.stringify(done)}, id + "\\n");
}
`;
  writeFileSync(join(repository.code, "src/handle.mjs"), handler);
  const handled = async (): Promise<string[]> => {
    const { output } = await execute(here, repository, ["cat", done], {});
    return output.includes("No such file") ? [] : output.trim().split("\n");
  };
  const env = { ...variables, METRICS_PORT: "9466", QUEUE: "packer" };
  const began = () => start(here, repository, ["node", "server.mjs"], env);
  let service = began();
  await waitUntil("it consumes", () => service.log().includes("consuming packer"), { details: service.log });
  const count = 60;
  const publish = `import amqp from "amqplib"; import { broker } from "./src/broker.mjs";
const connection = await broker(process.env.RABBITMQ_URL, process.env.RABBITMQ_SSL_CA);
const channel = await connection.createConfirmChannel();
for (let id = 0; id < ${count}; id++) channel.sendToQueue("packer", Buffer.from(JSON.stringify({ id: "m" + id })), { persistent: true });
await channel.waitForConfirms(); await connection.close();`;
  const published = await execute(here, repository, ["node", "--input-type=module", "--eval", publish], env);
  expect(published).toMatchObject({ code: 0 });
  await waitUntil("some are handled", async () => (await handled()).length >= 10);
  service.stop("SIGTERM").catch(() => undefined);
  expect(await within(10, service.exited)).toBe(0);
  const first = await handled();
  // What it had in hand it handled to the end, once: nothing of it comes again.
  expect(new Set(first).size).toBe(first.length);
  expect(first.length).toBeLessThan(count);

  service = began();
  await waitUntil("more are handled", async () => (await handled()).length >= first.length + 10);
  expect((await ask(here, 9466, "/metrics")).body).toMatch(/^packer_messages_total\{result="done"\} [1-9]/m);
  await service.stop("SIGKILL");
  service = began();
  await waitUntil("all are handled", async () => new Set(await handled()).size === count, {
    seconds: 30,
    details: service.log,
  });
  await waitUntil("none is left", async () => {
    await sleep(1);
    const { output } = await rabbitmq.api(rabbitmq.admin, "GET", "queues/%2F/packer");
    return /"messages":0\b/.test(output);
  });
  for (const line of lines(service.log())) expect(line).toMatchObject({ level: "info" });
});
