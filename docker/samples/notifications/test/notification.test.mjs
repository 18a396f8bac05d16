import assert from "node:assert/strict";
import { test } from "node:test";
import { notification } from "../src/notification.mjs";

test("a notification has an id, a line as its subject, and a text", () => {
  const given = { id: "new-client-acme", subject: "Ä new client", text: "two\nlines" };
  assert.deepEqual(notification(JSON.stringify(given)), { notification: given });
});

test("all that is wrong with one is told at once", () => {
  const wrong = { id: "Not An Id", subject: "two\r\nBcc: everybody@example.com", to: "someone@example.com" };
  const { problems } = notification(JSON.stringify(wrong));
  assert.deepEqual(
    problems.map((problem) => problem.split(":", 1)[0]),
    ["id", "subject", "text", "to"],
  );
});

for (const body of ["", "{", "null", "[]", '"text"', "1"]) {
  test(`a body of ${JSON.stringify(body)} is refused and nothing breaks`, () => {
    assert.equal(notification(body).problems.length, 1);
  });
}
