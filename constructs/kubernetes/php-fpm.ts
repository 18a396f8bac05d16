import { FPM_METRICS_PORT, fpmMetricsPort } from "../model/metrics";
import { fitName, MAX_LABEL } from "../model/names";
import { bytes, type Bytes, formatBytes } from "../model/quantity";
import { mirrored } from "../model/registries";
import type { ResolvedApplication, ResolvedPhpFpm } from "../model/resolved";
import type { Resources } from "../model/workload";
import { serverConfigName } from "./config-map";
import { containerSecurity, probe } from "./container-parts";
import { LOGS, WRITABLE_ROOT } from "./disk";
import { FPM_STOP_SECONDS, overload, POOL_FILE, POOL_PATH, poolOf, STATUS_PATH, statusAddress } from "./fpm-pool";
import { NGINX_COMMAND, NGINX_FILE, PID_FILE } from "./nginx";
import { drainSeconds, NGINX_HEALTH_PATH } from "./nginx-parts";
import type { Container } from "./objects";
import { mainContainer, type PodParts, PRE_STOP_SECONDS, sleepBeforeStop } from "./pod";
import { containerPorts } from "./ports";
import type { WiredWorkload } from "./provided";
import { podVolumes } from "./volumes";
import { literalWords } from "./words";

/** nginx's stable branch as of 2026-10-21, by digest of its multi-platform index. */
export const NGINX_IMAGE =
  "docker.io/library/nginx:1.30.6-alpine@sha256:0e52bd054126cdc040b1276c0af347aeb02a41b9cfe305d6094767ac30e97949";

/** One worker passing bytes on: beside PHP it is never what is short. */
const NGINX_RESOURCES: Resources = {
  requests: { cpu: "25m", memory: "32Mi" },
  limits: { cpu: "250m", memory: "128Mi" },
};

/** Seconds for the two hooks not to start in the same second. */
const LAG_SECONDS = 2;

/** Seconds between the time that PHP-FPM has to stop and SIGKILL. */
const MARGIN_SECONDS = 3;

const RUN = PID_FILE.slice(0, PID_FILE.lastIndexOf("/"));

/** Seconds in which nginx may need it: PHP-FPM is not told to stop. */
const holdSeconds = (workload: ResolvedPhpFpm): number => PRE_STOP_SECONDS + drainSeconds(workload) + LAG_SECONDS;

/** PHP-FPM, and nginx to speak HTTP for it. */
export function phpFpmPod(application: ResolvedApplication, wired: WiredWorkload, workload: ResolvedPhpFpm): PodParts {
  const tmpSize = tmpSizeFor(workload.maxBodySize);
  return {
    containers: [phpFpmContainer(application, wired, workload), nginxContainer(application, workload)],
    volumes: [
      ...podVolumes(application, workload, tmpSize),
      { name: "nginx-tmp", emptyDir: { sizeLimit: tmpSize } },
      { name: "nginx-run", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
      { name: "server-config", configMap: { name: serverConfigName(workload) } },
    ],
    terminationGracePeriodSeconds: holdSeconds(workload) + FPM_STOP_SECONDS + MARGIN_SECONDS,
  };
}

/** Word of `healthCommand` that makes it fail while more requests than these wait. It comes last. */
export const queueOption = (waiting: number | string): string => `--listen-queue=${waiting}`;

function phpFpmContainer(application: ResolvedApplication, wired: WiredWorkload, workload: ResolvedPhpFpm): Container {
  const check = (...options: string[]) => ({
    exec: { command: [...literalWords(workload.healthCommand), ...options] },
  });
  return mainContainer(application, wired, {
    ports: [{ name: "php-fpm", containerPort: workload.port, protocol: "TCP" }, ...containerPorts(workload)],
    // Where `php-fpm-healthcheck` looks.
    env: [
      { name: "FCGI_CONNECT", value: statusAddress(workload) },
      { name: "FCGI_STATUS_PATH", value: STATUS_PATH },
    ],
    ...(workload.startup !== undefined && { startupProbe: probe(workload.startup, check()) }),
    // Busy is not broken: a process of its own answers it.
    livenessProbe: probe(workload.liveness, check()),
    readinessProbe: probe(workload.readiness, check(queueOption(overload(poolOf(workload))))),
    lifecycle: { preStop: { exec: { command: holdCommand(workload) } } },
    volumeMounts: [
      { name: "nginx-run", mountPath: RUN, readOnly: true },
      { name: "server-config", mountPath: POOL_PATH, subPath: POOL_FILE, readOnly: true },
    ],
  });
}

/**
 * The hooks of both containers start at once. This one holds PHP-FPM until nginx has answered its last request. One that
 * is itself being restarted for not answering has nothing to wait for, and is not alive by the measure of its probe. One
 * that answers again by then still stops gracefully when the time is over: nginx may not be stopping at all, or have
 * left its file behind.
 */
function holdCommand(workload: ResolvedPhpFpm): readonly string[] {
  const { timeoutSeconds, failureThreshold } = workload.liveness;
  const script = [
    "missed=0",
    `while [ -e ${PID_FILE} ] && [ $missed -lt ${failureThreshold} ]`,
    `do if timeout ${timeoutSeconds} "$@" >/dev/null 2>&1; then missed=0; else missed=$((missed + 1)); fi`,
    "sleep 1",
    "done",
  ].join("; ");
  return ["timeout", String(holdSeconds(workload)), "sh", "-c", script, "sh", ...workload.healthCommand];
}

/** Name of the container with the HTTP server, beside the one of the workload's name. */
export const serverContainer = (workload: string): string => fitName([workload, "nginx"], { max: MAX_LABEL });

function nginxContainer({ registries }: ResolvedApplication, workload: ResolvedPhpFpm): Container {
  const check = { httpGet: { path: NGINX_HEALTH_PATH, port: "http" } };
  const timing = { initialDelaySeconds: 1, timeoutSeconds: 3, failureThreshold: 3 };
  return {
    name: serverContainer(workload.name),
    image: workload.nginxImage ?? mirrored(registries, NGINX_IMAGE),
    imagePullPolicy: "IfNotPresent",
    // Not the image's entry point: its scripts edit files that are read-only here.
    command: NGINX_COMMAND,
    ports: [
      { name: "http", containerPort: workload.httpPort, protocol: "TCP" },
      { name: FPM_METRICS_PORT, containerPort: fpmMetricsPort(workload), protocol: "TCP" },
    ],
    resources: NGINX_RESOURCES,
    livenessProbe: probe({ ...timing, periodSeconds: 10 }, check),
    readinessProbe: probe({ ...timing, periodSeconds: 5 }, check),
    lifecycle: sleepBeforeStop,
    securityContext: containerSecurity(workload, true),
    volumeMounts: [
      { name: "nginx-tmp", mountPath: "/tmp" },
      { name: "nginx-run", mountPath: RUN },
      { name: "server-config", mountPath: "/etc/nginx/nginx.conf", subPath: NGINX_FILE, readOnly: true },
    ],
  };
}

/** Room for the bodies of sixteen uploads at a time, on each side of FastCGI. */
export function tmpSizeFor(maxBodySize: Bytes): Bytes {
  return formatBytes(Math.max(bytes("512Mi"), 16 * bytes(maxBodySize)));
}

/** Bytes of the node's disk that the two containers of its pod may fill, logs included. */
export function bodyDisk({ maxBodySize, security }: Pick<ResolvedPhpFpm, "maxBodySize" | "security">): number {
  const each = bytes(tmpSizeFor(maxBodySize)) + bytes(LOGS.limit);
  return 2 * each + (security.readOnlyRootFilesystem ? 0 : bytes(WRITABLE_ROOT));
}
