import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { addressOf, Api } from "../src/api.mjs";
import { assets } from "../src/assets.mjs";
import { routes } from "../src/routes.mjs";
import { serve } from "./serve.mjs";

/** An API that answers with these. */
async function api(t, status, content) {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(content)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return new Api(`http://127.0.0.1:${server.address().port}`);
}

const started = async (t, one) => {
  const log = { error: () => {} };
  const all = [...routes(one, log), ...assets(new URL("../public/", import.meta.url))];
  const service = await serve({ routes: all, checks: { api: () => one.check() } });
  t.after(() => service.close());
  return service;
};

test("what people have written is text and not markup", async (t) => {
  const { get } = await started(t, await api(t, 200, [{ id: "1", title: "<script>" }]));
  const { status, content, headers } = await get("/");
  assert.equal(status, 200);
  assert.match(content, /<li>&lt;script&gt;<\/li>/);
  assert.match(headers["content-security-policy"], /^default-src 'self';/);
});

test("without the API there is a page that says so, and health says whose fault it is", async (t) => {
  for (const one of [await api(t, 500, {}), await api(t, 200, { no: "list" }), new Api("http://127.0.0.1:9")]) {
    const { status, content } = await (await started(t, one)).get("/");
    assert.equal(status, 502);
    assert.match(content, /cannot be shown at the moment/);
  }
  const { get } = await started(t, new Api("http://127.0.0.1:9"));
  assert.deepEqual((await get("/health")).content, { healthy: false, parts: { api: false } });
  assert.equal((await get("/readyz")).status, 200);
});

test("files of public/ are served, and no others", async (t) => {
  const { get } = await started(t, await api(t, 200, []));
  assert.equal((await get("/assets/style.css")).headers["content-type"], "text/css; charset=utf-8");
  for (const path of ["/assets/", "/assets/..%2Fserver.mjs", "/assets/server.mjs"])
    assert.equal((await get(path)).status, 404);
});

test("the API is where the edge says, or where a developer says", () => {
  assert.equal(addressOf({ API_HOST: "api.example.com" }), "https://api.example.com:443");
  assert.equal(addressOf({ API_HOST: "api.example.com", API_URL: "http://localhost:3000/" }), "http://localhost:3000");
  assert.equal(addressOf({}), undefined);
});
