import { type ClientHttp2Session, connect, createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import type { ResolvedRoute } from "../../constructs/model/resolved";
import { composeNginx } from "../../constructs/outputs/compose/nginx";
import { frontend, settled } from "../support/resolved";
import { type Front, startFront } from "./support/front";
import { sleep } from "./support/program";

/*
 * Calls of gRPC through the nginx of Compose, which Debian's nginx reads here. What goes over the wire is gRPC's own: messages
 * behind their length, and a status in the trailers of an answer.
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */

const HOST = "rpc.localhost";
const SILENCE = 2;
const rpc = frontend({ name: "rpc", objectName: "my-app-rpc", protocol: "grpc", port: 50051 });
const route = (path: string, more: Partial<ResolvedRoute> = {}): ResolvedRoute => ({
  ...{ host: HOST, hostName: "rpc", path, pathType: "Prefix", workload: rpc },
  ...more,
});
const short = { settings: settled({ timeoutSeconds: SILENCE }) };

const message = (text: string): Buffer => {
  const body = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
};

/** Whole messages in what has arrived, and the rest. */
function messagesOf(data: Buffer): { readonly texts: readonly string[]; readonly rest: Buffer } {
  const texts: string[] = [];
  let at = 0;
  while (data.length >= at + 5 && data.length >= at + 5 + data.readUInt32BE(at + 1)) {
    const end = at + 5 + data.readUInt32BE(at + 1);
    texts.push(data.subarray(at + 5, end).toString());
    at = end;
  }
  return { texts, rest: data.subarray(at) };
}

/** Says each message again; ends with the status when the client has ended. */
function echo(stream: ServerHttp2Stream, path: string, forwarded: string): void {
  stream.on("error", () => undefined);
  stream.respond({ ":status": 200, "content-type": "application/grpc", forwarded }, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": path.endsWith("/Missing") ? "5" : "0", "grpc-message": "done" });
  });
  let left = Buffer.alloc(0);
  stream.on("data", (data: Buffer) => {
    const { texts, rest } = messagesOf(Buffer.concat([left, data]));
    left = Buffer.from(rest);
    for (const text of texts) stream.write(message(`again ${text}`));
  });
  stream.on("end", () => stream.end());
}

let server: Http2Server;
let front: Front;
let client: ClientHttp2Session;

beforeAll(async () => {
  server = createServer();
  server.on("stream", (stream, headers) => {
    echo(
      stream,
      headers[":path"] ?? "",
      [headers[":authority"] ?? headers.host, headers["x-forwarded-proto"] ?? "none", headers.te].join(" "),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const routes = [route("/"), route("/shop.Short", short)];
  front = await startFront(composeNginx({ routes, workloads: [rpc] }), { "rpc:50051": port });
  client = connect(`http://127.0.0.1:${front.port}`);
});

afterAll(async () => {
  client.destroy();
  await front.stop();
  server.close();
});

/** A call: what is said goes on until it is ended, and each answer is told as it comes. */
function call(path: string, authority = HOST) {
  const stream = client.request({
    ...{ ":method": "POST", ":path": path, ":authority": authority },
    ...{ "content-type": "application/grpc", te: "trailers" },
  });
  const heard: string[] = [];
  let left = Buffer.alloc(0);
  let status: string | undefined;
  let forwarded: unknown;
  stream.on("error", () => undefined);
  stream.on("response", (headers) => {
    ({ forwarded } = headers);
    status = headers["grpc-status"] === undefined ? undefined : String(headers["grpc-status"]);
  });
  stream.on("trailers", (headers) => {
    status = String(headers["grpc-status"]);
  });
  stream.on("data", (data: Buffer) => {
    const { texts, rest } = messagesOf(Buffer.concat([left, data]));
    left = Buffer.from(rest);
    heard.push(...texts);
  });
  const start = Date.now();
  const ended = new Promise<{ readonly status?: string; readonly seconds: number; readonly forwarded?: unknown }>(
    (resolve) => {
      stream.on("close", () => {
        resolve({ status, forwarded, seconds: (Date.now() - start) / 1000 });
      });
    },
  );
  return {
    say: (text: string) => stream.write(message(text)),
    end: () => stream.end(),
    heard,
    ended,
  };
}

test.each([HOST, "my-app-rpc"])(
  "a call of %s is answered, with the status that is in its trailers",
  async (authority) => {
    const one = call("/shop.Orders/Get", authority);
    one.say("order 1");
    one.end();
    expect(await one.ended).toMatchObject({
      status: "0",
      forwarded: `${authority} ${authority === HOST ? "http" : "none"} trailers`,
    });
    expect(one.heard).toEqual(["again order 1"]);
  },
);

test("a status that is no success is the server's own", async () => {
  const one = call("/shop.Orders/Missing");
  one.end();
  expect((await one.ended).status).toBe("5");
});

test("each message of a stream in both directions arrives when it is said", async () => {
  const stream = call("/shop.Orders/Watch");
  for (const text of ["a", "b", "c"]) {
    stream.say(text);
    await sleep(0.2);
    expect(stream.heard.at(-1)).toBe(`again ${text}`);
  }
  stream.end();
  expect((await stream.ended).status).toBe("0");
});

test("what a client says may be more than a request of HTTP", async () => {
  const stream = call("/shop.Orders/Import");
  for (let count = 0; count < 40; count++) stream.say("x".repeat(1024 * 1024));
  stream.end();
  expect((await stream.ended).status).toBe("0");
  expect(stream.heard).toHaveLength(40);
}, 30_000);

test("a stream may be silent as long as its route says, in whichever direction, and no longer", async () => {
  const stream = call("/shop.Short/Watch");
  stream.say("a");
  await sleep(SILENCE - 0.5);
  stream.say("b");
  const { status, seconds } = await stream.ended;
  expect(stream.heard).toEqual(["again a", "again b"]);
  expect(status).not.toBe("0");
  expect(seconds).toBeGreaterThan(2 * SILENCE - 1);
  expect(seconds).toBeLessThan(2 * SILENCE + 2);
});
