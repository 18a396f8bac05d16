// Redis by ioredis, from REDIS_URL and, where no system bundle knows the server's authority, REDIS_SSL_CA.

import { readFileSync } from "node:fs";
import { Redis } from "ioredis";

const { REDIS_URL, REDIS_SSL_CA } = process.env;

const redis = new Redis(REDIS_URL, {
  // For `rediss:` only: with this option ioredis speaks TLS whatever the URL says.
  ...(REDIS_URL.startsWith("rediss:") && REDIS_SSL_CA && { tls: { ca: readFileSync(REDIS_SSL_CA) } }),
  // A server goes on trying; this program says why it cannot.
  lazyConnect: true,
  retryStrategy: () => null,
});
redis.on("error", (error) => {
  throw error;
});

await redis.connect();
await redis.set("note", "written by ioredis");
console.log(await redis.get("note"));
await redis.quit();
