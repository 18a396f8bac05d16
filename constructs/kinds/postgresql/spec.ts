import { ADDRESS, type ConnectionContract, LOGIN_ADDRESS, type Piece, type ServiceOf } from "../../services";

export interface PostgresqlSpec {
  /** Name of the database. Small letters, digits and underscores. @default "app_db" */
  readonly database?: string;
  /** Major version. @default "17" */
  readonly version?: "17" | "18";
}

/**
 * A relational database that speaks PostgreSQL. Injects `DATABASE_URL`, and `DATABASE_SSL_CA` where its certificate needs a bundle.
 * The URL says `sslmode=verify-full` and where the bundle is, as libpq (PHP, Python, Ruby) and `pg` of Node read it.
 */
export type Postgresql = ServiceOf<"postgresql", Required<PostgresqlSpec>>;

export const VERSIONS = ["17", "18"] as const satisfies readonly PostgresqlSpec["version"][];

/** Numbers of which a line of versions is made: `17` of `17.11`. */
export const LINE_PARTS = 1;

const ADDRESSED: readonly Piece[] = ["postgresql://", ...LOGIN_ADDRESS, "/", { part: "database", raw: true }];

/** The same for a server that lets everybody in, which is none of ours. */
const OPEN: readonly Piece[] = ["postgresql://", ...ADDRESS, "/", { part: "database", raw: true }];

export const CONTRACT: ConnectionContract = {
  defaultPort: 5432,
  parts: {
    host: { secret: false },
    port: { secret: false },
    database: { secret: false },
    username: { secret: false },
    password: { secret: true },
  },
  variables: {
    DATABASE_URL: {
      template: ADDRESSED,
      // Without a mode libpq takes any certificate, and goes on without TLS where the server has none.
      tlsTemplate: [...ADDRESSED, "?sslmode=verify-full", { file: "caBundle", after: "&sslrootcert=" }],
      openTemplate: OPEN,
    },
    DATABASE_SSL_CA: { file: "caBundle" },
  },
};
