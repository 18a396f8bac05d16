/*
 * What Compose reads, as plain data: the parts of the Compose Specification that are used here. Texts are meant as they
 * are; what Compose would interpolate in them is escaped when the file is written.
 * @see https://github.com/compose-spec/compose-spec/blob/main/spec.md
 */

export interface ComposeDocument {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly driver: "bridge" }>>;
  /** Named volumes, with Docker's own defaults. */
  readonly volumes: Readonly<Record<string, Readonly<Record<string, never>>>>;
}

export interface ComposeService {
  /** Said above it in the file, line by line. @default - nothing */
  readonly comment?: string;
  /** One of `image` and `build`. */
  readonly image?: string;
  readonly build?: Build;
  /** Started only where somebody names one of these, or the service itself. @default - always */
  readonly profiles?: readonly string[];
  /** A broker's files are for one name of its host. @default - the container's id */
  readonly hostname?: string;
  readonly user?: string;
  /** Whether a process 1 of Docker's own passes signals on. @default false */
  readonly init?: boolean;
  readonly restart?: "unless-stopped";
  /** Replaces the image's entry point and its arguments. */
  readonly entrypoint?: readonly string[];
  /** Replaces the image's arguments. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, Value>>;
  /** Ports that other containers reach. */
  readonly expose?: readonly string[];
  readonly ports?: readonly Published[];
  readonly volumes?: readonly Mounted[];
  readonly tmpfs?: readonly string[];
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly aliases: readonly string[] }>>;
  /** `service:backend`: the network of that container. */
  readonly network_mode?: "none" | `service:${string}`;
  /** `legacy.example.com=10.0.0.5`: addresses of names, before those of DNS. */
  readonly extra_hosts?: readonly string[];
  readonly depends_on?: Readonly<Record<string, Dependency>>;
  readonly healthcheck?: HealthCheck | { readonly disable: true };
  /** @default - as the machine's Docker is set up */
  readonly logging?: Logging;
  /** Memory above which the container is ended: `128m`. */
  readonly mem_limit?: string;
  readonly stop_signal?: string;
  readonly stop_grace_period?: Duration;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
}

/** A port of the container that this machine alone reaches. */
export interface Published {
  readonly port: number;
  /** The port of the machine: the same, unless this variable says another. @default - any free one */
  readonly variable?: string;
}

/** A text, or a variable of whoever starts Compose or of the file `.env` beside `compose.yaml`: empty where there is none. */
export type Value = string | FromEnvironment;

export interface FromEnvironment {
  readonly fromEnvironment: string;
  /** What it is where there is no such variable, or an empty one. @default - empty */
  readonly otherwise?: string;
}

/** A volume by its name or a folder beside the file, `source:path`; or a folder of the machine, which is only read. */
export type Mounted = string | MachineFolder;

export interface MachineFolder {
  readonly machine: FromEnvironment & { readonly otherwise: string };
  readonly path: string;
}

/** Where Docker keeps what a container writes. */
export interface Logging {
  readonly driver: "json-file";
  readonly options: Readonly<Record<string, string>>;
}

export interface Build {
  readonly context: string;
  /** Path from the context. */
  readonly dockerfile: string;
  readonly target: string;
  readonly additional_contexts?: Readonly<Record<string, string>>;
  readonly args?: Readonly<Record<string, Value>>;
}

export interface Dependency {
  readonly condition: "service_healthy" | "service_completed_successfully" | "service_started";
  /** Whether whoever depends is restarted with it. @default false */
  readonly restart?: boolean;
}

export type Duration = `${number}s`;

export interface HealthCheck {
  /** `CMD` and a command, or `CMD-SHELL` and a line for the image's shell. */
  readonly test: readonly ["CMD" | "CMD-SHELL", ...string[]];
  readonly interval: Duration;
  readonly timeout: Duration;
  readonly retries: number;
  /** Time in which failures do not count. */
  readonly start_period: Duration;
  /** Interval in place of the other, during the start period. Docker Engine 25 and later. */
  readonly start_interval: Duration;
}
