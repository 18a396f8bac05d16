import { bytes, type Bytes } from "./quantity";

/** What OPcache takes by PHP's own default (`opcache.memory_consumption`); shared by all processes. */
const OPCACHE: Bytes = "128Mi";

/** What a process takes outside of PHP's `memory_limit`: the interpreter's own data, TLS and database connections. */
const PROCESS_OVERHEAD: Bytes = "4Mi";

/**
 * How many processes of PHP-FPM fit a container's memory limit beside OPcache, all of them as large as they may get. In a
 * container too small for OPcache's default, a quarter is kept free instead.
 */
export function processesThatFit(memoryLimit: Bytes, processMemory: Bytes): number {
  const limit = bytes(memoryLimit);
  const reserved = Math.min(bytes(OPCACHE), limit / 4);
  return Math.floor((limit - reserved) / (bytes(processMemory) + bytes(PROCESS_OVERHEAD)));
}
