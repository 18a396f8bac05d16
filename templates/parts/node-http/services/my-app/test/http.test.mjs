import assert from "node:assert/strict";
import { test } from "node:test";
import { json, plain } from "../src/http.mjs";
import { serve } from "./serve.mjs";

const ROUTES = [
  { method: "GET", path: "/things/:id", answer: ({ params }) => json(200, params) },
  { method: "PUT", path: "/things/:id", answer: ({ body }) => json(201, { length: body.length }) },
  { method: "GET", path: "/inside", inside: true, answer: () => json(200, {}) },
  {
    method: "GET",
    path: "/broken",
    answer: () => {
      throw new Error("password of the database");
    },
  },
  {
    method: "GET",
    path: "/null",
    answer: () => {
      throw null;
    },
  },
  { method: "GET", path: "/no-answer", answer: () => undefined },
  { method: "GET", path: "/bad-header", answer: () => plain(200, "", { "x-a": "two\nlines" }) },
  { method: "GET", path: "/bad-body", answer: () => ({ status: 200, type: "text/plain", body: 1 }) },
];

const started = async (t, more = {}) => {
  const service = await serve({ routes: ROUTES, ...more });
  t.after(() => service.close());
  return service;
};

test("parameters are decoded, and what cannot be decoded is not found", async (t) => {
  const { get } = await started(t);
  assert.deepEqual((await get("/things/a%2Fb")).content, { id: "a/b" });
  assert.equal((await get("/things/%E0%A4%A")).status, 404);
  assert.equal((await get("/things/a/b")).status, 404);
});

test("a method that a path does not have is refused with those that it has", async (t) => {
  const { send } = await started(t);
  const { status, headers } = await send("DELETE", "/things/1");
  assert.deepEqual([status, headers.allow], [405, "GET, PUT"]);
  const head = await send("HEAD", "/things/1");
  assert.deepEqual([head.status, head.content], [200, ""]);
});

test("a body that is too long is refused and not kept", async (t) => {
  const { send } = await started(t);
  assert.deepEqual((await send("PUT", "/things/1", { body: "abc" })).content, { length: 3 });
  assert.equal((await send("PUT", "/things/1", { body: "x".repeat(1024 * 1024 + 1) })).status, 413);
});

test("what is for the cluster alone is not answered to what came through a proxy", async (t) => {
  const { get } = await started(t);
  assert.equal((await get("/inside")).status, 200);
  for (const path of ["/inside", "/health"])
    assert.equal((await get(path, { "x-forwarded-for": "203.0.113.1" })).status, 404);
});

test("an error is told to the log and not to the caller", async (t) => {
  const { get, lines } = await started(t);
  const { status, content } = await get("/broken");
  assert.deepEqual([status, content], [500, "something went wrong; the log knows more\n"]);
  assert.deepEqual(
    lines.map(({ level, message }) => [level, message]),
    [
      ["error", "GET /broken failed"],
      ["warning", "GET /broken 500"],
    ],
  );
});

test("whatever a route does, the process goes on and the caller is told", async (t) => {
  const { get, lines } = await started(t);
  for (const path of ["/null", "/no-answer", "/bad-header"]) assert.equal((await get(path)).status, 500);
  await assert.rejects(get("/bad-body"));
  assert.equal((await get("/healthz")).status, 200);
  assert.equal(lines.filter(({ level }) => level === "error").length, 4);
});

test("whoever goes in the middle of a request is no fault of this service", async (t) => {
  const { send, get, metrics, lines } = await started(t);
  const sent = await send("PUT", "/things/1", { headers: { "content-length": "9" }, body: "abc", leave: true });
  assert.equal(sent, undefined);
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual([lines[0].level, lines[0].message], ["info", "PUT /things/1 400"]);
  assert.equal((await get("/healthz")).status, 200);
  assert.match(await metrics.text(), /^http_requests_total\{status="400"\} 1$/m);
});

test("health names each part, and says 503 where one does not work", async (t) => {
  const away = () => Promise.reject(new Error("away"));
  const { get } = await started(t, { checks: { database: async () => 1, cache: away } });
  assert.deepEqual(await get("/health").then(({ status, content }) => [status, content]), [
    503,
    { healthy: false, parts: { database: true, cache: false } },
  ]);
});

test("once it is told to stop it is not ready, and keeps no connection", async (t) => {
  const { get, stop } = await started(t);
  assert.equal((await get("/readyz")).status, 200);
  stop();
  const { status, headers } = await get("/readyz");
  assert.deepEqual([status, headers.connection], [503, "close"]);
  assert.equal((await get("/healthz")).status, 200);
});

test("requests are counted by status, and logged but for those of probes", async (t) => {
  const { get, metrics, lines } = await started(t);
  await get("/healthz");
  await get("/things/1", { traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" });
  await get("/nothing");
  const text = await metrics.text();
  assert.match(text, /^http_requests_total\{status="200"\} 2$/m);
  assert.match(text, /^http_requests_total\{status="404"\} 1$/m);
  assert.match(text, /^http_request_duration_seconds_bucket\{le="\+Inf"\} 3$/m);
  assert.match(text, /^my_app_process_cpu_seconds_total /m);
  assert.deepEqual(
    lines.map(({ message }) => message),
    ["GET /things/1 200", "GET /nothing 404"],
  );
  assert.equal(lines[0].context.traceparent, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
});
