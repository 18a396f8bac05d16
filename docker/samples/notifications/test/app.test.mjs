import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { app } from "../src/app.mjs";
import { Mail } from "../src/mail.mjs";
import { Metrics } from "../src/metrics.mjs";
import { Notifier } from "../src/notifier.mjs";

/* The routes, a relay that speaks SMTP, and a record in memory: Redis itself is in the suites that have one. */

const mails = [];
const relay = createTcpServer((socket) => {
  let data;
  const lines = (text) => {
    for (const line of text.split("\r\n").slice(0, -1)) {
      if (data !== undefined && line !== ".") data.push(line);
      else if (data !== undefined) {
        mails.push(data.join("\n"));
        data = undefined;
        socket.write("250 taken\r\n");
      } else if (line === "DATA") {
        data = [];
        socket.write("354 go on\r\n");
      } else socket.write(refuses && line.startsWith("MAIL") ? "451 not now\r\n" : "250 yes\r\n");
    }
  };
  socket
    .setEncoding("utf8")
    .on("data", lines)
    .on("error", () => {});
  socket.write("220 relay\r\n");
});

let refuses = false;
let broken = [];
const states = new Map();
const works = async (what) => {
  if (broken.includes(what)) throw new Error(`no ${what}`);
};
const record = {
  claim: async (id) => {
    await works("claim");
    const before = states.get(id);
    if (before === undefined) states.set(id, "sending");
    return before;
  },
  release: async (id) => {
    await works("release");
    states.delete(id);
  },
  sent: async (id) => {
    await works("sent");
    states.set(id, "sent");
  },
  total: async () => [...states.values()].filter((state) => state === "sent").length,
  check: () => works("check"),
};
const logged = [];
const note = (message) => logged.push(message);
const log = { info: note, warning: note, error: note };
const metrics = new Metrics();
let stopping = false;
let server;

const listening = (one) => new Promise((resolve) => one.listen(0, "127.0.0.1", resolve));
before(async () => {
  await listening(relay);
  const mail = new Mail({ host: "127.0.0.1", port: String(relay.address().port) });
  const notifier = new Notifier(record, mail, metrics, log);
  server = createServer(app({ notifier, record, mail, metrics, log, stopping: () => stopping }));
  await listening(server);
});
after(() => {
  server.close();
  relay.close();
});
beforeEach(() => {
  mails.length = 0;
  logged.length = 0;
  states.clear();
  refuses = false;
  broken = [];
  stopping = false;
});

const ask = (method, path, body = "", headers = {}) =>
  new Promise((resolve, reject) => {
    const { port } = server.address();
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.on("error", reject).end(body);
  });
const post = (id = "one", more = {}) =>
  ask("POST", "/notifications", JSON.stringify({ id, subject: "hello", text: "all is well", ...more }));

test("a notification is mailed to the one address, once", async () => {
  assert.equal((await post()).status, 201);
  const again = await post();
  assert.deepEqual([again.status, JSON.parse(again.text)], [200, { id: "one", mailed: true }]);
  assert.equal(mails.length, 1);
  assert.match(mails[0], /^To: team-my-app@example\.com$/m);
  assert.match(mails[0], /^Subject: hello$/m);
  assert.deepEqual(JSON.parse((await ask("GET", "/notifications")).text), { mailed: 1 });
  assert.match(await metrics.text(), /^my_app_notifications_sent_total 1$/m);
});

test("what another process is mailing is accepted, and not mailed here", async () => {
  states.set("one", "sending");
  const { status, text } = await post();
  assert.deepEqual([status, JSON.parse(text)], [202, { id: "one", mailed: false }]);
  assert.deepEqual(mails, []);
});

test("what the relay does not take is nobody's, and is mailed when it is asked for again", async () => {
  refuses = true;
  assert.equal((await post()).status, 502);
  assert.equal(states.size, 0);
  refuses = false;
  assert.equal((await post()).status, 201);
  assert.equal(mails.length, 1);
});

test("what was mailed and could not be counted is a success, with a line in the log", async () => {
  broken = ["sent"];
  assert.equal((await post()).status, 201);
  assert.ok(logged.includes("one was mailed and not counted"));
});

test("without a record nothing is mailed, for it might be the second time", async () => {
  broken = ["claim"];
  const { status, text } = await post();
  assert.equal(status, 502);
  assert.doesNotMatch(text, /no claim/);
  assert.deepEqual(mails, []);
});

test("a body that is wrong or too long is refused", async () => {
  assert.equal((await ask("POST", "/notifications", "{")).status, 400);
  assert.equal((await post("one", { text: "a".repeat(20_000) })).status, 413);
  assert.deepEqual(mails, []);
});

test("health names the part that is away, and is no business of a probe", async () => {
  assert.deepEqual(JSON.parse((await ask("GET", "/health")).text), {
    healthy: true,
    parts: { cache: true, mail: true },
  });
  broken = ["check"];
  const { status, text } = await ask("GET", "/health");
  assert.deepEqual([status, JSON.parse(text).parts], [503, { cache: false, mail: true }]);
  for (const path of ["/healthz", "/readyz"]) assert.equal((await ask("GET", path)).status, 200);
});

test("told to stop, it is not ready and closes the connections that it answers on", async () => {
  stopping = true;
  assert.equal((await ask("GET", "/readyz")).status, 503);
  assert.equal((await ask("GET", "/healthz")).headers.connection, "close");
});

test("a request that came through a proxy finds the probes' paths alone", async () => {
  const outside = { "x-forwarded-for": "203.0.113.1" };
  for (const path of ["/health", "/notifications", "/constructor"]) {
    assert.equal((await ask("GET", path, "", outside)).status, 404);
  }
  assert.equal((await ask("GET", "/readyz", "", outside)).status, 200);
});

test("another method is told which ones there are", async () => {
  const { status, headers } = await ask("DELETE", "/notifications");
  assert.deepEqual([status, headers.allow], [405, "GET, POST"]);
});
