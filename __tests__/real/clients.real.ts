import { join } from "node:path";
import { mysql } from "../../constructs/services/mysql";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { redis } from "../../constructs/services/redis";
import { find } from "../support/resolved";
import type { Image, Result } from "./support/container";
import { curlImage, mysqlImage, nodeClients, phpClients, trusting } from "./support/images";
import { runPod, type RunPod } from "./support/run-pod";
import { startMariadb } from "./support/servers/mariadb";
import { startRabbitmq } from "./support/servers/rabbitmq";
import { startRedis } from "./support/servers/redis";
import { deploy, type Deployed } from "./support/shop";
import { HOST, OTHER_HOST, useSite } from "./support/site";
import type { Placed } from "./support/test-cloud";
import { runUsersJob } from "./support/users-job";

/*
 * Clients as applications use them, in the containers of rendered workloads, with nothing but the variables and mounts
 * that their edges brought: see `clients/`.
 */

const DATABASE = "app_db";
const VIRTUAL_HOST = "orders/eu";

let services: Readonly<Record<string, Placed>>;
let shop: Deployed;
const site = useSite(async (site) => {
  const { folder, network, certificates } = site;
  const [mariadb, store, broker] = await Promise.all([
    startMariadb(join(folder, "mariadb"), { network, certificates, databases: [DATABASE] }).then(site.add),
    startRedis(join(folder, "redis"), site).then(site.add),
    startRabbitmq(join(folder, "rabbitmq"), site).then(site.add),
  ]);
  const here = { host: HOST, caBundle: certificates.bundle };
  services = {
    "orders-db": { ...here, service: mysql({ database: DATABASE }), server: mariadb, parts: { database: DATABASE } },
    cache: { ...here, service: redis(), server: store },
    events: {
      ...here,
      service: rabbitmq({ virtualHost: VIRTUAL_HOST }),
      server: broker,
      adminPort: broker.managementPort,
      parts: { virtualHost: encodeURIComponent(VIRTUAL_HOST) },
    },
  };
  shop = deploy({ services });
  for (const [service, image] of [
    ["orders-db", mysqlImage],
    ["events", curlImage],
  ] as const) {
    const { code, output } = await runUsersJob(site, shop, service, image);
    if (code !== 0) throw new Error(output);
  }
});

/** The application where every service is as it is, but for one thing. */
const changed = (change: Partial<Placed>): Deployed =>
  deploy({
    services: Object.fromEntries(Object.entries(services).map(([name, placed]) => [name, { ...placed, ...change }])),
  });

interface Client {
  readonly workload: "api" | "web";
  readonly image: Image;
  readonly command: readonly string[];
  /** Begins the names of its variables. */
  readonly prefix: string;
}

const php = (name: string, prefix: string): Client => ({
  workload: "api",
  image: phpClients,
  command: ["php", `/app/${name}.php`],
  prefix,
});
const node = (name: string, prefix: string): Client => ({
  workload: "web",
  image: nodeClients,
  command: ["node", `/app/${name}.mjs`],
  prefix,
});

const OF_MYSQL = [
  ["PDO", php("mysql", "DATABASE")],
  ["mysql2", node("mysql", "DATABASE")],
] as const;
/** Those whose URL says whether they speak TLS. */
const OF_OTHERS = [
  ["phpredis", php("redis", "REDIS")],
  ["php-amqplib", php("rabbitmq", "RABBITMQ")],
  ["ioredis", node("redis", "REDIS")],
  ["amqplib", node("rabbitmq", "RABBITMQ")],
] as const;

function run(client: Client, deployed = shop, more: Partial<RunPod> = {}): Promise<Result> {
  const { workload: container, image, command } = client;
  const { spec } = find(deployed.objects, "Deployment", `shop-${container}`).spec.template;
  return runPod(site(), { ...deployed, spec, container, image, command, ...more });
}

/** Neither wrote nor read anything, and says why. */
function expectRefused({ code, output }: Result, reason: RegExp): void {
  expect(output).toMatch(reason);
  expect(output).not.toMatch(/^(written|sent) by/m);
  expect(code).not.toBe(0);
}

/** What MariaDB says to a user who has to use TLS. */
const WITHOUT_TLS = /Access denied for user/;
/** php-amqplib keeps the reason to itself, here and below. */
const UNTRUSTED = /certificate verify failed|unable to get local issuer certificate|Unable to connect to tls:/;
const WRONG_NAME = /did not match expected|does not match certificate's altnames|Unable to connect to tls:/;
/** What it looks like when a server gets something else than TLS; 21 is how TLS numbers its alerts. */
const CUT_OFF = /socket error on read|Invalid frame type 21|ECONNRESET|Connection is closed|Socket closed/;

describe.each([...OF_MYSQL, ...OF_OTHERS])("%s", (name, client) => {
  test("writes and reads with the variables as they are", async () => {
    const { code, output } = await run(client);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(`^(written|sent) by ${name}\n$`) });
  });

  test("is refused without the variable of the bundle", async () => {
    const without: RunPod["variables"] = ({ [`${client.prefix}_SSL_CA`]: bundle, ...rest }) => {
      expect(bundle).toMatch(/^\/etc\/goldenpath\/ca\//);
      return rest;
    };
    const result = await run(client, shop, { variables: without });
    expectRefused(result, client.prefix === "DATABASE" ? WITHOUT_TLS : UNTRUSTED);
  });

  test("refuses a server of another authority", async () => {
    expectRefused(await run(client, changed({ caBundle: site().certificates.stranger })), UNTRUSTED);
  });

  test("refuses a server that has another name in its certificate", async () => {
    expectRefused(await run(client, changed({ host: OTHER_HOST })), WRONG_NAME);
  });
});

describe.each(OF_OTHERS)("%s", (name, client) => {
  test("is refused with a URL that says no TLS", async () => {
    const url = `${client.prefix}_URL`;
    const plain: RunPod["variables"] = (rendered) => {
      expect(rendered[url]).toMatch(/^(rediss|amqps):/);
      return { ...rendered, [url]: rendered[url]?.replace(/^(redis|amqp)s:/, "$1:") ?? "" };
    };
    expectRefused(await run(client, shop, { variables: plain }), CUT_OFF);
  });

  test("takes the bundle of its image where there is no variable, as on AWS", async () => {
    const image = trusting(client.image, site().certificates.systemBundle);
    const { code, output } = await run(client, changed({ caBundle: undefined }), { image });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(`^(written|sent) by ${name}\n$`) });
  });
});

test("a worker and a release Job run their commands as rendered", async () => {
  const worker = find(shop.objects, "Deployment", "shop-queue").spec.template.spec;
  expect(await runPod(site(), { ...shop, spec: worker, image: phpClients })).toMatchObject({
    code: 0,
    output: "sent by php-amqplib\n",
  });
  const jobs = shop.objects.filter((object) => object.kind === "Job");
  const job = jobs.find(({ metadata }) => metadata.name.startsWith("shop-migrate-"))?.spec.template.spec;
  if (job === undefined) throw new Error("no release Job");
  expect(await runPod(site(), { ...shop, spec: job, image: phpClients })).toMatchObject({
    code: 0,
    output: "written by PDO\n",
  });
});

test("a workload's user of RabbitMQ reaches no other virtual host", async () => {
  const elsewhere: RunPod["variables"] = (rendered) => ({
    ...rendered,
    RABBITMQ_URL: rendered["RABBITMQ_URL"]?.replace(/[^/]*$/, "%2F") ?? "",
  });
  const [, client] = OF_OTHERS[1];
  expectRefused(await run(client, shop, { variables: elsewhere }), /NOT_ALLOWED - access to vhost '\/' refused/);
});
