import { processesThatFit } from "../model/fpm-memory";
import { fpmMetricsPort, freePort, portsOfPod } from "../model/metrics";
import { bytes, type Bytes } from "../model/quantity";
import type { ResolvedPhpFpm } from "../model/resolved";

/** Key in the ConfigMap. */
export const POOL_FILE = "php-fpm.conf";

/** Sorts after the official image's `zz-docker.conf`, so that of two settings this one counts. */
export const POOL_PATH = "/usr/local/etc/php-fpm.d/zz-goldenpath.conf";

export const STATUS_PATH = "/status";

/** Time for PHP-FPM to stop once nginx has gone and no request is left, in seconds. */
export const FPM_STOP_SECONDS = 5;

/** Requests that wait for a process at most; the kernel's own limit, 4096, would be more than nginx can hold. */
const BACKLOG = 511;

/** So many waiting requests for each process, probe after probe, are an overload and not a burst. */
const WAITING_PER_PROCESS = 10;

export interface PoolSize {
  readonly maxChildren: number;
  readonly startServers: number;
  readonly minSpare: number;
  readonly maxSpare: number;
}

/**
 * Processes of the pool: as many as fit the container's memory limit beside OPcache, all of them as large as they may get. In a
 * container too small for OPcache's default, a quarter is kept free instead. `min ≤ start ≤ max spare ≤ max children`,
 * or PHP-FPM refuses to start.
 */
export function poolSize(memoryLimit: Bytes, processMemory: Bytes): PoolSize {
  const maxChildren = Math.max(1, processesThatFit(memoryLimit, processMemory));
  const spare = Math.ceil(maxChildren / 4);
  return { maxChildren, startServers: spare, minSpare: spare, maxSpare: Math.ceil(maxChildren / 2) };
}

/**
 * Waiting requests above which a pod wants no more. Not "no process is free": that is a pool well used, and under load
 * all pods would leave the Service at once. At this length a request waits until each process has done ten others.
 */
export const overload = ({ maxChildren }: PoolSize): number =>
  Math.min(maxChildren * WAITING_PER_PROCESS, Math.floor(BACKLOG / 2));

/**
 * A listener for the status alone: with every process of the pool busy the health check would wait in the same queue
 * as the requests, and a busy pod would be killed for it. A process answers it that belongs to no pool.
 */
export function statusAddress(workload: Pick<ResolvedPhpFpm, "port" | "httpPort" | "ports" | "sidecars">): string {
  const taken = portsOfPod(workload);
  return `127.0.0.1:${freePort(9001, new Set([...taken, fpmMetricsPort(workload)]))}`;
}

/** `48Mi` → `48M`: PHP and nginx write powers of two with one letter. */
export function shorthand(size: Bytes, letters: { readonly mebi: string; readonly kibi: string }): string {
  const kibibytes = Math.ceil(bytes(size) / 1024);
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}${letters.mebi}` : `${kibibytes}${letters.kibi}`;
}

export const poolOf = (workload: Pick<ResolvedPhpFpm, "resources" | "processMemory">): PoolSize =>
  poolSize(workload.resources.limits.memory, workload.processMemory);

/**
 * The file of a workload's pool. PHP-FPM looks three times in a request's time, so it ends one up to a third of it late.
 *
 * @param size what stands in the places of its sizes. @default - those that fit the memory limit
 */
export function poolConfig(
  workload: ResolvedPhpFpm,
  size: Readonly<Record<keyof PoolSize, number | string>> = poolOf(workload),
): string {
  const php = { mebi: "M", kibi: "K" };
  const body = shorthand(workload.maxBodySize, php);
  return `[global]
process_control_timeout = ${FPM_STOP_SECONDS}s

[www]
listen = ${workload.port}
listen.backlog = ${BACKLOG}
pm = dynamic
pm.max_children = ${size.maxChildren}
pm.start_servers = ${size.startServers}
pm.min_spare_servers = ${size.minSpare}
pm.max_spare_servers = ${size.maxSpare}
pm.max_requests = 1000
pm.status_path = ${STATUS_PATH}
pm.status_listen = ${statusAddress(workload)}
request_terminate_timeout = ${workload.requestSeconds}s
clear_env = no
catch_workers_output = yes
decorate_workers_output = no
; nginx logs every request.
access.log = /dev/null
; The pool is sized by this, so it is enforced.
php_admin_value[memory_limit] = ${shorthand(workload.processMemory, php)}
php_admin_value[post_max_size] = ${body}
php_admin_value[upload_max_filesize] = ${body}
`;
}
