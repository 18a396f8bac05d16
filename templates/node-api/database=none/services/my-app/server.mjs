import { createServer } from "node:http";
import { listener } from "./src/http.mjs";
import { log } from "./src/log.mjs";
import { metricsServer } from "./src/metrics-server.mjs";
import { Metrics } from "./src/metrics.mjs";
import { routes } from "./src/routes.mjs";

const { PORT = "3000", METRICS_PORT = "9464" } = process.env;

let stopping = false;
const metrics = new Metrics();
// What this service needs, by name: `/health` asks each.
const checks = {};
const server = createServer(listener({ routes: routes(), checks, metrics, log, stopping: () => stopping }));
// Longer than the route controllers keep an idle connection, so that they close it and never find it closed.
server.keepAliveTimeout = 95_000;
server.listen(Number(PORT), () => log.info(`listening on ${PORT}`));
const measured = metricsServer(metrics).listen(Number(METRICS_PORT));

// No new connections, requests in hand answered, idle connections closed: then there is nothing left to wait for.
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    stopping = true;
    log.info(`stopping by ${signal}`);
    server.close(() => {
      // Asked until the last request is answered.
      measured.close();
      log.info("stopped");
    });
  });
}
