// Stands where Slack's webhook is, and whoever waits for heartbeats: a line of JSON for each message. `slack.mjs <port> <file>`
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";

const [port, file] = process.argv.slice(2);
createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), path: request.url, ...JSON.parse(body) })}\n`);
    response.end("ok");
  });
}).listen(Number(port), "127.0.0.1");
