import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Backend } from "../src/backend.mjs";
import { escape, page } from "../src/page.mjs";

let asked = 0;
const server = createServer((request, response) => {
  asked++;
  response.writeHead(503).end(JSON.stringify({ healthy: false, parts: { cache: false } }));
});
before(() => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve)));
after(() => server.close());

test("what a client is called is text and not markup", () => {
  assert.equal(escape(`<b a="'">&`), "&lt;b a=&quot;&#39;&quot;&gt;&amp;");
  assert.match(page([{ client: "<script>", lifts: 1, archived: 0 }]), /<td>&lt;script&gt;<\/td>/);
});

test("the backend's health is asked for once, however many ask at once, and again later", async () => {
  const backend = new Backend(`http://127.0.0.1:${server.address().port}/`);
  const answers = await Promise.all(Array.from({ length: 10 }, () => backend.health()));
  assert.equal(asked, 1);
  for (const answer of answers) assert.deepEqual(answer, { healthy: false, parts: { cache: false } });
  await new Promise((resolve) => setTimeout(resolve, 2100));
  await backend.health();
  assert.equal(asked, 2);
});

test("a status that is none of success is an error that says so", async () => {
  const backend = new Backend(`http://127.0.0.1:${server.address().port}`);
  await assert.rejects(backend.lifts(), /answers \/lifts with 503/);
});
