import { OWN_PARAMETERS as POSTGRESQL } from "../../../constructs/kinds/postgresql/parameters";
import { OWN_PARAMETERS as MYSQL } from "../../../constructs/services/mysql/own-parameters";
import { OWN_PARAMETERS as REDIS } from "../../../constructs/services/redis/own-parameters";
import { onAws } from "../../support/aws-application";
import { onAzure } from "../../support/azure-application";
import { onGoogle } from "../../support/google-application";
import { mysqlForm, redisForm } from "../../support/in-cluster";
import { production, shop } from "../../support/input";
import { postgresqlForm } from "../../support/postgresql";
import { storeInProduction } from "../../support/postgresql-input";
import { facts, find } from "../../support/resolved";

/* No environment undoes what a place tells its servers: whatever one is told is refused there, but for what follows from nothing. */

const names = (list: unknown): string[] => (list as { readonly name: string }[]).map(({ name }) => name);

const lines = (objects: Parameters<typeof find>[0], name: string, file: string): string[] =>
  (find(objects, "ConfigMap", name).data[file] ?? "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("["))
    .map((line) => line.split(/[ =]/)[0] ?? "");

const aws = (environment: Parameters<typeof onAws>[0], type: string): string[] =>
  names(onAws(environment).resource(type)["parameter"]);
const google = (environment: Parameters<typeof onGoogle>[0]): string[] =>
  names(
    (onGoogle(environment).resource("google_sql_database_instance")["settings"] as { database_flags: unknown })
      .database_flags,
  );
const azure = (environment: Parameters<typeof onAzure>[0], engine: string): string[] =>
  names(onAzure(environment).resources(`azurerm_${engine}_flexible_server_configuration`));

/** What a server in the cluster is told of its memory, and of its log: an environment may know better. */
const TUNED = ["effective_cache_size", "innodb_buffer_pool_size", "log_line_prefix", "shared_buffers"];
/** What copies of the log need, where something makes them: without them the copies end in words. */
const COPIED = ["binlog_expire_logs_seconds", "sync_binlog"];

test.each([
  ["PostgreSQL on RDS", POSTGRESQL, () => aws(storeInProduction(), "aws_db_parameter_group"), "rds.force_ssl"],
  ["PostgreSQL of Cloud SQL", POSTGRESQL, () => google(storeInProduction()), "max_connections"],
  ["PostgreSQL on Azure", POSTGRESQL, () => azure(storeInProduction(), "postgresql"), "require_secure_transport"],
  [
    "PostgreSQL in the cluster",
    POSTGRESQL,
    () => lines(postgresqlForm().objects(facts), "my-app-orders-db", "server.conf"),
    "ssl",
  ],
  ["MySQL on RDS", MYSQL, () => aws(production(shop()), "aws_db_parameter_group"), "require_secure_transport"],
  ["MySQL of Cloud SQL", MYSQL, () => google(production(shop())), "sql_mode"],
  ["MySQL on Azure", MYSQL, () => azure(production(shop()), "mysql"), "require_secure_transport"],
  [
    "MySQL in the cluster",
    MYSQL,
    () => lines(mysqlForm({ sizing: { backups: {} as never } }).objects(facts), "my-app-orders-db", "server.cnf"),
    "ssl_key",
  ],
  ["Redis on ElastiCache", REDIS, () => aws(production(shop()), "aws_elasticache_parameter_group"), "maxmemory-policy"],
  [
    "Redis of Memorystore",
    REDIS,
    () => Object.keys(onGoogle(production(shop())).resource("google_redis_instance")["redis_configs"] as object),
    "maxmemory-gb",
  ],
  ["Redis in the cluster", REDIS, () => lines(redisForm().objects(facts), "my-app-cache", "valkey.conf"), "tls-port"],
])("%s", (_, rules, told, one) => {
  const all = told();
  expect(all).toContain(one);
  const accepted = all.filter((name) => rules.problems({ [name]: "1" }, []).length === 0);
  expect(accepted.filter((name) => ![...TUNED, ...COPIED].includes(name))).toEqual([]);
});
