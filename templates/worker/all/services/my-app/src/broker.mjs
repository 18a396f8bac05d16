// RabbitMQ, by the variables that the edge to it injects.
import { readFileSync } from "node:fs";
import amqp from "amqplib";

const MILLISECONDS = 3000;
const HEARTBEAT_SECONDS = 30;

/**
 * A connection to the broker.
 *
 * @param {string} url `amqp://user:password@host:5672/%2F`, or `amqps://…`
 * @param {string | undefined} ca path of the PEM file to verify the server with; without one Node's bundle knows it
 */
export function broker(url, ca) {
  const { username, password } = new URL(url);
  const withHeartbeat = new URL(url);
  withHeartbeat.searchParams.set("heartbeat", String(HEARTBEAT_SECONDS));
  return amqp.connect(withHeartbeat.href, {
    // By itself amqplib decodes no more than ASCII.
    credentials: amqp.credentials.plain(decodeURIComponent(username), decodeURIComponent(password)),
    timeout: MILLISECONDS,
    ...(ca && { ca: readFileSync(ca) }),
  });
}
