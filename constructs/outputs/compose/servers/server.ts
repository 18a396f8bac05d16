import type { Connection } from "../../../model/connection";
import type { ComposeService, HealthCheck } from "../document";

/** A data service as one container. */
export interface LocalServer {
  readonly service: ComposeService;
  readonly connection: Connection;
  /** What its secret parts are: the same on every developer's machine, which nobody else reaches. */
  readonly secrets: Readonly<Record<string, string>>;
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
