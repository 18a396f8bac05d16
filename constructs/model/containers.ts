import type { Probe } from "./probes";
import type { Resources } from "./quantity";

/* Containers in the pods of a workload, beside that of its own image. */

/** What every container beside the workload's own has. It runs as the workload's user, under its Pod Security profile. */
export interface ContainerSpec {
  /** Image reference with a tag, a digest or both. */
  readonly image: string;
  /** Replaces the image's entry point, word by word as the workload's. @default - the image's own */
  readonly command?: readonly string[];
  /** Replaces the image's arguments. @default - the image's own */
  readonly args?: readonly string[];
  /** Plain environment variables. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /**
   * Out-of-band secrets by their names in `application.secrets`, each the environment variable that the secret declares.
   * @default - none
   */
  readonly secrets?: readonly string[];
  /** @default - 25m and 64Mi requested, 250m and 128Mi at most */
  readonly resources?: Resources;
  /** Volumes of the workload by name, each with the path at which this container has it. @default - none but a `/tmp` of its own */
  readonly mounts?: Readonly<Record<string, string>>;
  /** @default - the workload's */
  readonly readOnlyRootFilesystem?: boolean;
}

/** A container that runs to its end before the workload's own start, in the order in which they are written. */
export type InitContainerSpec = ContainerSpec;

/**
 * A container that runs as long as the workload's own, in the same network: each finds the other at 127.0.0.1. It starts and
 * is told to stop together with it.
 */
export interface SidecarSpec extends ContainerSpec {
  /** Ports on which it listens, by names of up to 15 characters. They open no way through the network. @default - none */
  readonly ports?: Readonly<Record<string, number>>;
  /** What restarts it. @default - its end alone */
  readonly liveness?: ContainerCheck;
  /** What the pod is ready by, beside the workload's own. @default - it is ready once it runs */
  readonly readiness?: ContainerCheck;
  /** What the other two wait for. @default - they wait for nothing */
  readonly startup?: ContainerCheck;
}

/** A check with its timing: a command, or a request to a port. */
export interface ContainerCheck extends Probe {
  /** Command in the container that exits 0. One of `command` and `path`. */
  readonly command?: readonly string[];
  /** Path that answers 2xx or 3xx over HTTP. One of `command` and `path`. */
  readonly path?: string;
  /** Name of the port that is asked for the path. @default - the only one in `ports` */
  readonly port?: string;
}
