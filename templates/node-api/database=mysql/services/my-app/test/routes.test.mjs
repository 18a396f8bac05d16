import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "../src/routes.mjs";
import { serve } from "./serve.mjs";

const ID = "0b7a4ad2-6f43-4f2e-9c7d-2f1f5f6f3a01";

/** As `Items`, in memory. */
class Kept {
  #items = new Map();

  newest() {
    return [...this.#items].map(([id, title]) => ({ id, title }));
  }

  async keep(id, title) {
    if (this.#items.has(id)) return false;
    this.#items.set(id, title);
    return true;
  }
}

const started = async (t) => {
  const service = await serve({ routes: routes(new Kept()) });
  t.after(() => service.close());
  return service;
};

test("an item is kept once, however often it is put", async (t) => {
  const { send, get } = await started(t);
  const body = JSON.stringify({ title: "Grüße" });
  assert.equal((await send("PUT", `/items/${ID}`, { body })).status, 201);
  assert.equal((await send("PUT", `/items/${ID}`, { body })).status, 200);
  assert.deepEqual((await get("/items")).content, [{ id: ID, title: "Grüße" }]);
});

test("everything that is wrong is said at once", async (t) => {
  const { send } = await started(t);
  for (const body of ["", "[]", "null", '{"title": 1}', '{"title": " "}', JSON.stringify({ title: "x".repeat(201) })]) {
    const { status, content } = await send("PUT", "/items/ABC", { body });
    assert.deepEqual([status, content.problems.map((problem) => problem.split(":")[0])], [400, ["id", "title"]]);
  }
});
