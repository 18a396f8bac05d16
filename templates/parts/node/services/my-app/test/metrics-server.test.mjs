import assert from "node:assert/strict";
import { test } from "node:test";
import { metricsServer } from "../src/metrics-server.mjs";

const serve = async (t, text) => {
  const server = metricsServer({ text, contentType: "text/plain; version=0.0.4" });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return (path, method = "GET") =>
    fetch(`http://127.0.0.1:${server.address().port}${path}`, { method, headers: { connection: "close" } });
};

test("metrics are at one path", async (t) => {
  const ask = await serve(t, async () => "a 1\n");
  assert.equal(await (await ask("/metrics")).text(), "a 1\n");
  assert.equal((await ask("/other")).status, 404);
  assert.equal((await ask("/metrics", "POST")).status, 404);
});

test("a metric that fails is told to Prometheus, and does not end the process", async (t) => {
  const ask = await serve(t, async () => {
    throw new Error("a gauge asks what is away");
  });
  assert.equal((await ask("/metrics")).status, 500);
  assert.equal((await ask("/other")).status, 404);
});
