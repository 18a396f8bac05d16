import { createServer } from "node:http";
import { app } from "./src/app.mjs";
import { log } from "./src/log.mjs";
import { Mail } from "./src/mail.mjs";
import { metricsServer } from "./src/metrics-server.mjs";
import { Metrics } from "./src/metrics.mjs";
import { Notifier } from "./src/notifier.mjs";
import { Record } from "./src/record.mjs";

const {
  PORT = "3000",
  METRICS_PORT = "9464",
  REDIS_URL,
  REDIS_SSL_CA,
  SMTP_HOST,
  SMTP_PORT,
  MAIL_FROM,
  MAIL_TO,
} = process.env;
const missing = Object.entries({ REDIS_URL, SMTP_HOST }).flatMap(([name, value]) => (value ? [] : [name]));
for (const name of missing) {
  log.error("not started", new Error(`${name}: not set; a workload that needs the service has it`));
}
if (missing.length > 0) process.exit(1);

let stopping = false;
const record = new Record(REDIS_URL, REDIS_SSL_CA, log);
const mail = new Mail({ host: SMTP_HOST, port: SMTP_PORT, from: MAIL_FROM, to: MAIL_TO });
const metrics = new Metrics();
const notifier = new Notifier(record, mail, metrics, log);
const server = createServer(app({ notifier, record, mail, metrics, log, stopping: () => stopping }));
// Longer than the route controllers keep an idle connection, so that they close it and never find it closed.
server.keepAliveTimeout = 95_000;
server.listen(Number(PORT), () => log.info(`listening on ${PORT}`));
const measured = metricsServer(metrics).listen(Number(METRICS_PORT));

// No new connections, requests in hand answered, and only then goodbye to Redis, which those need.
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    stopping = true;
    log.info(`stopping by ${signal}`);
    server.close(() => {
      record.close();
      // Asked until the last request is answered.
      measured.close();
      log.info("stopped");
    });
  });
}
