// The routes, as a listener for Node's own HTTP server.
import { bodyOf } from "./body.mjs";
import { MOST, notification } from "./notification.mjs";

const TEXT = "text/plain; charset=utf-8";
const STATUS = { new: 201, sent: 200, sending: 202 };

/**
 * @param {object} parts
 * @param {import("./notifier.mjs").Notifier} parts.notifier
 * @param {import("./record.mjs").Record} parts.record
 * @param {import("./mail.mjs").Mail} parts.mail
 * @param {import("./metrics.mjs").Metrics} parts.metrics
 * @param {typeof import("./log.mjs").log} parts.log
 * @param {() => boolean} parts.stopping whether this process was told to end
 */
export function app({ notifier, record, mail, metrics, log, stopping }) {
  const json = (status, content) => ({ status, type: "application/json", body: `${JSON.stringify(content)}\n` });
  const plain = (status, text, headers = {}) => ({ status, type: TEXT, body: `${text}\n`, headers });

  const works = async (part, check) => {
    try {
      await check();
      return true;
    } catch (error) {
      log.error(`${part} does not work`, error, { part });
      return false;
    }
  };

  const notify = async (request) => {
    const body = await bodyOf(request, MOST);
    if (body === undefined) return json(413, { error: `more than ${MOST} bytes` });
    const { problems, notification: asked } = notification(body);
    if (problems !== undefined) return json(400, { error: problems.join("; ") });
    const outcome = await notifier.notify(asked);
    return json(STATUS[outcome], { id: asked.id, mailed: outcome !== "sending" });
  };

  /** For those in the cluster alone: what came through a proxy came from anywhere. */
  const inside = {
    "/health": {
      GET: async () => {
        const [cache, relay] = await Promise.all([
          works("cache", () => record.check()),
          works("mail", () => mail.check()),
        ]);
        const healthy = cache && relay;
        return json(healthy ? 200 : 503, { healthy, parts: { cache, mail: relay } });
      },
    },
    "/notifications": { GET: async () => json(200, { mailed: await record.total() }), POST: notify },
  };
  const routes = {
    ...inside,
    // For the kubelet: what others do is not this process's health.
    "/healthz": { GET: () => plain(200, "alive") },
    "/readyz": { GET: () => (stopping() ? plain(503, "stopping") : plain(200, "ready")) },
  };

  const answer = async (request, path) => {
    const fromOutside = request.headers["x-forwarded-for"] !== undefined;
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined || (fromOutside && Object.hasOwn(inside, path))) return plain(404, "there is nothing here");
    const method = request.method === "HEAD" ? "GET" : request.method;
    if (!Object.hasOwn(route, method)) {
      const allow = Object.keys(route).join(", ");
      return plain(405, `use ${allow}`, { allow });
    }
    try {
      return await route[method](request);
    } catch (error) {
      log.error(`${request.method} ${path} failed`, error);
      return plain(502, "something went wrong; the log knows more");
    }
  };

  return async (request, response) => {
    const start = performance.now();
    const [path] = request.url.split("?", 1);
    const { status, type, body, headers = {} } = await answer(request, path);
    // A kept connection would outlive the server that it came to.
    const closing = stopping() ? { connection: "close" } : {};
    response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers, ...closing });
    response.end(request.method === "HEAD" ? undefined : body);
    const seconds = (performance.now() - start) / 1000;
    metrics.request(status, seconds);
    // A line for every probe would be most of the log.
    if (!/^\/(healthz|readyz)$/.test(path) || status >= 500) {
      log[status >= 500 ? "warning" : "info"](`${request.method} ${path} ${status}`, {
        method: request.method,
        path,
        status,
        seconds,
        requestId: request.headers["x-request-id"],
        traceparent: request.headers.traceparent,
      });
    }
  };
}
