import { createServer } from "node:http";
import { Api, addressOf } from "./src/api.mjs";
import { assets } from "./src/assets.mjs";
import { listener } from "./src/http.mjs";
import { log } from "./src/log.mjs";
import { metricsServer } from "./src/metrics-server.mjs";
import { Metrics } from "./src/metrics.mjs";
import { routes } from "./src/routes.mjs";

const { PORT = "3000", METRICS_PORT = "9464" } = process.env;

const address = addressOf(process.env);
if (address === undefined) {
  log.error("not started", new Error("API_HOST: not set; a workload that needs the API has it"));
  process.exit(1);
}

let stopping = false;
const metrics = new Metrics();
// What this service needs, by name: `/health` asks each.
const api = new Api(address);
const checks = { api: () => api.check() };
const all = [...routes(api, log), ...assets(new URL("public/", import.meta.url))];
const server = createServer(listener({ routes: all, checks, metrics, log, stopping: () => stopping }));
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
