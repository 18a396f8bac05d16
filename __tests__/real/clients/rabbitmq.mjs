// RabbitMQ by amqplib, from RABBITMQ_URL and, where no system bundle knows the server's authority, RABBITMQ_SSL_CA.

import { readFileSync } from "node:fs";
import amqp from "amqplib";

const { RABBITMQ_URL, RABBITMQ_SSL_CA } = process.env;
const { username, password } = new URL(RABBITMQ_URL);

const connection = await amqp.connect(RABBITMQ_URL, {
  // By itself amqplib decodes no more than ASCII.
  credentials: amqp.credentials.plain(decodeURIComponent(username), decodeURIComponent(password)),
  ...(RABBITMQ_SSL_CA && { ca: readFileSync(RABBITMQ_SSL_CA) }),
});

const channel = await connection.createChannel();
const { queue } = await channel.assertQueue("", { exclusive: true });
const message = new Promise((resolve) => channel.consume(queue, resolve, { noAck: true }));
channel.sendToQueue(queue, Buffer.from("sent by amqplib"));
console.log((await message).content.toString());
await connection.close();
