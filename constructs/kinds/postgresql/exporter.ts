import { EXPORTER_PATH, type ExporterSetup } from "../../services";
import { POSTGRES_EXPORTER } from "./versions";

const PORT = 9187;

/** Files that the exporter is told of: each is one setting, whole. */
const URI = "uri";
const USER = "user";
const PASSWORD = "password";

/**
 * postgres_exporter with what everybody who can sign in may ask: its user needs no right to see what others run.
 *
 * @see https://github.com/prometheus-community/postgres_exporter/blob/v0.19.1/README.md
 */
export const POSTGRESQL_EXPORTER: ExporterSetup = {
  image: POSTGRES_EXPORTER.image,
  port: PORT,
  healthPath: "/",
  told: (caBundle, { tls } = { tls: true, open: false }) => ({
    args: [
      `--web.listen-address=:${PORT}`,
      // Of all that it can measure connections and transactions, and what the server says of its own limits.
      "--disable-default-metrics",
      "--collector.database_wraparound",
      ...["database", "locks", "replication", "replication_slot", "roles", "stat_bgwriter"].map(off),
      ...["stat_progress_vacuum", "stat_user_tables", "statio_user_tables", "wal"].map(off),
    ],
    variables: {
      DATA_SOURCE_URI_FILE: [`${EXPORTER_PATH}/${URI}`],
      DATA_SOURCE_USER_FILE: [`${EXPORTER_PATH}/${USER}`],
      DATA_SOURCE_PASS_FILE: [`${EXPORTER_PATH}/${PASSWORD}`],
    },
    files: {
      [URI]: [
        { part: "host", raw: true },
        ":",
        { part: "port", raw: true },
        "/",
        { part: "database", raw: true },
        tls ? "?sslmode=verify-full" : "?sslmode=disable",
        // Without it Go asks the authorities of the image.
        ...(caBundle === undefined ? [] : [`&sslrootcert=${caBundle}`]),
      ],
      [USER]: [{ part: "username", raw: true }],
      [PASSWORD]: [{ part: "password", raw: true }],
    },
  }),
};

function off(collector: string): string {
  return `--no-collector.${collector}`;
}
