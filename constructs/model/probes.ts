/* How often a workload is asked, and for how long, where nobody says otherwise. */

/** Timing of one probe, in seconds. The kind of workload knows what is probed. */
export interface Probe {
  /** @default 5; 30 for the liveness of PHP-FPM */
  readonly initialDelaySeconds?: number;
  /** @default 10 for liveness, 5 for readiness */
  readonly periodSeconds?: number;
  /** Seconds until a probe has failed, at most the period. @default 3 */
  readonly timeoutSeconds?: number;
  /** Consecutive failures before it counts. @default 3 */
  readonly failureThreshold?: number;
}

export const PROBE: Required<Probe> = {
  initialDelaySeconds: 5,
  periodSeconds: 10,
  timeoutSeconds: 3,
  failureThreshold: 3,
};

/** Asked more often: every period it is wrong for, requests go to a pod that does not want them. */
export const READINESS: Required<Probe> = { ...PROBE, periodSeconds: 5 };

/** Time that a start may take: two and a half minutes, from the first second on. */
export const STARTUP: Required<Probe> = { ...PROBE, initialDelaySeconds: 0, periodSeconds: 5, failureThreshold: 30 };
