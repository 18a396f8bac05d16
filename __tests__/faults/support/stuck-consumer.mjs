// Takes messages of a queue, and never says that it is done with them. `stuck-consumer.mjs <url> <queue>`
import { connect } from "amqplib";

const [url, queue] = process.argv.slice(2);
const { AMQP_USER: username, AMQP_PASSWORD: password } = process.env;
const server = new URL(url);
const connection = await connect({
  ...{ protocol: "amqps", hostname: server.hostname, port: Number(server.port) },
  ...{ username, password, vhost: "/", heartbeat: 30 },
});
const channel = await connection.createChannel();
await channel.prefetch(1);
await channel.consume(queue, () => undefined);
