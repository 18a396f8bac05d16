import type { SecretPlace } from "./connection";
import type { Path, Problem } from "./problem";

/** A data service that somebody else runs, as an environment describes it: everything that a connection to it needs. */
export interface ExternalServer {
  /** Full domain name, or an IPv4 address. */
  readonly host: string;
  /** @default - the port of the kind: 3306, 6379, 5671 (5672 without TLS), 443 */
  readonly port?: number;
  /** Whether clients must speak TLS. @default true */
  readonly tls?: boolean;
  /**
   * Plain parts of the connection by name: `{ username: "shop", database: "orders" }`. Which there are is the kind's matter.
   * @default - those that follow from the application or have a usual value
   */
  readonly parts?: Readonly<Record<string, string>>;
  /**
   * Names of secrets that people make in the cloud's secret store, by the secret part that each is, or by the variable of
   * which each is the whole text: `{ password: "orders-db-password" }`, or `{ DATABASE_URL: "orders-db-url" }`.
   * @default - none: Redis alone lets clients in without a password, and not under TLS
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /** PEM certificates that the server's own chains to. @default - every system bundle trusts it */
  readonly caBundle?: string;
  /**
   * Address blocks it answers from, for the network policy. @default - the address in `host`; of a name every public address,
   * or what it resolves to where the environment's cluster has `policiesByName`
   */
  readonly cidrs?: readonly string[];
}

/** The same with every default applied. */
export interface ResolvedExternalServer extends Required<Omit<ExternalServer, "caBundle" | "cidrs" | "secrets">> {
  readonly secrets: Readonly<Record<string, ExternalSecretPlace>>;
  /** @default - every system bundle trusts it */
  readonly caBundle?: string;
  /** @default - by the host */
  readonly cidrs?: readonly string[];
}

/** Where a secret of it is, with the name by which people know it. */
export interface ExternalSecretPlace extends SecretPlace {
  readonly name: string;
}

/** What a kind of service asks of a server that somebody else runs. */
export interface ExternalForm {
  /** Plain parts that an environment may give beside host and port. */
  readonly parts: Readonly<Record<string, ExternalPart>>;
  /** @default - the contract's own */
  readonly port?: (tls: boolean) => number;
  /** Plain parts of the connection. @default - `host`, `port`, and those that were given as they are */
  readonly connection?: (given: GivenParts) => Readonly<Record<string, string>>;
}

export interface ExternalPart {
  /** Mistakes in what was given at `path`. */
  problems(given: string, path: Path): Problem[];
  /** @default - it has to be given */
  readonly value?: string;
}

export type GivenParts = Pick<ResolvedExternalServer, "host" | "port" | "tls" | "parts">;
