// A service in this process, on a port of its own: what tests ask.
import { createServer, request as ask } from "node:http";
import { listener } from "../src/http.mjs";
import { Metrics } from "../src/metrics.mjs";

/** Starts one. Its `lines` are what it logged, `stop` tells it to end as SIGTERM does. */
export async function serve({ routes, checks = {} }) {
  const lines = [];
  let stopping = false;
  const line = (level) => (message, context) => lines.push({ level, message, context });
  const log = { info: line("info"), warning: line("warning"), error: line("error") };
  const metrics = new Metrics();
  const server = createServer(listener({ routes, checks, metrics, log, stopping: () => stopping }));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();

  /** With `leave` it goes once a part of the body is sent. */
  const send = (method, path, { headers = {}, body, leave = false } = {}) =>
    new Promise((resolve, reject) => {
      const sent = ask({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = response.headers["content-type"] === "application/json" && text !== "";
          const content = isJson ? JSON.parse(text) : text;
          resolve({ status: response.statusCode, headers: response.headers, content });
        });
      });
      sent.on("error", leave ? () => resolve(undefined) : reject);
      if (leave) sent.write(body, () => setTimeout(() => sent.destroy(new Error("gone")), 50));
      else sent.end(body);
    });
  return {
    lines,
    metrics,
    send,
    get: (path, headers) => send("GET", path, { headers }),
    stop: () => (stopping = true),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
