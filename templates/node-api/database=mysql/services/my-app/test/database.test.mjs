import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import mysql from "mysql2";
import { Database } from "../src/database.mjs";

/* A server that speaks MySQL as far as these need it: MySQL itself is in the suites that have one. */

test("what the variable has is in no line of what a program says that cannot start", () => {
  for (const program of ["server.mjs", "migrate.mjs"]) {
    for (const url of ["mysql://app:sec/ret@db:3306/app", "sec/ret", "mysql://app:%sec@db/app"]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
        cwd: new URL("..", import.meta.url),
        env: { DATABASE_URL: url, METRICS_PORT: "0", PORT: "0" },
        encoding: "utf8",
      });
      assert.equal(status, 1);
      assert.equal(stderr, "");
      assert.equal(JSON.parse(stdout).message, "not started");
      assert.doesNotMatch(stdout, /sec/);
    }
  }
});

/** A server that takes a connection and says nothing to what it is asked until it is told to. */
async function silent(t) {
  const server = mysql.createServer();
  const asked = { connections: 0, answers: false };
  server.on("connection", (connection) => {
    asked.connections += 1;
    connection.on("error", () => {});
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: "8.4.0",
      connectionId: asked.connections,
      statusFlags: 2,
      characterSet: 45,
      capabilityFlags: 0xffffff ^ 0x800,
    });
    connection.on("stmt_prepare", () => asked.answers && connection.writeError({ code: 1064, message: "answered" }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return { asked, port: server._server.address().port };
}

test("a database that falls silent costs a question, and none of those after it", async (t) => {
  const { asked, port } = await silent(t);
  const database = new Database(`mysql://app:app@127.0.0.1:${port}/app`, undefined, 100);
  await assert.rejects(database.check(), /has not answered within 100 ms/);
  asked.answers = true;
  await assert.rejects(database.check(), /answered/);
  assert.equal(asked.connections, 2);
  await database.close();
});
