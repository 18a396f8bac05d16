// Stands where SNS is: a line of JSON for each message. `sns.mjs <port> <file>`
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";

const [port, file] = process.argv.slice(2);
createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), ...Object.fromEntries(new URLSearchParams(body)) })}\n`);
    response.setHeader("Content-Type", "text/xml");
    response.end(
      '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
    );
  });
}).listen(Number(port), "127.0.0.1");
