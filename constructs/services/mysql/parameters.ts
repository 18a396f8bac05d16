/*
 * What every MySQL server is told, wherever it runs: a statement that passes on a laptop must pass in production, and
 * one that fails there must fail here. Clouds differ in their defaults, and some of them from MySQL's own.
 */

/** A switch, a number or a text: how a place spells it is the place's matter. */
export interface ServerParameter {
  readonly value: boolean | number | string;
  /** What would differ without it. */
  readonly why: string;
}

/** MySQL's own default, in its own order. RDS has `NO_ENGINE_SUBSTITUTION` alone. */
const SQL_MODES = [
  "ONLY_FULL_GROUP_BY",
  "STRICT_TRANS_TABLES",
  "NO_ZERO_IN_DATE",
  "NO_ZERO_DATE",
  "ERROR_FOR_DIVISION_BY_ZERO",
  "NO_ENGINE_SUBSTITUTION",
];

export const MYSQL_PARAMETERS = {
  sql_mode: {
    value: SQL_MODES.join(","),
    why: "without strict mode a text that is too long is cut and a wrong date becomes zero, without an error; RDS is not strict",
  },
  max_allowed_packet: {
    value: 64 * 1024 * 1024,
    why: "MySQL's own value; Azure takes 16 MiB and Cloud SQL 32 MiB, so a large row would be stored here and refused there",
  },
  character_set_server: {
    value: "utf8mb4",
    why: "what a database and its tables begin with; all of Unicode",
  },
  collation_server: {
    value: "utf8mb4_0900_ai_ci",
    why: "decides what is equal and what comes first",
  },
  time_zone: {
    value: "+00:00",
    why: "NOW() and every TIMESTAMP are read and written in it",
  },
  require_secure_transport: {
    value: true,
    why: "RDS takes connections without TLS unless it is told",
  },
  tls_version: {
    value: "TLSv1.2,TLSv1.3",
    why: "Azure offers 1.2 alone",
  },
  local_infile: {
    value: false,
    why: "a server that asks for a client's files gets them from any client that is not told to refuse; RDS allows it",
  },
  log_bin_trust_function_creators: {
    value: true,
    why: "backups write a binary log, with which only SUPER could define triggers and functions, and no cloud gives it to anybody",
  },
  sql_generate_invisible_primary_key: {
    value: false,
    why: "Azure adds a column my_row_id to tables without a primary key; dumps would carry it to where nobody expects it",
  },
  slow_query_log: {
    value: true,
    why: "off unless told",
  },
  long_query_time: {
    value: 1,
    why: "seconds after which a query is slow; MySQL waits for ten",
  },
  log_output: {
    value: "FILE",
    why: "into tables, which RDS defaults to, no log collector can see",
  },
} as const satisfies Readonly<Record<string, ServerParameter>>;

export type MysqlParameter = keyof typeof MYSQL_PARAMETERS;

/** How one place is told. */
export interface MysqlPlace {
  /** Its words for off and on. */
  readonly switches: readonly [off: string, on: string];
  /** Parameters that it calls otherwise. @default - none */
  readonly names?: Readonly<Partial<Record<MysqlParameter, string>>>;
  /** Parameters that it is not told, each with the reason why it does as the table says all the same, or where not. */
  readonly untold: Readonly<Partial<Record<MysqlParameter, string>>>;
}

const isParameter = (name: string): name is MysqlParameter => name in MYSQL_PARAMETERS;

/** The whole table in the words of one place, in the table's order. */
export function mysqlParameters({ switches: [off, on], names = {}, untold }: MysqlPlace): Record<string, string> {
  const told = Object.entries<ServerParameter>(MYSQL_PARAMETERS).flatMap(([name, { value }]) =>
    isParameter(name) && untold[name] === undefined
      ? [[names[name] ?? name, typeof value === "boolean" ? (value ? on : off) : String(value)] as const]
      : [],
  );
  return Object.fromEntries(told);
}

/** A server that reads a file of ours: in the cluster, and in local development. */
export const CONFIGURED_BY_FILE: MysqlPlace = {
  switches: ["OFF", "ON"],
  names: { time_zone: "default_time_zone" },
  untold: {},
};
