import { Api } from "../src/api";
import { answering, json, offline, silent } from "./answers";

const api = new Api({ address: "https://api.test/", timeoutMilliseconds: 1000 });
const same = (body: unknown): unknown => body;

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

test("asks with a trace of its own each time", async () => {
  const asked = answering(json([]), json([]));
  await api.get("/items", same);
  await api.get("/items", same);
  expect(asked.map(({ address }) => address)).toEqual(["https://api.test/items", "https://api.test/items"]);
  const traces = asked.map(({ request }) => new Headers(request.headers as Record<string, string>).get("traceparent"));
  for (const trace of traces) expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(new Set(traces).size).toBe(2);
});

test("what it refuses, what cannot be read and what cannot be reached are told apart, with the trace that was sent", async () => {
  const asked = answering(json({}, 503), () => Promise.resolve(new Response("<html>")), json({}), offline);
  const failed = async (parse = same): Promise<unknown> => {
    const error: unknown = await api.get("/items", parse).catch((thrown: unknown) => thrown);
    const sent = new Headers(asked.at(-1)?.request.headers as Record<string, string>).get("traceparent");
    expect(sent).toContain((error as { traceId: string }).traceId);
    return (error as { failure: unknown }).failure;
  };
  expect(await failed()).toEqual({ kind: "refused", status: 503 });
  expect(await failed()).toEqual({ kind: "unreadable" });
  expect(
    await failed(() => {
      throw new Error("another form");
    }),
  ).toEqual({ kind: "unreadable" });
  expect(await failed()).toEqual({ kind: "unreachable" });
});

test("waits as long as it says and no longer", async () => {
  jest.useFakeTimers();
  const [asked] = [answering(silent)];
  let failure: unknown;
  void api.get("/items", same).catch((error: { failure: unknown }) => (failure = error.failure));
  await jest.advanceTimersByTimeAsync(999);
  expect([failure, asked[0]?.request.signal?.aborted]).toEqual([undefined, false]);
  await jest.advanceTimersByTimeAsync(1);
  expect([failure, asked[0]?.request.signal?.aborted]).toEqual([{ kind: "timeout" }, true]);
});

test("the body counts, too: an answer that begins and does not end is late", async () => {
  jest.useFakeTimers();
  answering((address, request) => {
    const text = (): Promise<string> => silent(address, request) as Promise<never>;
    return Promise.resolve(Object.assign(new Response(""), { text }));
  });
  let failure: unknown;
  void api.get("/items", same).catch((error: { failure: unknown }) => (failure = error.failure));
  await jest.advanceTimersByTimeAsync(1000);
  expect(failure).toEqual({ kind: "timeout" });
});

test("ends where nobody waits any more, and leaves no timer behind", async () => {
  jest.useFakeTimers();
  const asked = answering(silent, json([]));
  const controller = new AbortController();
  const waiting = api.get("/items", same, controller.signal).catch(() => "ended");
  controller.abort();
  expect([await waiting, asked[0]?.request.signal?.aborted]).toEqual(["ended", true]);
  await api.get("/items", same);
  expect(jest.getTimerCount()).toBe(0);
});
