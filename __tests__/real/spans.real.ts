import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DROPPED } from "../../constructs/observability/local/spans";
import { freePort, type Program, startProgram, waitUntil } from "./support/program";
import { KNOWN, SPAN_COLLECTOR, spanCollectorFile, spanTaker } from "./support/span-collector";

/* Spans as a program may send them, through a real OpenTelemetry Collector with the statements of Alloy's file. */

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SECRET = "hunter2hunter2";

const attributes = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** A span that has failed, with the exception that an SDK writes into it. */
const failed = (resource: Readonly<Record<string, string>>) => ({
  resourceSpans: [
    {
      resource: { attributes: attributes(resource) },
      scopeSpans: [
        {
          spans: [
            {
              ...{ traceId: TRACE, spanId: "00f067aa0ba902b7", kind: 3 },
              ...{ startTimeUnixNano: "1764392400000000000", endTimeUnixNano: "1764392401000000000" },
              name: `GET /login?token=${SECRET}`,
              attributes: attributes({ "db.query.text": `ALTER USER a SET password=${SECRET}`, "server.port": "5432" }),
              status: { code: 2, message: `cannot reach mysql://shop:${SECRET}@db:3306/shop` },
              events: [
                {
                  timeUnixNano: "1764392401000000000",
                  name: "exception",
                  attributes: attributes({
                    "exception.type": "Error",
                    "exception.message": `Authorization: Bearer ${SECRET} was refused`,
                    "exception.stacktrace": `Error: api_key=${SECRET}\n    at login (server.mjs:3:1)`,
                  }),
                },
                { timeUnixNano: "1764392401000000000", name: `retried with secret: ${SECRET}` },
              ],
            },
          ],
        },
      ],
    },
  ],
});

describe("spans on their way", () => {
  const folder = mkdtempSync(join(tmpdir(), "spans-"));
  const arrived: string[] = [];
  const taker = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      arrived.push(Buffer.concat(parts).toString());
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  let collector: Program | undefined;
  let url = "";

  beforeAll(async () => {
    const [otlp, out] = [await freePort(), await freePort()];
    url = `http://127.0.0.1:${otlp}/v1/traces`;
    await new Promise<void>((resolve) => {
      taker.listen(out, "127.0.0.1", resolve);
    });
    const file = join(folder, "collector.yaml");
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(spanCollectorFile(otlp, out)));
    const started = startProgram([SPAN_COLLECTOR, "--config", `file:${file}`], { log: join(folder, "collector.log") });
    collector = started;
    await waitUntil("the collector", () => started.log().includes("Everything is ready"), { details: started.log });
  }, 60_000);

  afterAll(async () => {
    await collector?.stop();
    taker.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What arrives of one, as text. */
  async function through(resource: Readonly<Record<string, string>>): Promise<string> {
    const before = arrived.length;
    const { status } = await fetch(url, {
      ...{ method: "POST", headers: { "content-type": "application/json" } },
      body: JSON.stringify(failed(resource)),
    });
    expect(status).toBe(200);
    await waitUntil("the span", () => arrived.length > before, { details: () => collector?.log() ?? "" });
    return arrived.slice(before).join("");
  }

  test("lose secrets in each text that a program writes, and nothing else", async () => {
    const text = await through({ "service.name": "shop", "process.command_line": `node --password=${SECRET} a.mjs` });
    expect(text).not.toContain(SECRET);
    for (const kept of [
      ...[
        "GET /login?token=***",
        "password=***",
        "mysql://shop:***@db:3306/shop",
        "Authorization: *** *** was refused",
      ],
      ...["api_key=***", "at login (server.mjs:3:1)", "retried with secret: ***", "node --password=*** a.mjs"],
      ...["exception.type", "5432"],
    ]) {
      expect(text).toContain(kept);
    }
  });

  test("are of the namespace of their pod, whatever it says of itself", async () => {
    const claimed = { "k8s.namespace.name": "anothers", "k8s.pod.name": "anothers-1", "service.namespace": "shop" };
    const text = await through({ "service.name": KNOWN.service, ...claimed });
    expect(text).toContain(KNOWN.namespace);
    expect(text).not.toMatch(/anothers|said/);
    expect(text).toContain("service.namespace");
  });

  test("are of the namespace that it says where nobody knows its address", async () => {
    const text = await through({
      "service.name": "new",
      "k8s.namespace.name": "my-app-staging",
      "k8s.pod.name": "any",
    });
    expect(text).toContain("my-app-staging");
    expect(text).not.toMatch(/k8s\.pod|said/);
    expect(await through({ "service.name": "silent" })).not.toMatch(/k8s\.|said/);
  });
});

test("on one machine those of Compose's health checks are dropped as well, and those of people are not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "spans-"));
  const [otlp, out] = [await freePort(), await freePort()];
  const taker = await spanTaker(out);
  const file = join(folder, "collector.yaml");
  writeFileSync(file, JSON.stringify(spanCollectorFile(otlp, out, DROPPED)));
  const collector = startProgram([SPAN_COLLECTOR, "--config", `file:${file}`], { log: join(folder, "collector.log") });
  try {
    await waitUntil("the collector", () => collector.log().includes("Everything is ready"), { details: collector.log });
    const agents = ["Wget", "kube-probe/1.34", "Wget/1.25.0", "curl/8.14.1"];
    for (const [index, agent] of agents.entries()) {
      const span = {
        ...{ traceId: TRACE, spanId: `00f067aa0ba902b${index}`, kind: 2, name: "GET /healthz" },
        ...{ startTimeUnixNano: "1764392400000000000", endTimeUnixNano: "1764392401000000000" },
        attributes: attributes({ "user_agent.original": agent }),
      };
      const { status } = await fetch(`http://127.0.0.1:${otlp}/v1/traces`, {
        ...{ method: "POST", headers: { "content-type": "application/json" } },
        body: JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ spans: [span] }] }] }),
      });
      expect(status).toBe(200);
    }
    await waitUntil("the last", () => taker.spans.some(({ spanId }) => spanId.endsWith("3")), {
      details: collector.log,
    });
    expect(taker.spans.map(({ attributes: of }) => of["user_agent.original"])).toEqual(["Wget/1.25.0", "curl/8.14.1"]);
  } finally {
    await collector.stop();
    taker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
