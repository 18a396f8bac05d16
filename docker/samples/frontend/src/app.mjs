// The routes, as a listener for Node's own HTTP server.
import { page } from "./page.mjs";

const TEXT = "text/plain; charset=utf-8";

/**
 * @param {object} parts
 * @param {import("./backend.mjs").Backend} parts.backend
 * @param {import("./metrics.mjs").Metrics} parts.metrics
 * @param {typeof import("./log.mjs").log} parts.log
 * @param {() => boolean} parts.stopping whether this process was told to end
 */
export function app({ backend, metrics, log, stopping }) {
  const json = (status, content) => ({ status, type: "application/json", body: `${JSON.stringify(content)}\n` });
  const routes = {
    "/": async () => ({ status: 200, type: "text/html; charset=utf-8", body: page(await backend.lifts()) }),
    "/health": async () => {
      try {
        const { healthy, parts } = await backend.health();
        return json(healthy ? 200 : 503, { healthy, parts: { backend: healthy }, backend: parts });
      } catch (error) {
        log.error("the backend does not answer", error);
        return json(503, { healthy: false, parts: { backend: false } });
      }
    },
    // For the kubelet: what others do is not this process's health.
    "/healthz": () => ({ status: 200, type: TEXT, body: "alive\n" }),
    "/readyz": () =>
      stopping() ? { status: 503, type: TEXT, body: "stopping\n" } : { status: 200, type: TEXT, body: "ready\n" },
  };

  const answer = async (method, path) => {
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) return { status: 404, type: TEXT, body: "there is nothing here\n" };
    if (method !== "GET" && method !== "HEAD") return { status: 405, type: TEXT, body: "use GET\n" };
    try {
      return await route();
    } catch (error) {
      log.error(`${method} ${path} failed`, error);
      return { status: 502, type: TEXT, body: "something went wrong; the log knows more\n" };
    }
  };

  return async (request, response) => {
    const start = performance.now();
    const [path] = request.url.split("?", 1);
    const { status, type, body } = await answer(request.method, path);
    // A kept connection would outlive the server that it came to.
    const closing = stopping() ? { connection: "close" } : {};
    response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...closing });
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
