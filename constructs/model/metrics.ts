/* Where a workload tells Prometheus what it measures. */

/** Port of the nginx before PHP-FPM at which it tells, unless something else of the pod listens there. */
const FIRST_PORT = 9253;

/** Name of that port in the pod. */
export const FPM_METRICS_PORT = "nginx-metrics";

/** Path that exporters answer by custom. */
export const METRICS_PATH = "/metrics";

export interface Metrics {
  /** Path at which its own container answers in Prometheus' text format or OpenMetrics. No route leads there. @default "/metrics" */
  readonly path?: string;
  /**
   * Name of one of its `ports`, on which nothing else is answered that people outside may ask for: that of its requests would be
   * open to them too. Not of PHP-FPM, which is asked by way of the nginx before it.
   */
  readonly port?: string;
  /**
   * Upper bounds of its histogram `http_request_duration_seconds`, in seconds and ascending, where the program sets its own. The
   * time of an objective has to be one of them. @default - those that client libraries have: 0.005 to 10
   */
  readonly buckets?: readonly number[];
}

/** The same with its default. */
export interface ResolvedMetrics {
  readonly path: string;
  /** @default - the port of nginx before PHP-FPM */
  readonly port: string | undefined;
  /** @default - those that client libraries have */
  readonly buckets: readonly number[] | undefined;
}

export const resolveMetrics = ({ path = METRICS_PATH, port, buckets }: Metrics): ResolvedMetrics => ({
  ...{ path, port, buckets },
});

/** The first port that nothing of a pod listens on. */
export function freePort(first: number, taken: ReadonlySet<number>): number {
  let free = first;
  while (taken.has(free)) free++;
  return free;
}

interface FpmPorts {
  readonly port: number;
  readonly httpPort: number;
  readonly ports?: readonly { readonly port: number }[] | undefined;
  readonly sidecars?: readonly { readonly ports: Readonly<Record<string, number>> }[] | undefined;
}

/** Ports of a pod of PHP-FPM that the model names. */
export const portsOfPod = ({ port, httpPort, ports = [], sidecars = [] }: FpmPorts): ReadonlySet<number> =>
  new Set([port, httpPort, ...ports.map((one) => one.port), ...sidecars.flatMap((one) => Object.values(one.ports))]);

/** Port at which nginx before PHP-FPM tells what is measured, to Prometheus alone. */
export const fpmMetricsPort = (workload: FpmPorts): number => freePort(FIRST_PORT, portsOfPod(workload));
