import type { CaBundlePiece, Piece } from "./connection";
import { USER_PREFIX } from "./service-users";

/*
 * How servers of a kind are measured: by a program beside each, its exporter, which asks the server and answers Prometheus. It
 * runs where the environment is measured, once for a service, whoever of the application needs it.
 */

/** What a kind of service says of its exporter. */
export interface ExporterSetup {
  /** Image with its tag. Runs as any user, and writes nothing. */
  readonly image: string;
  /** Port at which it answers at `METRICS_PATH`. */
  readonly port: number;
  /** Path that answers whenever the program runs, whatever the server does. */
  readonly healthPath: string;
  /**
   * How it is told where the server is and who it is there.
   *
   * @param caBundle path of the file with what the server's certificate chains to; `undefined` where every system bundle has it
   * @param way what the connection is like. @default - TLS, as a user with a password
   */
  told(caBundle: string | undefined, way?: ExporterWay): ExporterTold;
}

/** How a server lets clients in. */
export interface ExporterWay {
  /** Whether it speaks TLS. */
  readonly tls: boolean;
  /** Whether it lets everybody in: its connection has no user and no password. */
  readonly open: boolean;
}

/** A piece of what an exporter is told. Where its CA bundle is `ExporterSetup.told` knows. */
export type ExporterPiece = Exclude<Piece, CaBundlePiece>;

/** Texts are made of parts of the connection; one that is secret is in files alone. */
export interface ExporterTold {
  /** Arguments. @default - none */
  readonly args?: readonly string[];
  /** Variables by their names. @default - none */
  readonly variables?: Readonly<Record<string, readonly ExporterPiece[]>>;
  /** Files below `EXPORTER_PATH`, by their names. @default - none */
  readonly files?: Readonly<Record<string, readonly ExporterPiece[]>>;
}

/** Folder of the files with names and passwords. */
export const EXPORTER_PATH = "/etc/goldenpath/exporter";

/** `orders-db-exporter`: named as a workload would be, so that no workload may be. */
export const exporterName = (service: string): string => `${service}-exporter`;

/** Ends the name of a user that measures: it has no rights at all. No workload's name has a dot. */
export const MEASURING_SUFFIX = ".measure";

/** The user of the exporter in a service whose workloads have users of their own. */
export const MEASURING_USER = `${USER_PREFIX}exporter${MEASURING_SUFFIX}`;

/** The same where each generation of passwords has users of its own: see `UserSetup.renewed`. */
export const measuringUser = (generation = 1): string =>
  generation === 1 ? MEASURING_USER : `${USER_PREFIX}exporter.v${generation}${MEASURING_SUFFIX}`;
