import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LEVEL_OF, levelTemplate } from "../../constructs/observability/logs/levels";
import { referenceCompose } from "../support/outputs";
import { COLLECTOR, collectorFile, entriesIn, type Entry, TEMPLATES } from "./support/log-collector";
import { type Program, startProgram, waitUntil } from "./support/program";

/*
 * Lines as a container's runtime writes them go through a real OpenTelemetry Collector with the same stages, from the same
 * tables, as Alloy's file has them; and Alloy's template goes through Go's own engine with the functions that Alloy has.
 */

/** Most bytes that a runtime writes into one line of a file. */
const PART = 16_384;

const time = (second: number): string => `2026-11-29T10:00:${String(second).padStart(2, "0")}.000000000Z`;

/** What the runtime writes of a line: parts of it, of which the last is marked. */
function asFile(lines: readonly string[], stream = "stdout"): string {
  return lines
    .flatMap((line, index) => {
      const parts = line.match(new RegExp(`.{1,${PART}}`, "gsu")) ?? [""];
      return parts.map((part, at) => `${time(index)} ${stream} ${at + 1 < parts.length ? "P" : "F"} ${part}\n`);
    })
    .join("");
}

/** As the samples write them of OpenTelemetry. */
const [TRACE_ID, SPAN_ID] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
const ORDER = JSON.stringify({
  ...{
    level: "WARN",
    message: "late",
    context: { order: 7, password: "hunter2" },
    trace_id: TRACE_ID,
    span_id: SPAN_ID,
  },
});
const NUMBER = JSON.stringify({ level: 50, message: "pino", context: "plain" });
const BROKEN = '{"level":"error","message":"cut off';
const TRACE = [
  "Error: connect ECONNREFUSED amqp://shop:s3cr3t@events:5672/shop",
  "    at Socket.connect (/app/queue.js:12:7)",
  "    at process (/app/worker.js:40:11) {",
  '  code: "ECONNREFUSED"',
  "}",
];
const PHP = [
  "PHP Fatal error:  Uncaught RuntimeException: no stock in /app/src/Stock.php:31",
  "#0 /app/src/Order.php(12): Stock->take()",
  "#1 {main}",
  "  thrown in /app/src/Stock.php on line 31",
];
const LONG = JSON.stringify({ level: "info", message: "x".repeat(20_000), context: { long: "y".repeat(6000) } });
const HEADER = "GET / with Authorization: Bearer abcdef0123456789 and api_key=0123456789";

const LINES = [ORDER, NUMBER, BROKEN, ...TRACE, ...PHP, LONG, HEADER];
const ENTRIES = 7;

describe("lines of a pod", () => {
  const folder = mkdtempSync(join(tmpdir(), "log-collector-"));
  let collector: Program | undefined;
  let entries: readonly Entry[] = [];

  beforeAll(async () => {
    const pod = join(folder, "pods", "shop_backend-1_0a1b", "backend");
    mkdirSync(pod, { recursive: true });
    writeFileSync(join(pod, "0.log"), asFile(LINES));
    const out = join(folder, "out.jsonl");
    const file = join(folder, "collector.yaml");
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(collectorFile(join(folder, "pods", "*", "*", "*.log"), out)));
    collector = startProgram([COLLECTOR, "--config", `file:${file}`], { log: join(folder, "log") });
    await waitUntil(
      "all entries",
      () => {
        entries = existsSync(out) ? entriesIn(readFileSync(out, "utf8")) : [];
        return entries.length >= ENTRIES;
      },
      { seconds: 20, details: () => `${JSON.stringify(entries)}\n${collector?.log() ?? ""}` },
    );
  });

  afterAll(async () => {
    await collector?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const entry = (beginning: string): Entry => {
    const found = entries.filter(({ line }) => line.startsWith(beginning));
    expect(found).toHaveLength(1);
    return found[0] ?? { line: "", fields: {} };
  };

  test("are as many entries as people would count", () => {
    expect(entries).toHaveLength(ENTRIES);
  });

  test("JSON gives its level, its context and its trace, without the secret in it", () => {
    const { line, fields } = entry('{"level":"WARN"');
    expect(JSON.parse(line)).toMatchObject({ message: "late", context: { order: 7, password: "***" } });
    expect(fields).toMatchObject({ level: "warning", trace_id: TRACE_ID, span_id: SPAN_ID });
    expect(JSON.parse(fields["context"] ?? "")).toEqual({ order: 7, password: "***" });
  });

  test("a level that is a number is the word for it", () => {
    expect(entry('{"level":50').fields).toMatchObject({ level: "error", context: "plain" });
  });

  test("broken JSON is kept as it is, of an unknown level", () => {
    expect(entry(BROKEN)).toMatchObject({ line: BROKEN, fields: { level: "unknown" } });
  });

  test("a stack trace is one entry, without the password in it", () => {
    const whole = TRACE.join("\n").replace("s3cr3t", "***");
    expect(entry("Error: connect")).toMatchObject({ line: whole, fields: { level: "unknown" } });
    expect(entry("PHP Fatal").line).toBe(PHP.join("\n"));
  });

  test("a line of 20 KB is one again, and its long field is cut", () => {
    const { line, fields } = entry('{"level":"info"');
    expect(line).toBe(LONG);
    expect(fields["level"]).toBe("info");
    expect(fields["context"]).toHaveLength(4096);
  });

  test("logins in plain text are not kept", () => {
    expect(entry("GET /").line).toBe("GET / with Authorization: *** *** and api_key=***");
  });
});

/** What Docker writes of a container's lines into its file, with the tag that `compose.yaml` gives it; each longer than a part in several. */
function asDocker(tag: string | undefined, lines: readonly string[]): string {
  return lines
    .flatMap((line, index) => {
      const parts = line.match(new RegExp(`.{1,${PART}}`, "gsu")) ?? [""];
      return parts.map((part, at) => {
        const log = at + 1 < parts.length ? part : `${part}\n`;
        const attrs = tag === undefined ? {} : { attrs: { tag } };
        return `${JSON.stringify({ log, stream: "stdout", ...attrs, time: time(index) })}\n`;
      });
    })
    .join("");
}

describe("lines of containers on one machine", () => {
  const folder = mkdtempSync(join(tmpdir(), "log-collector-"));
  let collector: Program | undefined;
  let entries: readonly Entry[] = [];
  const { services } = referenceCompose();
  const tagOf = (name: string): string => services[name]?.logging?.options["tag"] ?? "";
  /** Those that fit into one part: Docker does not say which belong together. */
  const written = LINES.filter((line) => line !== LONG);

  beforeAll(async () => {
    const write = (id: string, text: string): void => {
      mkdirSync(join(folder, id));
      writeFileSync(join(folder, id, `${id}-json.log`), text);
    };
    write("0a1b", asDocker(tagOf("backend"), written));
    write("2c3d", asDocker(tagOf("mysql"), ["[Note] ready for connections"]));
    // Of whoever else uses this machine.
    write("4e5f", asDocker(undefined, ["somebody else's line"]));
    write("6a7b", asDocker("plain", ["another's line"]));
    const out = join(folder, "out.jsonl");
    const file = join(folder, "collector.yaml");
    writeFileSync(file, JSON.stringify(collectorFile(join(folder, "*", "*-json.log"), out, "docker")));
    collector = startProgram([COLLECTOR, "--config", `file:${file}`], { log: join(folder, "log") });
    await waitUntil(
      "all entries",
      () => {
        entries = existsSync(out) ? entriesIn(readFileSync(out, "utf8")) : [];
        return entries.length >= ENTRIES;
      },
      { seconds: 20, details: () => `${JSON.stringify(entries)}\n${collector?.log() ?? ""}` },
    );
  });

  afterAll(async () => {
    await collector?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("are found by the labels of a cluster, and nobody else's are among them", () => {
    // One less, as the long one is not written, and MySQL's.
    expect(entries).toHaveLength(ENTRIES);
    const owners = entries.map(({ fields: { namespace, app, container } }) => [namespace, app, container].join(" "));
    expect([...new Set(owners)].sort()).toEqual([
      "my-app-local my-app-backend backend",
      "my-app-local my-app-orders-db mysql",
    ]);
    expect(JSON.stringify(entries)).not.toContain("else's");
  });

  test("are the same entries as those of a pod", () => {
    const lines = entries.map(({ line }) => line);
    expect(lines).toContain(TRACE.join("\n").replace("s3cr3t", "***"));
    expect(lines).toContain(PHP.join("\n"));
    expect(lines).toContain("GET / with Authorization: *** *** and api_key=***");
    const [order] = entries.filter(({ line }) => line.startsWith('{"level":"WARN"'));
    expect(order?.fields).toMatchObject({ level: "warning", trace_id: TRACE_ID, span_id: SPAN_ID });
    expect(order?.line).toContain('"password":"***"');
  });
});

test("the template of levels does in Go what its table says", () => {
  const asked = [...Object.keys(LEVEL_OF), "WARN", "Error", "", "nonsense", "{{", null];
  const input = JSON.stringify({ template: levelTemplate(), values: asked });
  const answered = JSON.parse(execFileSync(TEMPLATES, { input, encoding: "utf8" })) as readonly string[];
  expect(answered).toEqual(asked.map((one) => LEVEL_OF[(one ?? "").toLowerCase()] ?? "unknown"));
});
