import { broker } from "./src/broker.mjs";
import { Consumer } from "./src/consumer.mjs";
import { handle } from "./src/handle.mjs";
import { log } from "./src/log.mjs";
import { metricsServer } from "./src/metrics-server.mjs";
import { Metrics } from "./src/metrics.mjs";

const { METRICS_PORT = "9464", QUEUE = "my-app", RABBITMQ_URL, RABBITMQ_SSL_CA } = process.env;
if (!RABBITMQ_URL) {
  log.error("not started", new Error("RABBITMQ_URL: not set; a workload that needs the service has it"));
  process.exit(1);
}

const metrics = new Metrics();
const measured = metricsServer(metrics).listen(Number(METRICS_PORT));
try {
  const consumer = new Consumer(await broker(RABBITMQ_URL, RABBITMQ_SSL_CA), { queue: QUEUE, handle, metrics, log });
  // Whoever restarts it connects anew: its life is its health.
  consumer.lost.catch((error) => {
    log.error("the broker is gone", error);
    process.exit(1);
  });
  await consumer.start();
  // Messages in hand are handled to their end, and acknowledged before the connection ends: the broker gives the others to somebody else.
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.once(signal, async () => {
      log.info(`stopping by ${signal}`);
      try {
        await consumer.stop();
      } catch (error) {
        // The broker went first: what was not acknowledged comes again.
        log.error("stopped without the broker", error);
        process.exit(1);
      }
      measured.close();
      log.info("stopped");
    });
  }
} catch (error) {
  log.error("not started", error);
  process.exit(1);
}
