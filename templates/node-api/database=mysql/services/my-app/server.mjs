import { createServer } from "node:http";
import { Database } from "./src/database.mjs";
import { listener } from "./src/http.mjs";
import { Items } from "./src/items.mjs";
import { log } from "./src/log.mjs";
import { metricsServer } from "./src/metrics-server.mjs";
import { Metrics } from "./src/metrics.mjs";
import { routes } from "./src/routes.mjs";
import { made, required } from "./src/variables.mjs";

const { PORT = "3000", METRICS_PORT = "9464" } = process.env;
const { DATABASE_URL } = required(["DATABASE_URL"], log);

let stopping = false;
const metrics = new Metrics();
const database = made(() => new Database(DATABASE_URL, process.env.DATABASE_SSL_CA), log);
// What this service needs, by name: `/health` asks each.
const checks = { database: () => database.check() };
const server = createServer(
  listener({ routes: routes(new Items(database)), checks, metrics, log, stopping: () => stopping }),
);
// Longer than the route controllers keep an idle connection, so that they close it and never find it closed.
server.keepAliveTimeout = 95_000;
server.listen(Number(PORT), () => log.info(`listening on ${PORT}`));
const measured = metricsServer(metrics).listen(Number(METRICS_PORT));

// No new connections, requests in hand answered, and only then goodbye to the database, which those need.
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    stopping = true;
    log.info(`stopping by ${signal}`);
    server.close(() => {
      // Asked until the last request is answered.
      measured.close();
      void database.close();
      log.info("stopped");
    });
  });
}
