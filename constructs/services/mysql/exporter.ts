import { EXPORTER_PATH, type ExporterSetup } from "../../model/exporter";

const PORT = 9104;

/** Its settings, as a client of MySQL has them. */
const SETTINGS = "client.cnf";

/**
 * mysqld_exporter with the two collectors that everybody who can sign in may ask: its user needs no right to see what others run.
 *
 * @see https://github.com/prometheus/mysqld_exporter/blob/v0.20.0/README.md
 */
export const MYSQL_EXPORTER: ExporterSetup = {
  image: "quay.io/prometheus/mysqld-exporter:v0.20.0",
  port: PORT,
  healthPath: "/",
  told: (caBundle) => ({
    args: [
      `--config.my-cnf=${EXPORTER_PATH}/${SETTINGS}`,
      `--web.listen-address=:${PORT}`,
      "--collect.global_status",
      "--collect.global_variables",
      "--no-collect.slave_status",
      "--no-collect.info_schema.innodb_cmp",
      "--no-collect.info_schema.innodb_cmpmem",
      "--no-collect.info_schema.query_response_time",
    ],
    files: {
      [SETTINGS]: [
        "[client]\nhost=",
        { part: "host", raw: true },
        "\nport=",
        { part: "port", raw: true },
        "\nuser=",
        { part: "username", raw: true },
        "\npassword=",
        { part: "password", raw: true },
        // With it names are compared too. Without it there would be no TLS at all, which servers refuse.
        ...(caBundle === undefined ? [] : [`\nssl-ca=${caBundle}`]),
        "\n",
      ],
    },
  }),
};
