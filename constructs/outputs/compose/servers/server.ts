import type { Connection } from "../../../model/connection";
import type { ConfigurationFolder } from "../configuration";
import type { ComposeService, HealthCheck } from "../document";

/** A data service as one container. */
export interface LocalServer {
  readonly service: ComposeService;
  readonly connection: Connection;
  /** What its secret parts are: the same on every developer's machine, which nobody else reaches. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface LocalServerRequest<S> {
  /** Of its container, by which others find it. */
  readonly host: string;
  /** Whether it is the default of its kind, which has the port of the machine. Of any other it is a free one. */
  readonly alone: boolean;
  /** Name of the service in the application. */
  readonly name: string;
  readonly spec: S;
  /** Where its own configuration is, if it mounts any. */
  readonly folder: ConfigurationFolder;
}

/** Given with the reference application. */
export const USER = "app";
export const PASSWORD = "secret";

/** Where the secret parts of a connection are: with its container. */
export const secretPart = (host: string, part: string) => ({ secret: { key: host, property: part } });

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
