// What is done with a message: yours from here on. A message may come twice, so doing it twice has to do no harm.
import { Unusable } from "./consumer.mjs";
import { log } from "./log.mjs";

/** @param {unknown} message as its sender made it of JSON */
export async function handle(message) {
  const id = typeof message === "object" && message !== null ? message.id : undefined;
  if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id)) {
    throw new Unusable('use {"id": "…"} with 1 to 64 letters, digits, _ and -');
  }
  log.info(`handled ${id}`, { id });
}
