import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ResolvedRoute, ResolvedRouteSettings } from "../../constructs/model/resolved";
import { composeNginx } from "../../constructs/outputs/compose/nginx";
import { frontend, render, resolvedApplication, settled, stripeKey } from "../support/resolved";
import { assembleSecrets, buildExternalSecrets } from "./support/external-secrets";
import { type Front, startFront } from "./support/front";

/* What routes say of redirects and headers, through the nginx of Compose, and who may call them, as External Secrets hands it on. */

const HOST = "shop.localhost";
const workload = frontend();
const route = (path: string, settings?: Partial<ResolvedRouteSettings>): ResolvedRoute => ({
  ...{ host: HOST, hostName: "web", path, pathType: "Prefix", workload },
  ...(settings && { settings: settled(settings) }),
});
const POLICY = `default-src 'self' "x"; img-src {*} #a|b`;
const HEADERS = {
  request: { "X-Tenant": 'a "b" {c}; #d' },
  response: { "X-Frame-Options": "DENY", "Content-Security-Policy": POLICY },
};
const routes = [
  route("/", { otherHost: `www.${HOST}` }),
  route("/new"),
  route("/old", { redirectTo: "/new" }),
  route("/framed", { headers: HEADERS }),
];

let server: Server;
let front: Front;

beforeAll(async () => {
  server = createServer((asked, answer) => {
    answer.setHeader("X-Frame-Options", "SAMEORIGIN");
    answer.statusCode = asked.url === "/framed/none" ? 404 : 200;
    answer.end(JSON.stringify(asked.headers));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  front = await startFront(composeNginx({ routes, workloads: [workload] }), { "frontend:3000": port });
});

afterAll(async () => {
  await front.stop();
  server.close();
});

const open = (path: string, host: string, more = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port: front.port, path, headers: { host, ...more } }, resolve)
      .on("error", reject)
      .end();
  });

async function sent(path: string, host: string): Promise<unknown[]> {
  const { statusCode, headers } = await open(path, host);
  return [statusCode, headers.location];
}

test("the other name of a host sends clients to the host, to the path and query and by the port that they asked for", async () => {
  expect(await sent("/basket?of=me%2Fyou&a=1", `www.${HOST}`)).toEqual([308, `http://${HOST}/basket?of=me%2Fyou&a=1`]);
  expect(await sent("/", `www.${HOST}:8080`)).toEqual([308, `http://${HOST}:8080/`]);
});

test("a path sends clients to the route's, with all below it and nothing beside it", async () => {
  expect(await sent("/old", HOST)).toEqual([308, `http://${HOST}/new`]);
  expect(await sent("/old/page?of=me", `${HOST}:8080`)).toEqual([308, `http://${HOST}:8080/new`]);
  expect(await sent("/older", HOST)).toEqual([200, undefined]);
  expect(await sent("/new", HOST)).toEqual([200, undefined]);
});

test.each(["/framed", "/framed/none"])(
  "headers are set in place of the client's and the workload's: %s",
  async (path) => {
    const answer = await open(path, HOST, { "x-tenant": "somebody else" });
    expect(answer.headers["content-security-policy"]).toBe(POLICY);
    expect(answer.headers["x-frame-options"]).toBe("DENY");
    expect(JSON.parse(await text(answer))).toMatchObject({ "x-tenant": 'a "b" {c}; #d' });
  },
);

test("headers are left alone by a route that sets none", async () => {
  const answer = await open("/new", HOST, { "x-tenant": "somebody else" });
  expect(answer.headers["x-frame-options"]).toBe("SAMEORIGIN");
  expect(JSON.parse(await text(answer))).toMatchObject({ "x-tenant": "somebody else" });
});

describe("what people put into the store for a route that asks for passwords", () => {
  const secretName = "my-app-basic-auth-admins";
  const secret = { ...stripeKey, name: "admins", remoteKey: "admins" };
  const objects = render({
    application: resolvedApplication({ routes: [route("/", { basicAuth: { secretName, secret } })] }),
  }).filter((object) => object.metadata.name === secretName);
  const handedOn = (value: string) => assembleSecrets(objects, new Map([["admins", value]])).get(secretName);
  const line = (name: string): string => `${name}:{SHA}${createHash("sha1").update(name).digest("base64")}`;

  beforeAll(buildExternalSecrets);

  test.each([
    ["one line", line("me"), line("me")],
    [
      "several, with an end of line",
      `${line("me")}\n${line("you@example.com")}\n`,
      `${line("me")}\n${line("you@example.com")}`,
    ],
    ["ends of lines of Windows", `${line("me")}\r\n${line("you")}\r\n`, `${line("me")}\n${line("you")}`],
  ])("is handed on at the keys of every controller: %s", (_, given, expected) => {
    expect(handedOn(given)).toEqual({ auth: expected, ".htpasswd": expected });
  });

  test.each([
    ["nothing", ""],
    ["a password", "secret"],
    ["a name and a password", "me:secret"],
    ["a hash that Envoy does not read", "me:$2y$05$abcdefghijklmnopqrstuv"],
    ["a hash that is cut off", line("me").slice(0, -4)],
    ["a good line and another", `${line("me")}\nyou`],
    ["two on one line", `${line("me")} ${line("you")}`],
  ])("is not handed on where it is %s", (_, given) => {
    expect(() => handedOn(given)).toThrow("not lines of htpasswd -nbs");
  });
});
