// GitHub's interface of runners, and an instance's metadata, on the addresses of the copy. What is asked is written to a file, a line each.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const said = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8").trim() : undefined);
let made = 0;

const answer = (method, url, body) => {
  if (method === "DELETE") {
    return said("busy") === undefined ? [204] : [422, { message: "Bad request - Runner is still running a job" }];
  }
  if (method === "POST") {
    if (said("refused") !== undefined) return [403, { message: "Resource not accessible by personal access token" }];
    made += 1;
    const labels = said("labels")?.split(",") ?? JSON.parse(body).labels;
    return [
      201,
      {
        runner: { id: made, labels: labels.map((name) => ({ name, type: "custom" })) },
        encoded_jit_config: Buffer.from(`registration ${made}`).toString("base64"),
      },
    ];
  }
  return [200, { status: "online" }];
};

createServer((request, response) => {
  let body = "";
  request.on("data", (data) => (body += data));
  request.on("end", () => {
    const { method, url, headers } = request;
    const line = { method, url, authorization: headers.authorization, ...(body !== "" && { body: JSON.parse(body) }) };
    appendFileSync(join(folder, "requests"), `${JSON.stringify(line)}\n`);
    const [status, json] = answer(method, url, body);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(json === undefined ? "" : JSON.stringify(json));
  });
}).listen(8000, "127.0.0.1");

createServer((_, response) => response.end("token of the machine\n")).listen(80, "169.254.169.254");
