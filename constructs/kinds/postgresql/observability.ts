import {
  affected,
  type Alert,
  alert,
  CONNECTIONS_NEAR,
  connectionsNearLimit,
  type CountedConnections,
  dashboards,
  EXPORTER_TARGET,
  labelled,
  type ObservedKind,
  type Operated,
  type Panel,
  type Playbook,
  RANGE,
  type ResolvedService,
  select,
  type Series,
  type Source,
  steady,
  type Watched,
} from "../../observability";

/** What postgres_exporter reads of statistics and settings, which everybody may read. */
export const POSTGRESQL: Source = {
  name: "postgres_exporter",
  evidence: "scraped",
  targetLabels: EXPORTER_TARGET,
  families: {
    pg_up: { type: "gauge", labels: [] },
    pg_settings_max_connections: { type: "gauge", labels: ["server"] },
    pg_stat_database_numbackends: { type: "gauge", labels: ["datid", "datname"] },
    pg_stat_database_xact_commit: { type: "counter", labels: ["datid", "datname"] },
    pg_stat_database_xact_rollback: { type: "counter", labels: ["datid", "datname"] },
    pg_stat_database_deadlocks: { type: "counter", labels: ["datid", "datname"] },
    pg_stat_database_temp_bytes: { type: "counter", labels: ["datid", "datname"] },
    pg_stat_database_blks_hit: { type: "counter", labels: ["datid", "datname"] },
    pg_stat_database_blks_read: { type: "counter", labels: ["datid", "datname"] },
    pg_database_wraparound_age_datfrozenxid_seconds: { type: "gauge", labels: ["datname"] },
  },
};

const CONNECTED = "pg_stat_database_numbackends";
const MAX = "pg_settings_max_connections";
/** Transactions, whatever its name says. */
const AGE = "pg_database_wraparound_age_datfrozenxid_seconds";

/**
 * Transactions since the oldest that is not frozen, from which on cleaning up is behind by far: it begins at 200 million, and at 2.1
 * billion the server takes no more writes.
 * @see https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND
 */
const TRANSACTIONS_NEAR = 1_000_000_000;

/** Two exporters, while one takes the place of the other, tell the same. */
const COUNTED: CountedConnections = {
  part: (of) => `max(sum by (pod) (${of(CONNECTED)})) / max(${of(MAX)})`,
  series: (labels, open) => [
    steady(CONNECTED, { ...labels, datid: "1", datname: "app_db" }, open - 2, 300),
    steady(CONNECTED, { ...labels, datid: "2", datname: "postgres" }, 2, 300),
    steady(MAX, { ...labels, server: "a:5432" }, 200, 300),
  ],
};

function wraparound({ application: { namespace } }: Watched, service: string): Alert {
  const within = { namespace, service };
  const aged = (age: number): Series[] => [
    steady(AGE, { ...within, pod: "a", datname: "app_db" }, age, 600),
    steady(AGE, { ...within, pod: "a", datname: "postgres" }, 1000, 600),
  ];
  return alert({
    name: "DatabaseTransactionsNearLimit",
    value: `max(${select(AGE, within)})`,
    is: ">",
    threshold: TRANSACTIONS_NEAR,
    forSeconds: 600,
    severity: "critical",
    within,
    labels: { service },
    shownBy: "humanize",
    says: ({ value }) => ({
      summary: `${service} does not clean up old transactions`,
      description: `${value} transactions of ${service} wait to be frozen; the limit is ${TRANSACTIONS_NEAR / 1e9}G. At 2.1G it takes no more writes until somebody has cleaned up`,
    }),
    proof: {
      firing: aged(1_500_000_000),
      quiet: [aged(TRANSACTIONS_NEAR)],
      firesAt: 600,
      shows: "1.5G",
    },
  });
}

function panels({ application: { namespace } }: Watched, { name: service }: ResolvedService): Panel[] {
  const of = (metric: string): string => select(metric, { namespace, service });
  const rate = (metric: string): string => `max(sum by (pod) (rate(${of(metric)}[${RANGE}])))`;
  return [
    {
      title: `Connections of ${service}`,
      description:
        "Part of the connections that it takes which are open. DatabaseConnectionsNearLimit fires above the line; at 100 % every new one is refused.",
      unit: "percentunit",
      limit: CONNECTIONS_NEAR,
      queries: [{ expr: COUNTED.part(of), legend: "open" }],
    },
    {
      title: `Transactions of ${service}`,
      description: "Transactions a second, those of them that were taken back, and deadlocks.",
      unit: "short",
      queries: [
        { expr: rate("pg_stat_database_xact_commit"), legend: "committed" },
        { expr: rate("pg_stat_database_xact_rollback"), legend: "rolled back" },
        { expr: rate("pg_stat_database_deadlocks"), legend: "deadlocks" },
      ],
    },
    {
      title: `Reads of ${service} from memory`,
      description:
        "Part of the blocks that were in the server's memory already. It falls after a restart, and when what is asked for outgrows it.",
      unit: "percentunit",
      max: 1,
      queries: [
        {
          expr: `${rate("pg_stat_database_blks_hit")} / (${rate("pg_stat_database_blks_hit")} + ${rate("pg_stat_database_blks_read")})`,
          legend: "in memory",
        },
      ],
    },
    {
      title: `Temporary files of ${service}`,
      description:
        "Bytes a second that statements put onto the disk as they had no more memory: large sorts and joins.",
      unit: "bytes",
      queries: [{ expr: rate("pg_stat_database_temp_bytes"), legend: "written" }],
    },
    {
      title: `Transactions of ${service} to freeze`,
      description:
        "Transactions since the oldest one that is not frozen. DatabaseTransactionsNearLimit fires above the line.",
      unit: "short",
      limit: TRANSACTIONS_NEAR,
      queries: [{ expr: `max(${of(AGE)})`, legend: "transactions" }],
    },
  ];
}

/** Statements that people run as the administrator, in a session or on the cloud's own page. */
const statement = (sql: string): string => `\`${sql}\``;

function transactionsNearLimit(operated: Operated, alerts: readonly Alert[]): Playbook {
  const names = labelled(alerts, "service");
  return {
    impact: [
      "Nobody yet. At 2.1 billion transactions it takes no more writes, until somebody has cleaned up by hand.",
      ...names.map((name) => affected(operated, { kind: "service", name })),
    ],
    diagnosis: names.map((name) => ({
      about: name,
      steps: [
        ...dashboards(operated, `"Transactions of ${name} to freeze": since when it grows, and how fast`),
        {
          say: `What holds cleaning up back, asked as the administrator: a transaction that is open for days (${statement("SELECT pid, usename, xact_start, state FROM pg_stat_activity WHERE xact_start < now() - interval '1 hour' ORDER BY xact_start")}), one that was prepared and forgotten (${statement("SELECT * FROM pg_prepared_xacts")}), or a slot that nobody reads (${statement("SELECT slot_name, active, xmin FROM pg_replication_slots")}).`,
        },
        {
          say: `Which tables are oldest, in the application's database: ${statement("SELECT relname, age(relfrozenxid) FROM pg_class WHERE relkind IN ('r', 'm', 't') ORDER BY 2 DESC LIMIT 10")}.`,
        },
      ],
    })),
    mitigation: [
      {
        steps: [
          {
            say: `End what holds it back: ${statement("SELECT pg_terminate_backend(<pid>)")}, ${statement("ROLLBACK PREPARED '<gid>'")}, or ${statement("SELECT pg_drop_replication_slot('<slot_name>')")} of one that nobody will read again. Who had the transaction loses it.`,
          },
          {
            say: `Clean up the oldest tables: ${statement("VACUUM (FREEZE, VERBOSE) <table>")}. It reads all of each, and nobody has to stop.`,
          },
          {
            say: "For good: look why it was open. A program that begins a transaction and waits for a person, or for another program, is the usual one; `idle_in_transaction_session_timeout` among the service's `parameters` ends those.",
          },
        ],
      },
    ],
  };
}

/** What is told of PostgreSQL. It counts no connection that it refuses: that it lets in nobody, its exporter neither, says so. */
export const POSTGRESQL_OBSERVABILITY: ObservedKind = {
  source: POSTGRESQL,
  up: "pg_up",
  title: "PostgreSQL",
  alerts: (watched, { name }) => [connectionsNearLimit(watched, name, COUNTED), wraparound(watched, name)],
  panels,
  looks: (name) =>
    `"Connections of ${name}" and "Transactions of ${name}": many connections with few transactions are pools`,
  runbooks: { DatabaseTransactionsNearLimit: transactionsNearLimit },
};
