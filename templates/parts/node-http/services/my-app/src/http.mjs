// Routes as a listener for Node's own HTTP server: finds the route, reads the body, counts and logs the answer.
import { bodyOf } from "./body.mjs";

const TEXT = "text/plain; charset=utf-8";
/** Largest body of a request, in bytes. */
const MOST = 1024 * 1024;

export const json = (status, content) => ({ status, type: "application/json", body: `${JSON.stringify(content)}\n` });

export const plain = (status, text, headers = {}) => ({ status, type: TEXT, body: `${text}\n`, headers });

/** A mistake of the caller, with the answer that tells them. */
export class BadRequest extends Error {
  /** @param {readonly string[]} problems */
  constructor(problems) {
    super(problems.join("; "));
    this.problems = problems;
  }
}

/**
 * @typedef {object} Route
 * @property {string} method
 * @property {string} path `/items/:id` has a parameter `id`
 * @property {boolean} [inside] whether it is for the cluster alone: what came through a proxy came from anywhere
 * @property {(request: { params: Record<string, string>, body: string }) => Promise<object> | object} answer
 */

/**
 * @param {object} parts
 * @param {readonly Route[]} parts.routes
 * @param {Record<string, () => Promise<unknown>>} parts.checks what this service needs, by name; each throws where it does not work
 * @param {import("./metrics.mjs").Metrics} parts.metrics
 * @param {typeof import("./log.mjs").log} parts.log
 * @param {() => boolean} parts.stopping whether this process was told to end
 */
export function listener({ routes, checks, metrics, log, stopping }) {
  const works = async (part, check) => {
    try {
      await check();
      return true;
    } catch (error) {
      log.error(`${part} does not work`, error, { part });
      return false;
    }
  };
  const health = async () => {
    const found = Object.entries(checks).map(async ([part, check]) => [part, await works(part, check)]);
    const parts = Object.fromEntries(await Promise.all(found));
    const healthy = Object.values(parts).every(Boolean);
    return json(healthy ? 200 : 503, { healthy, parts });
  };
  const all = [
    ...routes,
    { method: "GET", path: "/health", inside: true, answer: health },
    // For the kubelet: what others do is not this process's health.
    { method: "GET", path: "/healthz", answer: () => plain(200, "alive") },
    { method: "GET", path: "/readyz", answer: () => (stopping() ? plain(503, "stopping") : plain(200, "ready")) },
  ].map((route) => ({ ...route, parts: route.path.split("/") }));

  const answer = async (request, path) => {
    const fromOutside = request.headers["x-forwarded-for"] !== undefined;
    const matching = all.flatMap((route) => {
      const params = paramsOf(route.parts, path);
      return params === undefined || (fromOutside && route.inside) ? [] : [{ route, params }];
    });
    if (matching.length === 0) return plain(404, "there is nothing here");
    const method = request.method === "HEAD" ? "GET" : request.method;
    const found = matching.find(({ route }) => route.method === method);
    if (found === undefined) {
      const allow = [...new Set(matching.map(({ route }) => route.method))].join(", ");
      return plain(405, `use ${allow}`, { allow });
    }
    let body;
    try {
      body = await bodyOf(request, MOST);
    } catch {
      // Whoever asked is gone in the middle of it: nobody reads this, and it counts as a mistake of theirs.
      return plain(400, "the request has no end");
    }
    if (body === undefined) return json(413, { error: `more than ${MOST} bytes` });
    try {
      return await found.route.answer({ params: found.params, body });
    } catch (error) {
      if (error instanceof BadRequest) return json(400, { problems: error.problems });
      throw error;
    }
  };

  const send = (request, response, { status, type, body, headers = {} }) => {
    // A kept connection would outlive the server that it came to.
    const closing = stopping() ? { connection: "close" } : {};
    response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers, ...closing });
    response.end(request.method === "HEAD" ? undefined : body);
    return status;
  };

  /** Answers whatever a route does, and gives the status: what is thrown past this would end the process, and all requests in it. */
  const answered = async (request, response, path) => {
    try {
      return send(request, response, await answer(request, path));
    } catch (error) {
      log.error(`${request.method} ${path} failed`, error);
      if (!response.headersSent) return send(request, response, plain(500, "something went wrong; the log knows more"));
      response.destroy();
      return 500;
    }
  };

  return async (request, response) => {
    const start = performance.now();
    const [path] = request.url.split("?", 1);
    const status = await answered(request, response, path);
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

/** The parameters of a path, where it is one of the route. */
function paramsOf(parts, path) {
  const words = path.split("/");
  if (words.length !== parts.length) return undefined;
  const params = {};
  for (const [index, part] of parts.entries()) {
    if (part.startsWith(":")) {
      try {
        params[part.slice(1)] = decodeURIComponent(words[index]);
      } catch {
        return undefined;
      }
    } else if (part !== words[index]) return undefined;
  }
  return params;
}
