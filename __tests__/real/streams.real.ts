import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { ResolvedRoute, ResolvedRouteSettings } from "../../constructs/model/resolved";
import { composeNginx } from "../../constructs/outputs/compose/nginx";
import { frontend, settled } from "../support/resolved";
import { type Front, startFront } from "./support/front";
import { sleep, within } from "./support/program";

/*
 * WebSockets, event streams and the bounds of routes through the nginx that Compose has, which Debian's nginx reads here. What
 * comes late or is cut off is told by a clock.
 */

const HOST = "www.localhost";
const SILENCE = 2;
const REQUEST_SECONDS = 1;
/** A proxy waits this much longer than the workload. */
const LATER = 10;

const workload = frontend({ requestSeconds: REQUEST_SECONDS, terminationGraceSeconds: REQUEST_SECONDS });
const route = (path: string, settings?: ResolvedRouteSettings): ResolvedRoute => ({
  ...{ host: HOST, hostName: "web", path, pathType: "Prefix", workload },
  ...(settings && { settings }),
});
const routes = [
  route("/"),
  route("/short", settled({ timeoutSeconds: SILENCE })),
  route("/small", settled({ maxBodySize: "1Ki" })),
  route(
    "/shared",
    settled({
      cors: {
        origins: [`https://${HOST}`, "https://partner.example.org"],
        methods: ["GET", "PUT"],
        headers: ["Authorization"],
        exposedHeaders: ["X-Total"],
        credentials: true,
        maxAgeSeconds: 60,
      },
    }),
  ),
];

let server: Server;
let front: Front;
const upgraded = new Set<Socket>();

beforeAll(async () => {
  server = createServer((asked, answer) => {
    const path = asked.url ?? "";
    if (path.endsWith("/events")) {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write("data: 1\n\n");
      setTimeout(() => answer.write("data: 2\n\n"), 300);
      return;
    }
    if (path.endsWith("/never")) return;
    asked.resume().on("end", () => {
      answer.writeHead(200, { "access-control-allow-origin": "*", "x-total": "3" }).end(JSON.stringify(asked.headers));
    });
  });
  // What is sent comes back, as long as the connection is open: frames are nobody's business on the way.
  server.on("upgrade", ({ headers }, socket: Socket) => {
    upgraded.add(socket);
    socket.on("error", () => undefined);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${headers.upgrade}\r\nConnection: ${headers.connection}\r\n\r\n`,
    );
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  front = await startFront(composeNginx({ routes, workloads: [workload] }), { "frontend:3000": port });
});

afterAll(async () => {
  await front.stop();
  for (const socket of upgraded) socket.destroy();
  server.closeAllConnections();
  server.close();
});

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const open = (path: string, { method = "GET", headers = {}, body }: Asked = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port: front.port, path, method, headers: { host: HOST, ...headers } }, resolve)
      .on("error", reject)
      .end(body);
  });

/** Seconds until the other side ends it. */
async function lasts(stream: {
  on(event: "close", listener: () => void): unknown;
  resume(): unknown;
}): Promise<number> {
  const start = Date.now();
  await new Promise<void>((resolve) => {
    stream.on("close", resolve);
    stream.resume();
  });
  return (Date.now() - start) / 1000;
}

const firstOf = (stream: { once(event: "data", listener: (data: Buffer) => void): unknown }): Promise<string> =>
  new Promise((resolve) => {
    stream.once("data", (data) => {
      resolve(data.toString());
    });
  });

/** An upgraded connection. */
const upgrade = (path: string): Promise<{ readonly socket: Socket; readonly answer: IncomingMessage }> =>
  new Promise((resolve, reject) => {
    request({
      ...{ host: "127.0.0.1", port: front.port, path },
      headers: { host: HOST, connection: "Upgrade", upgrade: "websocket" },
    })
      .on("upgrade", (answer, socket) => {
        socket.on("error", () => undefined);
        resolve({ socket, answer });
      })
      .on("response", ({ statusCode }) => {
        reject(new Error(`answered ${statusCode}`));
      })
      .on("error", reject)
      .end();
  });

const cut = (seconds: number, after: number): void => {
  expect(seconds).toBeGreaterThan(after - 0.5);
  expect(seconds).toBeLessThan(after + 2);
};

test("each event arrives when it is sent, though the answer goes on", async () => {
  const answer = await open("/events");
  expect(await within(0.25, firstOf(answer))).toBe("data: 1\n\n");
  expect(await within(1, firstOf(answer))).toBe("data: 2\n\n");
  answer.destroy();
});

test("a WebSocket is opened, and what either side sends arrives at once", async () => {
  const { socket, answer } = await upgrade("/socket");
  expect(answer.headers).toMatchObject({ upgrade: "websocket", connection: "upgrade" });
  socket.write("ping");
  expect(await within(1, firstOf(socket))).toBe("ping");
  socket.destroy();
});

test("streams may be silent as long as the workload may take, and no longer", async () => {
  const events = await open("/events");
  const { socket } = await upgrade("/socket");
  for (const seconds of await Promise.all([lasts(events), lasts(socket)])) cut(seconds, REQUEST_SECONDS + LATER);
}, 30_000);

test("a byte in either direction begins the silence anew", async () => {
  const { socket } = await upgrade("/short/socket");
  const end = lasts(socket);
  await sleep(SILENCE - 0.5);
  socket.write("x");
  cut(await end, 2 * SILENCE - 0.5);
});

test("a route that says how long ends after that, with 504 where nothing was said yet", async () => {
  const start = Date.now();
  expect((await open("/short/never")).statusCode).toBe(504);
  cut((Date.now() - start) / 1000, SILENCE);
  cut(await lasts(await open("/short/events")), SILENCE);
});

test("a route that says how large refuses what is larger, and no other does", async () => {
  const sent = async (path: string, bytes: number) =>
    (await open(path, { method: "POST", body: "x".repeat(bytes) })).statusCode;
  expect(await sent("/small/in", 1024)).toBe(200);
  expect(await sent("/small/in", 1025)).toBe(413);
  expect(await sent("/in", 1025)).toBe(200);
});

describe("pages of other hosts", () => {
  const cors = ({ headers }: IncomingMessage) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("access-control-")));
  const asks = (origin: string, path = "/shared/data") =>
    open(path, { method: "OPTIONS", headers: { origin, "access-control-request-method": "PUT" } });

  test.each(["https://partner.example.org", `https://${HOST}`, `http://${HOST}:8080`])(
    "such as %s are told what they may, and what the workload says of it counts for nothing",
    async (origin) => {
      const answer = await asks(origin);
      expect(answer.statusCode).toBe(204);
      expect(answer.headers.vary).toBe("Origin");
      expect(cors(answer)).toEqual({
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": "GET, PUT",
        "access-control-allow-headers": "Authorization",
        "access-control-max-age": "60",
      });
      const got = await open("/shared/data", { headers: { origin } });
      expect(cors(got)).toEqual({
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "X-Total",
      });
    },
  );

  test.each(["https://partner.example.org.evil.example", "https://partnerxexample.org", "null", `https://x.${HOST}`])(
    "such as %s are told nothing of it",
    async (origin) => {
      expect(cors(await asks(origin))).not.toHaveProperty("access-control-allow-origin");
      expect(cors(await open("/shared/data", { headers: { origin } }))).not.toHaveProperty(
        "access-control-allow-origin",
      );
    },
  );

  test("are the workload's business on other routes", async () => {
    expect(cors(await open("/data", { headers: { origin: "https://any.example" } }))).toEqual({
      "access-control-allow-origin": "*",
    });
  });
});
