import type { Connection } from "../../../model/connection";
import type { ComposeService, HealthCheck } from "../document";

/** A data service as one container. */
export interface LocalServer {
  readonly service: ComposeService;
  readonly connection: Connection;
  /** What its secret parts are: the same on every developer's machine, which nobody else reaches. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Command in its container that shows what is in it. Words need no quotes. @default - its image has none */
  readonly client?: readonly string[];
  /** Port at which it tells by itself what it measures. @default - its kind's exporter asks it, or nobody does */
  readonly metricsPort?: number;
  /** The user of its exporter. @default - the exporter signs in as workloads do */
  readonly user?: MeasuringUser;
  /** Files that its container mounts, by their paths from the folder of `compose.yaml`. @default - none */
  readonly files?: Readonly<Record<string, string>>;
  /** The same container where nothing can be mounted, as beside a job of a workflow. @default - `service` needs no files */
  readonly bare?: ComposeService;
}

/** Who measures a server and may do nothing else. */
export interface MeasuringUser {
  /** Parts of its connection that are not those of workloads, secret ones too. */
  readonly parts: Readonly<Record<string, string>>;
  /** What makes it, and ends. Making it again changes nothing. */
  readonly made: ComposeService;
}

/** Given with the reference application. */
export const USER = "app";
export const PASSWORD = "secret";

/** The volume of what a server has to keep. */
export const dataVolume = (host: string): string => `${host}-data`;

/** Asked every second until the first answer, so that nobody waits longer than the server takes. */
export const serverHealth = (test: HealthCheck["test"], startSeconds = 60): HealthCheck => ({
  test,
  interval: "10s",
  timeout: "5s",
  retries: 6,
  start_period: `${startSeconds}s`,
  start_interval: "1s",
});
