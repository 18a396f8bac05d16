// What Prometheus asks, on a port of its own: no route leads there.
import { createServer } from "node:http";

/** @param {import("./metrics.mjs").Metrics} metrics */
export const metricsServer = (metrics) =>
  createServer(async (request, response) => {
    if (request.method !== "GET" || request.url.split("?", 1)[0] !== "/metrics") {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("there is nothing here\n");
      return;
    }
    try {
      const body = await metrics.text();
      response.writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" }).end(body);
    } catch {
      // A gauge that asks something may fail: Prometheus sees that, and the process goes on.
      response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("no metrics\n");
    }
  });
