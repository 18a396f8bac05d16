import { createServer } from "node:http";
import { app } from "./src/app.mjs";
import { Backend } from "./src/backend.mjs";
import { log } from "./src/log.mjs";
import { metricsServer } from "./src/metrics-server.mjs";
import { Metrics } from "./src/metrics.mjs";

const { PORT = "3000", METRICS_PORT = "9464", BACKEND_URL } = process.env;
if (!BACKEND_URL) {
  log.error("not started", new Error("BACKEND_URL: not set; a workload with an edge to the backend has it"));
  process.exit(1);
}

let stopping = false;
const metrics = new Metrics();
const parts = { backend: new Backend(BACKEND_URL), metrics, log, stopping: () => stopping };
const server = createServer(app(parts));
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
