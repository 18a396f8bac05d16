import { existsSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OWNERSHIP_SQL } from "../../constructs/kinds/postgresql/ownership";
import { sha256 } from "../../constructs/model/sha256";
import { postgresqlForm } from "../support/postgresql";
import { facts, find } from "../support/resolved";
import { type Copies, copiesIn, runBackup } from "./support/backup-run";
import { type Result, run } from "./support/container";
import { postgresqlImage } from "./support/images";
import { type Postgresql, startPostgresql } from "./support/servers/postgresql";
import { type Site, useSite } from "./support/site";
import { shown } from "./support/users-job";

/*
 * Dumps of a database as the CronJob makes them, and the way back, on Debian's server, whose programs copy it. The tests follow one
 * another: data are written, copied, lost, and brought back, at last to a server that is new.
 */

const objects = postgresqlForm({
  sizing: { backups: { schedule: "20 1 * * *", keepDays: 14, storage: "400Gi" } },
}).objects(facts);

const API = { username: "app.api", password: "api41" };
const READER = { username: "app.web.read", password: "web41" };

let server: Postgresql;
let copies: Copies;
let made = 0;

async function start({ folder, network, certificates }: Site): Promise<Postgresql> {
  made++;
  return startPostgresql(join(folder, `postgresql-${made}`), {
    ...{ network, version: "15", certificates, databases: ["app_db", "other_db"] },
  });
}

const site = useSite(async (one) => {
  server = await start(one);
  one.add({ stop: () => server.stop() });
  copies = copiesIn(one, server.superuser, { image: postgresqlImage });
});

const sql = async (text: string, login = server.superuser, database?: string): Promise<string> => {
  const { code, output } = await server.query(login, text, database);
  expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
  return output.trim();
};
const whole = (given?: Record<string, string>): Promise<Result> =>
  runBackup(site(), objects, "my-app-orders-db-backup", copies, given);
const restore = (AT: string): Promise<Result> => whole({ TASK: "restore", AT });
const lines = ({ output }: Result): string[] => output.trim().split("\n");
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));
const kept = (): string[] => readdirSync(join(copies.folder, "whole")).filter((name) => !name.startsWith("."));
const databases = (): Promise<string> =>
  sql("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE NOT datistemplate");

/** What a restore calls the database that it fills, and the one that it has replaced. */
const besides = (name: string) => {
  const short = sha256(name).slice(0, 16);
  return { filled: `restored.${short}`, replaced: `replaced.${short}` };
};

/** What the users' Job has made, in the words of psql. */
async function ownership(): Promise<void> {
  const file = join(site().folder, "ownership.sql");
  writeFileSync(file, OWNERSHIP_SQL);
  const made = await server.script(server.superuser, file, "app_db");
  expect({ code: made.code, output: made.code === 0 ? "" : made.output }).toEqual({ code: 0, output: "" });
}

test("the program is one that ShellCheck has nothing against", async () => {
  const file = join(site().folder, "backup.sh");
  writeFileSync(file, find(objects, "ConfigMap", "my-app-orders-db-backup").data["backup.sh"] ?? "");
  expect((await run(["shellcheck", "--shell=sh", file])).output).toBe("");
});

let copied = "";
test("copies all of a database, and says when", async () => {
  await ownership();
  await sql(
    `CREATE ROLE "app.api" LOGIN PASSWORD 'api41'; GRANT application TO "app.api"; ALTER ROLE "app.api" SET role = 'application';
     CREATE ROLE "app.web.read" LOGIN PASSWORD 'web41'; GRANT application_readers TO "app.web.read";
     CREATE ROLE "app.exporter.measure" LOGIN PASSWORD 'm41'; GRANT CONNECT ON DATABASE app_db TO "app.exporter.measure"`,
  );
  await sql(
    `CREATE TABLE orders (id SERIAL PRIMARY KEY, note TEXT);
     INSERT INTO orders (note) SELECT 'order ' || n FROM generate_series(1, 20000) n;
     CREATE SCHEMA more; CREATE TABLE more.kept AS SELECT 7 AS id; CREATE VIEW last AS SELECT max(id) FROM orders;
     CREATE FUNCTION one() RETURNS INT LANGUAGE sql AS 'SELECT 1'`,
    API,
  );
  const result = await whole();
  copied = now();
  expect({ code: result.code, said: lines(result) }).toEqual({
    code: 0,
    said: [expect.stringMatching(/^copied app_db at 20\d\d-.*Z$/)],
  });
  expect(kept()).toHaveLength(1);
});

test("a copy that was made just now is not made again by the next try", async () => {
  expect(lines(await whole())).not.toContain("the copy is made");
  expect(kept().length).toBeGreaterThanOrEqual(1);
});

test("goes back, with owners and rights, while a client of before is thrown out and may come again", async () => {
  await aSecond();
  await sql(
    "DELETE FROM orders WHERE id > 5; DROP SCHEMA more CASCADE; DROP FUNCTION one(); CREATE TABLE later (id INT)",
    API,
  );
  const busy = server.query(API, "SELECT pg_sleep(30)");
  const result = await restore(copied);
  expect({ code: result.code, said: lines(result) }).toEqual({
    code: 0,
    said: [
      expect.stringMatching(new RegExp(`^going back to ${copied}: the copy of `)),
      expect.stringMatching(/^restored app_db in \d+ seconds$/),
    ],
  });
  expect((await busy).output).toContain("terminating connection");
  expect(
    await sql(
      "SELECT count(*) FROM orders; SELECT id FROM more.kept; SELECT one(); SELECT to_regclass('later') IS NULL",
      API,
    ),
  ).toBe("20000\n7\n1\nt");
  expect(await sql("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('public', 'more')")).toBe(
    "application",
  );
  expect(await databases()).toBe("app_db other_db postgres");
});

test("so that all may do what they could, with what comes too", async () => {
  await sql(
    "ALTER TABLE orders ADD COLUMN more INT; INSERT INTO orders (note) VALUES ('new'); CREATE TABLE coming AS SELECT 3 AS id",
    API,
  );
  expect(await sql("SELECT count(*) FROM orders; SELECT id FROM coming; SELECT id FROM more.kept", READER)).toBe(
    "20001\n3\n7",
  );
  expect((await server.query(READER, "DELETE FROM orders")).output).toContain("permission denied for table orders");
  expect(await sql("SELECT 1", { username: "app.exporter.measure", password: "m41" })).toBe("1");
  expect(await sql("SELECT nextval('orders_id_seq') > 20001", API)).toBe("t");
});

test("a time before all copies is refused, with those that there are", async () => {
  const { code, output } = await restore("2020-01-01T00:00:00Z");
  expect(code).not.toBe(0);
  expect(output).toContain("no whole copy is from before 2020-01-01T00:00:00Z; there are:");
  expect(output).toContain(kept()[0]);
});

test("a copy that cannot be read changes nothing", async () => {
  await aSecond();
  const [name = ""] = kept();
  const broken = join(copies.folder, "whole", now());
  await run(["cp", "-a", join(copies.folder, "whole", name), broken]);
  truncateSync(join(broken, "database"), 20_000);
  const result = await restore(now());
  expect(result.code).not.toBe(0);
  expect(result.output).not.toContain("restored");
  expect(await sql("SELECT count(*) FROM orders", API)).toBe("20001");
  expect(await databases()).toBe("app_db other_db postgres");
  await run(["rm", "-r", broken]);
});

test("one that was ended half-way is begun anew, and lets clients in", async () => {
  for (const name of Object.values(besides("app_db"))) {
    await sql(`CREATE DATABASE "${name}"`, server.superuser, "postgres");
  }
  await sql("ALTER DATABASE app_db ALLOW_CONNECTIONS false", server.superuser, "postgres");
  expect((await restore(copied)).code).toBe(0);
  expect(await sql("SELECT count(*) FROM orders", API)).toBe("20000");
  expect(await databases()).toBe("app_db other_db postgres");
});

// `restored` and `replaced` behind a name of 54 to 63 characters would be cut: to each other from 60 on, to the name itself at 63.
test.each([54, 55, 58, 59, 60, 61, 62, 63])("goes back to a database whose name has %d characters", async (length) => {
  const name = "orders_of_all_the_countries_in_which_anybody_ever_bought_a_thing".slice(0, length);
  expect(name).toHaveLength(length);
  await sql(`CREATE DATABASE ${name}`, server.superuser, "postgres");
  await sql("CREATE TABLE orders AS SELECT n AS id FROM generate_series(1, 7) n", server.superuser, name);
  const it = { DATABASE: name };
  const folder = join(copies.folder, "whole");
  const others = `${folder}-of-app_db`;
  renameSync(folder, others);
  expect((await whole(it)).code).toBe(0);
  const at = now();
  await sql("DELETE FROM orders WHERE id > 2", server.superuser, name);
  // Of one that was ended half-way.
  await sql(`CREATE DATABASE "${besides(name).filled}"`, server.superuser, "postgres");
  const { code, output } = await whole({ ...it, TASK: "restore", AT: at });
  expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
  expect(await sql("SELECT count(*) FROM orders", server.superuser, name)).toBe("7");
  // Nothing else goes, and one that cannot be read leaves it as it is.
  for (const copy of kept()) truncateSync(join(folder, copy, "database"), 20);
  expect((await whole({ ...it, TASK: "restore", AT: at })).code).not.toBe(0);
  expect(await sql("SELECT count(*) FROM orders", server.superuser, name)).toBe("7");
  expect(await databases()).toBe(`app_db ${name} other_db postgres`);
  await sql(`DROP DATABASE ${name}`, server.superuser, "postgres");
  rmSync(folder, { recursive: true });
  renameSync(others, folder);
});

test("shows no password", async () => {
  const secrets = [server.superuser.password];
  for (const result of [await whole(), await restore(copied)]) expect(shown(result.output, secrets)).toEqual([]);
});

test("goes to a server that is new, where roles of before are known and may not sign in", async () => {
  await server.stop();
  server = await start(site());
  const result = await restore(copied);
  expect(result.code).toBe(0);
  expect(await sql("SELECT count(*) FROM orders; SELECT id FROM more.kept")).toBe("20000\n7");
  expect(await sql("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'more'")).toBe("application");
  expect((await server.query(API, "SELECT 1")).output).toContain("password authentication failed");
});

test("of a server that does not answer nothing is copied, and that is said", async () => {
  await server.stop();
  const before = kept();
  const { code, output } = await whole();
  expect(code).not.toBe(0);
  expect(output).toContain("Connection refused");
  expect(kept()).toEqual(before);
  expect(existsSync(join(copies.folder, "whole"))).toBe(true);
});
