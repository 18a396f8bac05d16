import type { ResolvedWorkload } from "../../model/resolved";
import type { Probe } from "../../model/workload";
import type { ComposeService, Duration, HealthCheck } from "./document";

/** Given with the reference application. A pool is asked every second until it answers for the first time. */
const PHP_FPM: Omit<HealthCheck, "test"> = {
  interval: "30s",
  timeout: "3s",
  retries: 3,
  start_period: "40s",
  start_interval: "1s",
};

/** Asked for by the client that BusyBox has: a process of the workload's own would cost more than the workload at rest. */
export const getting = (url: string): HealthCheck["test"] => ["CMD", "wget", "-q", "-O", "/dev/null", url];

/** Asks no more than whether somebody listens: no image has a client of gRPC. */
const listening = (port: number): HealthCheck["test"] => ["CMD", "nc", "-z", "127.0.0.1", String(port)];

const seconds = (count: number): Duration => `${count}s`;

/** Time in which failures do not count: what a start may take, where the workload says so. */
const startPeriod = (startup: Required<Probe> | undefined): Pick<HealthCheck, "start_period"> | false =>
  startup !== undefined && {
    start_period: seconds(startup.initialDelaySeconds + startup.periodSeconds * startup.failureThreshold),
  };

/** Timing as in a cluster. A program that compiles itself first may take as long as PHP-FPM. */
export const timing = ({
  periodSeconds,
  timeoutSeconds,
  failureThreshold,
}: Required<Probe>): Omit<HealthCheck, "test"> => ({
  interval: seconds(periodSeconds),
  timeout: seconds(timeoutSeconds),
  retries: failureThreshold,
  start_period: PHP_FPM.start_period,
  start_interval: PHP_FPM.start_interval,
});

/**
 * One check is all that Compose has, and others wait for it: so it is readiness, where a kind has both. What ends by
 * itself has none, and neither has a worker that says nothing: its life is its health. Then the image's own is switched
 * off, which may ask for a server that is not started.
 */
export function healthOf(workload: ResolvedWorkload): NonNullable<ComposeService["healthcheck"]> {
  switch (workload.kind) {
    case "php-fpm":
      return { test: ["CMD", ...workload.healthCommand], ...PHP_FPM, ...startPeriod(workload.startup) };
    case "http":
      return {
        test:
          workload.readinessPath === undefined
            ? listening(workload.port)
            : getting(`http://127.0.0.1:${workload.port}${workload.readinessPath}`),
        ...timing(workload.readiness),
        ...startPeriod(workload.startup),
      };
    case "worker": {
      const { healthCommand, liveness, startup } = workload;
      if (healthCommand === undefined) return { disable: true };
      return { test: ["CMD", ...healthCommand], ...timing(liveness), ...startPeriod(startup) };
    }
    case "cron":
    case "release":
      return { disable: true };
  }
}

/** Whether others can wait for its health. */
export const hasHealth = (workload: ResolvedWorkload): boolean => !("disable" in healthOf(workload));
