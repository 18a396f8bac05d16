import assert from "node:assert/strict";
import { test } from "node:test";
import { Unusable } from "../src/consumer.mjs";
import { handle } from "../src/handle.mjs";

test("a message with an id is handled, and handled again without harm", async () => {
  await handle({ id: "a-1" });
  await handle({ id: "a-1" });
});

test("what no attempt will make good is told so", async () => {
  for (const message of [null, "text", {}, { id: 1 }, { id: "" }, { id: "x".repeat(65) }]) {
    await assert.rejects(handle(message), Unusable);
  }
});
