import { join } from "node:path";
import { CONFIGURED_BY_FILE, mysqlParameters } from "../../constructs/services/mysql/parameters";
import { type Mariadb, startMariadb } from "./support/servers/mariadb";
import { useSite } from "./support/site";

/*
 * What every server is told, by a MariaDB that is told it. MariaDB has neither MySQL's collation of this name nor its
 * invisible keys, and TLS is what other tests are for.
 */

const MYSQL_ONLY = [
  ...["collation_server", "sql_generate_invisible_primary_key"],
  ...["require_secure_transport", "tls_version"],
];

const told = Object.fromEntries(
  Object.entries(mysqlParameters(CONFIGURED_BY_FILE)).filter(([name]) => !MYSQL_ONLY.includes(name)),
);

let asTold: Mariadb;
useSite(async ({ folder, network, add }) => {
  asTold = add(await startMariadb(join(folder, "told"), { network, databases: ["app_db"], settings: told }));
});

const sql = async (statements: string) => {
  const { code, output } = await asTold.query(asTold.admin, statements);
  return { code, output: output.trim() };
};

test("the server starts with the table and has its values", async () => {
  const names = ["sql_mode", "max_allowed_packet", "time_zone", "local_infile", "long_query_time", "log_output"];
  const { output } = await sql(`SELECT ${names.map((name) => `@@GLOBAL.${name}`).join(", ")}`);
  const [mode = "", ...others] = output.split("\t");
  expect(mode.split(",").sort()).toEqual(told["sql_mode"]?.split(",").sort());
  expect(others).toEqual(["67108864", "+00:00", "0", "1.000000", "FILE"]);
});

test("what a server that is not strict would change in silence is an error", async () => {
  await sql("CREATE TABLE app_db.items (name VARCHAR(3) NOT NULL, day DATE, amount INT)");
  const insert = (values: string) => sql(`INSERT INTO app_db.items (name, day, amount) VALUES (${values})`);
  expect((await insert("'abcd', '2026-01-01', 1")).output).toContain("Data too long for column 'name'");
  expect((await insert("'abc', '2026-02-30', 1")).output).toContain("Incorrect date value");
  expect((await insert("'abc', '0000-00-00', 1")).output).toContain("Incorrect date value");
  expect((await insert("'abc', '2026-01-01', 3000000000")).output).toContain("Out of range value");
  expect((await insert("'abc', '2026-01-01', 1/0")).output).toContain("Division by 0");
  expect(await insert("'abc', '2026-01-01', 1")).toEqual({ code: 0, output: "" });
  expect((await sql("SELECT COUNT(*) FROM app_db.items")).output).toBe("1");
});

test("a column that is neither grouped nor counted is an error", async () => {
  const { output } = await sql("SELECT name, amount FROM app_db.items GROUP BY amount");
  expect(output).toContain("isn't in GROUP BY");
});

test("a value of 60 MB is not too large", async () => {
  expect(await sql("SELECT LENGTH(REPEAT('x', 60000000))")).toEqual({ code: 0, output: "60000000" });
});
