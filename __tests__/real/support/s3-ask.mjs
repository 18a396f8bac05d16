import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";

/*
 * Asks a server that speaks S3, one request after the other, as a client of an application would: signed by version 4 of AWS'
 * signatures, by path style. Its only argument is a file with { endpoint, region, id, secret, ca, requests }; each request is
 * { method, path, query, headers, body } with the path's parts as they are, and a body in Base64. Answers are written as JSON.
 */
const { endpoint, region, id, secret, ca, requests } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const hash = (data) => createHash("sha256").update(data).digest("hex");
const hmac = (key, data) => createHmac("sha256", key).update(data).digest();
const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function signed({ method, path, query = {}, headers = {}, body = "" }) {
  const data = Buffer.from(body, "base64");
  const url = new URL(endpoint);
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const day = time.slice(0, 8);
  const where = path.split("/").map(encoded).join("/");
  const asked = Object.entries(query)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
  const all = Object.fromEntries(
    Object.entries({ ...headers, host: url.host, "x-amz-content-sha256": hash(data), "x-amz-date": time })
      .map(([name, value]) => [name.toLowerCase(), value])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  const names = Object.keys(all).join(";");
  const lines = Object.entries(all).map(([name, value]) => `${name}:${value.trim()}\n`);
  const canonical = [method, where, asked, lines.join(""), names, hash(data)].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, "s3", "aws4_request"].reduce(hmac, `AWS4${secret}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", time, scope, hash(canonical)].join("\n")).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return {
    data,
    options: {
      method,
      host: url.hostname,
      port: url.port,
      path: `${where}${asked === "" ? "" : `?${asked}`}`,
      ca: readFileSync(ca),
      headers: { ...all, authorization, "content-length": data.length },
    },
  };
}

const answered = ({ data, options }) =>
  new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("base64"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(data);
  });

const answers = [];
for (const one of requests) answers.push(await answered(signed(one)));
process.stdout.write(JSON.stringify(answers));
