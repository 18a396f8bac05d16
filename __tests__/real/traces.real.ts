import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { withoutTerraform } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";
import { freePort, type Program, startProgram, waitUntil } from "./support/program";
import { buildSamples, NOTIFICATIONS, TRACING } from "./support/sample-images";
import { type Span, SPAN_COLLECTOR, spanCollectorFile, spanTaker } from "./support/span-collector";

/*
 * A request to a service on Node that asks Redis, with the packages that the build argument TRACING installs and the variables
 * that an environment renders: its spans go through a real OpenTelemetry Collector with the statements of Alloy's file.
 */

/** Variables of the workload's ConfigMap in the staging of this repository, where it takes all traces. */
function rendered(): Readonly<Record<string, string>> {
  const observability = prometheus({
    runbooks: "https://git.example.com/runbooks",
    slack: { channel: "#my-app-alerts" },
    traces: { ratio: 1 },
  });
  const [environment] = loadEnvironments(
    environments.filter(({ name }) => name === "staging").map((spec) => ({ ...spec, observability })),
  );
  const [application] = environment?.applications ?? [];
  if (environment === undefined || application === undefined) throw new Error("no staging");
  const { prepared, released } = withoutTerraform(environment, application);
  const [found] = [...prepared, ...released].flatMap((object) =>
    object.kind === "ConfigMap" && object.metadata.name === "my-app-notifications" ? [object.data] : [],
  );
  if (found === undefined) throw new Error("no variables of notifications");
  return found;
}

/** The folder `/opt/tracing` of the image with its packages, which stay while their lock file is the same. */
function withPackages(): string {
  const folder = join(NOTIFICATIONS, "..", "tracing");
  const lock = readFileSync(join(TRACING, "package-lock.json"), "utf8");
  const note = join(folder, ".installed");
  const installed = existsSync(note) && readFileSync(note, "utf8") === lock;
  if (!installed) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(TRACING, folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  if (installed) return folder;
  const args = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", args, { cwd: folder, stdio: "pipe" });
  writeFileSync(note, lock);
  return folder;
}

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const UNSAMPLED = "00000000000000000000000000000abc";

const parent = (trace: string, flags = "01"): Record<string, string> => ({
  traceparent: `00-${trace}-00f067aa0ba902b7-${flags}`,
});

describe("a service on Node", () => {
  const folder = mkdtempSync(join(tmpdir(), "traces-"));
  const programs: Program[] = [];
  let taker: Awaited<ReturnType<typeof spanTaker>> | undefined;
  let ports: readonly [otlp: number, redis: number] = [0, 0];
  let packages = "";

  beforeAll(async () => {
    buildSamples();
    packages = withPackages();
    const [otlp, out, redis] = [await freePort(), await freePort(), await freePort()];
    ports = [otlp, redis];
    taker = await spanTaker(out);
    const file = join(folder, "collector.yaml");
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(spanCollectorFile(otlp, out)));
    const collector = startProgram([SPAN_COLLECTOR, "--config", `file:${file}`], {
      log: join(folder, "collector.log"),
    });
    const server = startProgram(
      ["redis-server", "--bind", "127.0.0.1", "--port", String(redis), "--save", "", "--dir", folder],
      { log: join(folder, "redis.log") },
    );
    programs.push(collector, server);
    await waitUntil("the collector", () => collector.log().includes("Everything is ready"), { details: collector.log });
    await waitUntil("Redis", () => server.log().includes("Ready to accept connections"), { details: server.log });
  }, 120_000);

  afterAll(async () => {
    for (const one of programs.reverse()) await one.stop();
    taker?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts it as the image does, with what is preloaded from a folder, and waits until it answers. */
  async function start(name: string, preloaded: string, more: Readonly<Record<string, string>>) {
    const [port, metrics] = [await freePort(), await freePort()];
    const [, redis] = ports;
    const service = startProgram(
      [process.execPath, "--import", join(preloaded, "register.mjs"), join(NOTIFICATIONS, "server.mjs")],
      {
        log: join(folder, `${name}.log`),
        env: {
          ...{ PATH: process.env["PATH"] ?? "", PORT: String(port), METRICS_PORT: String(metrics) },
          ...{ REDIS_URL: `redis://127.0.0.1:${redis}`, SMTP_HOST: "127.0.0.1", SMTP_PORT: "1" },
          ...more,
        },
      },
    );
    programs.push(service);
    await waitUntil("the service", () => service.log().includes("listening on"), {
      seconds: 60,
      details: service.log,
    });
    return { service, url: `http://127.0.0.1:${port}` };
  }

  const told = (): Record<string, string> => ({
    ...rendered(),
    // The collector has another address here.
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ports[0]}`,
    OTEL_BSP_SCHEDULE_DELAY: "200",
  });

  const arrived = (): readonly Span[] => taker?.spans ?? [];
  const ofTrace = (trace: string): Span[] => arrived().filter(({ traceId }) => traceId === trace);
  const lines = (service: Program): Record<string, unknown>[] =>
    service
      .log()
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test("tells what it did for a request, and whose it is, as the variables say", async () => {
    const variables = rendered();
    const { service, url } = await start("traced", packages, told());
    const probe = { "user-agent": "kube-probe/1.34" };
    expect(
      (await fetch(`${url}/healthz`, { headers: { ...parent(UNSAMPLED.replace("abc", "def")), ...probe } })).status,
    ).toBe(200);
    expect((await fetch(`${url}/notifications?token=hunter2hunter2`, { headers: parent(TRACE) })).status).toBe(200);
    await waitUntil("spans", () => ofTrace(TRACE).length >= 2, { seconds: 20, details: service.log });

    const [request] = ofTrace(TRACE).filter(({ parentSpanId }) => parentSpanId === "00f067aa0ba902b7");
    const [asked] = ofTrace(TRACE).filter(({ parentSpanId }) => parentSpanId === request?.spanId);
    expect(request?.name).toContain("GET");
    expect(asked?.name).toMatch(/^get/i);
    expect(asked?.attributes).toMatchObject({ "db.system.name": "redis" });

    // Whose it is.
    const attributes = (variables["OTEL_RESOURCE_ATTRIBUTES"] ?? "").split(",").map((one) => one.split("=", 2));
    expect(attributes).toHaveLength(4);
    expect(request?.resource).toMatchObject({
      "service.name": "my-app-notifications",
      "deployment.environment.name": "staging",
      ...(Object.fromEntries(attributes) as Record<string, string>),
    });
    // A command line may hold a secret.
    expect(Object.keys(request?.resource ?? {}).filter((key) => key.startsWith("process."))).toEqual([]);

    // The line about it has the same ids.
    await waitUntil("its line", () => lines(service).some((line) => line["trace_id"] === TRACE));
    const [line] = lines(service).filter(({ trace_id }) => trace_id === TRACE);
    expect(line).toMatchObject({ level: "info", message: "GET /notifications 200", span_id: request?.spanId });
    // Those of no request have none.
    expect(lines(service)[0]).not.toHaveProperty("trace_id");
  });

  test("on their way secrets are taken out of spans, and probes are dropped", () => {
    const all = JSON.stringify(arrived());
    expect(all).toContain("token=***");
    expect(all).not.toContain("hunter2");
    expect(all).not.toMatch(/kube-probe|healthz/);
  });

  test("what its caller does not trace it does not either, and its line has the id all the same", async () => {
    const { service, url } = await start("unsampled", packages, told());
    await fetch(`${url}/notifications`, { headers: parent(UNSAMPLED, "00") });
    const other = TRACE.replace("4bf9", "aaaa");
    await fetch(`${url}/notifications`, { headers: parent(other) });
    await waitUntil("the span of another request", () => ofTrace(other).length > 0, {
      seconds: 20,
      details: service.log,
    });
    expect(ofTrace(UNSAMPLED)).toEqual([]);
    expect(lines(service).map(({ trace_id }) => trace_id)).toContain(UNSAMPLED);
  });

  test("starts in an image without the packages, and says so once", async () => {
    const { service, url } = await start("without-packages", TRACING, told());
    expect((await fetch(`${url}/notifications`, { headers: parent(TRACE) })).status).toBe(200);
    expect(lines(service).filter(({ level }) => level === "warning")).toEqual([
      expect.objectContaining({ message: "requests are not traced: build the image with --build-arg TRACING=1" }),
    ]);
  });

  test("traces nothing where the environment takes none, and says nothing", async () => {
    const before = arrived().length;
    const { service, url } = await start("off", packages, {});
    await fetch(`${url}/notifications`, { headers: parent(TRACE.replace("4bf9", "bbbb")) });
    await waitUntil("its line", () => lines(service).length >= 2);
    expect(lines(service).every((line) => !("trace_id" in line))).toBe(true);
    await service.stop();
    expect(arrived().length).toBe(before);
  });

  test("goes on when nobody takes its spans", async () => {
    const nobody = await freePort();
    const { service, url } = await start("nobody", packages, {
      ...told(),
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${nobody}`,
    });
    for (let request = 0; request < 20; request++) expect((await fetch(`${url}/notifications`)).status).toBe(200);
    expect(service.running()).toBe(true);
  });
});
