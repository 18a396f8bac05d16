import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "../src/routes.mjs";
import { serve } from "./serve.mjs";

test("people are greeted by their name", async (t) => {
  const service = await serve({ routes: routes() });
  t.after(() => service.close());
  const { status, content } = await service.get("/greetings/Grace%20O'Hara");
  assert.deepEqual({ status, content }, { status: 200, content: { greeting: "Hello, Grace O'Hara!" } });
});

test("what is no name is refused with what to do", async (t) => {
  const service = await serve({ routes: routes() });
  t.after(() => service.close());
  const { status, content } = await service.get("/greetings/%3Cscript%3E");
  assert.equal(status, 400);
  assert.match(content.problems[0], /^name: use/);
});
