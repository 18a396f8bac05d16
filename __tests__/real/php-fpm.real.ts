import { readdirSync, readFileSync } from "node:fs";
import { poolOf } from "../../constructs/kubernetes/fpm-pool";
import { bytes } from "../../constructs/model/quantity";
import { PHP_FPM } from "../../constructs/observability/metrics/php-fpm";
import { backend } from "../support/resolved";
import { Tally } from "./support/client";
import { missing } from "./support/families";
import { FPM, NGINX, phpPod, poolStatus } from "./support/php-pod";
import type { Pod } from "./support/pod";
import { sleep, waitUntil } from "./support/program";

const MEBIBYTE = 1024 * 1024;
const { maxChildren } = poolOf(backend());

let pod: Pod;
beforeAll(async () => {
  pod = await phpPod();
});
afterAll(async () => {
  await pod.remove();
});

const json = async (path: string, options = {}) =>
  JSON.parse((await pod.ask(path, options)).body) as Record<string, unknown>;

/** Requests that keep so many processes busy. */
async function busy(processes: number, seconds: number): Promise<Tally> {
  const tally = new Tally();
  for (let count = 0; count < processes; count++) tally.add(pod.ask(`/wait?seconds=${seconds}`));
  // The pool grows by itself, once a second.
  await waitUntil(
    `${processes} processes are busy`,
    async () => Number((await poolStatus(pod))["active processes"]) >= processes,
    { seconds },
  );
  return tally;
}

const probes = async () => ({
  alive: await pod.probe(FPM, "livenessProbe"),
  ready: await pod.probe(FPM, "readinessProbe"),
  nginxAlive: await pod.probe(NGINX, "livenessProbe"),
  nginxReady: await pod.probe(NGINX, "readinessProbe"),
});
const ALL_WELL = { alive: true, ready: true, nginxAlive: true, nginxReady: true };

test("the pool is measured at a port of its own, with what the catalogue says", async () => {
  const ask = (path: string) =>
    pod.container(NGINX).exec(["sh", "-c", `wget -q -O - http://127.0.0.1:9253${path} || echo refused`]);
  expect(missing(PHP_FPM, (await ask("/php-fpm")).output)).toEqual([]);
  // The program of this pod tells nothing, and no other path leads to it from there.
  for (const path of ["/metrics", "/", "/index.php", "/status"]) expect((await ask(path)).output).toContain("refused");
});

describe("user and file system", () => {
  test("every process of both containers is user 1000, without any capability", () => {
    for (const name of [FPM, NGINX]) {
      const all = pod.container(name).processes();
      expect(all.length).toBeGreaterThan(1);
      for (const id of all) {
        const status = readFileSync(`/proc/${id}/status`, "utf8");
        expect(status).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m);
        expect(status).toMatch(/^CapEff:\t0+$/m);
      }
    }
  });

  test("each container writes to its own /tmp and what is shared, and nowhere else", async () => {
    const paths = ["/x", "/etc/x", "/usr/x", "/usr/local/etc/x", "/var/x", "/run/x", "/run/nginx/x", "/tmp/x"];
    const writable = async (name: string) => {
      const tried = paths.map(async (path) => (await pod.container(name).exec(["touch", path])).code === 0);
      const results = await Promise.all(tried);
      return paths.filter((_, index) => results[index]);
    };
    expect(await writable(FPM)).toEqual(["/tmp/x"]);
    expect(await writable(NGINX)).toEqual(["/run/nginx/x", "/tmp/x"]);
    expect(readdirSync(pod.volume("tmp"))).not.toContain("client-body");
  });

  test("a PHP program writes to /tmp and its volume, not to its own code", async () => {
    const query = ["/app/public/x", "/app/x", "/tmp/y", "/app/uploads/y"].map((path) => `path[]=${path}`).join("&");
    expect(await json(`/write?${query}`)).toEqual([false, false, true, true]);
  });
});

describe("event streams", () => {
  test("arrive as they are sent where PHP asks for that by a header, which no client sees", async () => {
    const { body, firstSeconds, seconds, headers } = await pod.ask("/events?unbuffered=1");
    expect(body).toBe("data: 1\n\ndata: 2\n\n");
    expect(firstSeconds).toBeLessThan(1);
    expect(seconds).toBeGreaterThan(1.4);
    expect(headers).not.toHaveProperty("x-accel-buffering");
  });

  test("are gathered without it, as every other answer is", async () => {
    expect((await pod.ask("/events")).firstSeconds).toBeGreaterThan(1.4);
  });
});

describe("requests", () => {
  test("reach the front controller with their path, query, method and host", async () => {
    const { server, query, uid } = await json("/orders/a%20b?page=2", { headers: { host: "api.example.com" } });
    expect(query).toEqual({ page: "2" });
    expect(uid).toBe(1000);
    expect(server).toMatchObject({
      REQUEST_URI: "/orders/a%20b?page=2",
      SCRIPT_NAME: "/index.php",
      SCRIPT_FILENAME: "/app/public/index.php",
      PHP_SELF: "/index.php",
      REQUEST_METHOD: "GET",
      SERVER_NAME: "api.example.com",
      APP_ENV: "production",
    });
    expect(server).not.toHaveProperty("HTTPS");
  });

  test("came by TLS if the route controller says so, and bring no Proxy header", async () => {
    const { server } = await json("/", { headers: { "x-forwarded-proto": "https", proxy: "http://evil.example.com" } });
    expect(server).toMatchObject({ HTTPS: "on" });
    expect(server).not.toHaveProperty("HTTP_PROXY");
  });

  test("for paths of PHP-FPM itself reach the application, those for dot files nobody", async () => {
    expect((await json("/status")).server).toMatchObject({ REQUEST_URI: "/status" });
    expect((await json("/ping")).server).toMatchObject({ REQUEST_URI: "/ping" });
    expect((await pod.ask("/.env")).status).toBe(404);
  });

  test("have bodies up to the limit and not a byte more, with and without a length", async () => {
    const chunked = (size: number) => ({
      method: "POST",
      body: (async function* () {
        for (let sent = 0; sent < size; sent += MEBIBYTE) {
          yield Buffer.alloc(Math.min(MEBIBYTE, size - sent));
          await sleep(0);
        }
      })(),
    });
    expect(await json("/body", { body: Buffer.alloc(16 * MEBIBYTE) })).toEqual({ bytes: 16 * MEBIBYTE });
    expect(await json("/body", chunked(16 * MEBIBYTE))).toEqual({ bytes: 16 * MEBIBYTE });
    expect((await pod.ask("/body", { body: Buffer.alloc(16 * MEBIBYTE + 1) })).status).toBe(413);
    expect((await pod.ask("/body", chunked(16 * MEBIBYTE + 1))).status).toBe(413);
  });

  test("bring files, by way of nginx's /tmp to PHP's", async () => {
    const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n';
    const body = Buffer.concat([Buffer.from(head), Buffer.alloc(8 * MEBIBYTE), Buffer.from("\r\n--b--\r\n")]);
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    expect(await json("/upload", { body, headers })).toEqual({ in: "/tmp", bytes: 8 * MEBIBYTE });
    expect(readdirSync(pod.volume("nginx-tmp"))).toContain("client-body");
  });

  test("get answers larger than nginx's memory for them", async () => {
    expect((await pod.ask(`/large?bytes=${10 * MEBIBYTE}`)).body).toHaveLength(10 * MEBIBYTE + 2);
  });

  test("in hand are not cut off when nginx reads its configuration again", async () => {
    const answer = pod.ask("/wait?seconds=1.5");
    await sleep(0.3);
    expect((await pod.container(NGINX).exec(["nginx", "-s", "reload"])).code).toBe(0);
    await sleep(0.5);
    expect((await pod.ask("/")).status).toBe(200);
    expect((await answer).status).toBe(200);
  });
});

describe("the pool", () => {
  test("with each process as large as it may get, and OPcache full, fits the memory limit", async () => {
    const fill = `/fill?mebibytes=${bytes(backend().processMemory) / MEBIBYTE}`;
    const answers = Array.from({ length: maxChildren }, () => pod.ask(fill));
    const full = () => readdirSync(pod.volume("tmp")).filter((name) => name.startsWith("full-"));
    await waitUntil("all are full", () => full().length === maxChildren);
    // Each process with its part of what it shares; what OPcache has taken already is not counted twice.
    const kibibytes = (field: string) =>
      pod
        .container(FPM)
        .processes()
        .map((id) => readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))
        .reduce((sum, sizes) => sum + Number(new RegExp(`^${field}: +(\\d+) kB`, "m").exec(sizes)?.[1]), 0);
    const used = (kibibytes("Pss") - kibibytes("Pss_Shmem")) * 1024 + 128 * MEBIBYTE;
    await pod.container(FPM).exec(["touch", "/tmp/enough"]);
    expect(used).toBeGreaterThan(0.85 * bytes(backend().resources.limits.memory));
    expect(used).toBeLessThan(bytes(backend().resources.limits.memory));
    for (const { status, body } of await Promise.all(answers)) expect({ status, body }).toMatchObject({ status: 200 });
  });

  test("lets no process grow beyond its share", async () => {
    expect((await pod.ask("/fill?mebibytes=60")).status).toBe(500);
  });

  test("with every process busy is alive and ready: it is well used", async () => {
    const tally = await busy(maxChildren, 7);
    expect(await poolStatus(pod)).toMatchObject({ "total processes": String(maxChildren), "idle processes": "0" });
    expect(await probes()).toEqual(ALL_WELL);
    expect(await tally.outcomes()).toEqual({ "200": maxChildren });
  });

  test("with too many waiting turns unready and stays alive, answers them all, and comes back", async () => {
    const waiting = 10 * maxChildren + 1;
    const tally = await busy(maxChildren, 7);
    for (let count = 0; count < waiting; count++) tally.add(pod.ask("/wait?seconds=0.05"));
    await waitUntil("they wait", async () => Number((await poolStatus(pod))["listen queue"]) === waiting, {
      seconds: 3,
    });
    expect(await probes()).toEqual({ ...ALL_WELL, ready: false });
    expect(await tally.outcomes()).toEqual({ "200": maxChildren + waiting });
    await waitUntil("it is ready again", async () => pod.probe(FPM, "readinessProbe"), { seconds: 5 });
    expect(await probes()).toEqual(ALL_WELL);
  });

  test("flooded beyond its queue leaves nginx room for its probes", async () => {
    const tally = await busy(maxChildren, 7);
    for (let count = 0; count < 1000; count++) tally.add(pod.ask("/wait?seconds=0"));
    await waitUntil("the queue is full", async () => Number((await poolStatus(pod))["listen queue"]) > 500, {
      seconds: 3,
    });
    expect(await probes()).toEqual({ ...ALL_WELL, ready: false });
    const { "200": answered = 0, "504": tooLate = 0, ...lost } = await tally.outcomes();
    expect(lost).toEqual({});
    expect(answered + tooLate).toBe(tally.sent);
  });
});

describe("a pod that allows three seconds", () => {
  let short: Pod;
  beforeAll(async () => {
    short = await phpPod({ terminationGraceSeconds: 3 });
  });
  afterAll(async () => {
    await short.remove();
  });

  test("ends a longer request, says so in time, and serves the next one", async () => {
    const { status, seconds } = await short.ask("/wait?seconds=30");
    expect([502, 504]).toContain(status);
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(8);
    expect((await short.ask("/")).status).toBe(200);
  });

  test("is not alive when PHP-FPM hangs, and knows it within the probe's time", async () => {
    const all = short.container(FPM).processes();
    for (const id of all) process.kill(id, "SIGSTOP");
    expect(await short.probe(FPM, "livenessProbe")).toBe(false);
    for (const id of all) process.kill(id, "SIGCONT");
    expect(await short.probe(FPM, "livenessProbe")).toBe(true);
  });
});

describe("php-fpm-healthcheck", () => {
  test.each<[string, readonly string[], string]>([
    ["another path", ["env", "FCGI_STATUS_PATH=/none"], "no status at 127.0.0.1:9001/none"],
    ["a port on which nothing listens", ["env", "FCGI_CONNECT=127.0.0.1:9003"], "no answer from 127.0.0.1:9003"],
    ["a port that speaks something else", ["env", "FCGI_CONNECT=127.0.0.1:8080"], "127.0.0.1:8080"],
  ])("fails at %s", async (_, changed, message) => {
    const { code, output } = await pod.container(FPM).exec([...changed, "php-fpm-healthcheck"]);
    expect(code).toBe(1);
    expect(output).toContain(`php-fpm-healthcheck: no `);
    expect(output).toContain(message);
  });

  test.each(["--listen-queue=", "--listen-queue=ten", "--listen-queue", "--ping"])("refuses %s", async (option) => {
    const { code, output } = await pod.container(FPM).exec(["php-fpm-healthcheck", option]);
    expect(code).toBe(1);
    expect(output).toContain(option);
  });
});
