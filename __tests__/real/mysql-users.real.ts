import { join } from "node:path";
import { mysql } from "../../constructs/services/mysql";
import { mysqlImage, trusting } from "./support/images";
import type { Login } from "./support/server";
import { type Mariadb, startMariadb } from "./support/servers/mariadb";
import { deploy, type Shop } from "./support/shop";
import { HOST, OTHER_HOST, useSite } from "./support/site";
import { passwordOf, type Placed } from "./support/test-cloud";
import { lint, runUsersJob, shown, type UsersJob, usersJob } from "./support/users-job";

/* The Job that makes the users of MySQL, against a MariaDB that accepts TLS only. The tests follow one another. */

const DB = "orders-db";
const WORKLOADS = ["api", "web", "queue", "migrate"];

let mariadb: Mariadb;
const site = useSite(async ({ folder, network, certificates, add }) => {
  // The second one's name fits the first one's, if an underscore stands for any character.
  const databases = ["app_db", "appXdb"];
  mariadb = add(await startMariadb(join(folder, "mariadb"), { network, certificates, databases }));
});

const placed = (change: Partial<Placed> = {}): Placed => ({
  service: mysql(),
  server: mariadb,
  host: HOST,
  caBundle: site().certificates.bundle,
  parts: { database: "app_db" },
  ...change,
});

function run(shop: Partial<Shop> = {}, change: Partial<Placed> = {}, image = mysqlImage): Promise<UsersJob> {
  return runUsersJob(site(), deploy({ ...shop, services: { [DB]: placed(change) } }), DB, image);
}

const retire = (shop: Partial<Shop>): Promise<UsersJob> =>
  runUsersJob(site(), deploy({ ...shop, services: { [DB]: placed() } }), DB, mysqlImage, "retire");

const as = (workload: string, generation?: number): Login => ({
  username: `app.${workload}`,
  password: passwordOf(DB, workload, generation),
});
const signIn = async (workload: string, generation?: number): Promise<string> =>
  (await mariadb.query(as(workload, generation), "SELECT 'in'")).output.trim();

/** Every user with its password's hash, its lock and its rights. */
async function users(): Promise<string> {
  const { output } = await mariadb.query(
    mariadb.admin,
    "SELECT user, host, priv FROM mysql.global_priv ORDER BY user; SELECT * FROM mysql.db ORDER BY user",
  );
  return output;
}

/** What it says, without the option that only MySQL's own client knows. */
const says = ({ code, output }: UsersJob) => ({
  code,
  lines: output
    .trim()
    .split("\n")
    .filter((line) => !line.includes("loose-ssl-mode")),
});
const done = (...lines: string[]) => ({ code: 0, lines });

test("the program is one that ShellCheck has nothing against", async () => {
  const { output } = await lint(site(), deploy({ services: { [DB]: placed() } }), DB);
  expect(output).toBe("");
});

let first: UsersJob;
test("makes a user for each workload", async () => {
  first = await run();
  expect(says(first)).toEqual(
    done(...["api", "migrate", "queue", "web"].map((name) => `user app.${name} is as it should be`)),
  );
  expect(await Promise.all(WORKLOADS.map((name) => signIn(name)))).toEqual(WORKLOADS.map(() => "in"));
});

test("run again changes nothing", async () => {
  const before = await users();
  expect(says(await run())).toEqual(says(first));
  expect(await users()).toBe(before);
});

describe("a user", () => {
  const reach = async (sql: string) => (await mariadb.query(as("api"), sql)).output.trim();

  test("may do everything in its own database", async () => {
    const sql = [
      "CREATE TABLE app_db.t (id INT PRIMARY KEY)",
      "CREATE VIEW app_db.v AS SELECT * FROM app_db.t",
      "CREATE PROCEDURE app_db.p() SELECT 1",
      "CREATE TRIGGER app_db.g BEFORE INSERT ON app_db.t FOR EACH ROW SET @x = 1",
      "CREATE EVENT app_db.e ON SCHEDULE EVERY 1 DAY DO SELECT 1",
      "LOCK TABLES app_db.t WRITE",
      "UNLOCK TABLES",
      "DROP TABLE app_db.t",
    ];
    expect(await reach(sql.join("; "))).toBe("");
  });

  test.each([
    ["a database whose name fits its own with an underscore for any character", "USE appXdb", "ERROR 1044"],
    ["that of the server", "SELECT * FROM mysql.global_priv", "ERROR 1142"],
    ["a new one", "CREATE DATABASE other", "ERROR 1044"],
    ["other users", "CREATE USER other", "ERROR 1227"],
    ["the rights of others", "GRANT SELECT ON app_db.* TO `app.web`@`%`", "ERROR 1044"],
    ["files of the server", "SELECT 1 INTO OUTFILE '/tmp/x'", "ERROR 1227"],
  ])("does not reach %s", async (_, sql, error) => {
    expect(await reach(sql)).toContain(error);
  });

  test("sees its own database alone", async () => {
    expect((await reach("SHOW DATABASES")).split("\n")).toEqual(["app_db", "information_schema"]);
  });

  test("is refused without TLS, and would be where the server does not insist on it", async () => {
    const without = async (login: Login) => (await mariadb.query(login, "SELECT 1", ["--skip-ssl"])).output;
    for (const login of [as("api"), mariadb.admin]) expect(await without(login)).toContain("ERROR 1045");
    const kept = await mariadb.query(mariadb.admin, "SHOW CREATE USER `app.api`@`%`");
    expect(kept.output).toContain(" REQUIRE SSL");
  });
});

describe("a password", () => {
  test("of a new generation takes the place of the one before", async () => {
    expect(says(await run({ passwords: 2 }))).toEqual(
      done(...["api", "migrate", "queue", "web"].map((name) => `user app.${name} has a new password`)),
    );
    expect(await signIn("api", 2)).toBe("in");
    // MySQL, unlike MariaDB, lets it go on until the next.
    expect(await signIn("api")).toContain("ERROR 1045");
  });

  test("is not changed for any trouble but a wrong one: the one before the last would be lost", async () => {
    await mariadb.query(mariadb.admin, "ALTER USER `app.api`@`%` WITH MAX_USER_CONNECTIONS 1");
    const limited = await users();
    const busy = mariadb.query(as("api", 2), "SELECT SLEEP(6)");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { code, output } = await run({ passwords: 2 });
    expect({ code: code !== 0, why: output.includes("max_user_connections") }).toEqual({ code: true, why: true });
    expect(await users()).toBe(limited);
    await busy;
    await mariadb.query(mariadb.admin, "ALTER USER `app.api`@`%` WITH MAX_USER_CONNECTIONS 0");
  });

  test("of a new generation comes in a Secret of its own, so that no Job meets the old one", () => {
    const secretOf = (passwords: number) => {
      const { volumes } = usersJob(deploy({ services: { [DB]: placed() }, passwords }), DB, "make").spec.template.spec;
      return volumes.find(({ secret }) => secret !== undefined)?.secret?.secretName;
    };
    expect(secretOf(1)).toMatch(/^shop-orders-db-users-[0-9a-f]{8}$/);
    expect(secretOf(1)).not.toBe(secretOf(2));
  });

  test("is shown by nothing: neither what the Job says, nor arguments, nor variables", async () => {
    const secrets = [
      mariadb.admin.password,
      ...WORKLOADS.flatMap((name) => [1, 2, 3].map((of) => passwordOf(DB, name, of))),
    ];
    const last = await run({ passwords: 3 });
    for (const { output, trace } of [first, last]) {
      expect(shown(output, secrets)).toEqual([]);
      expect(shown(trace, secrets)).toEqual([]);
    }
    // What would be seen in it: its programs and their variables.
    expect(last.trace).toContain("--defaults-extra-file");
    expect(last.trace).toContain(`HOST=${HOST}`);
    expect(shown(`x ${secrets.join()}`, secrets)).toEqual(secrets);
  });
});

describe("a user whom nothing needs", () => {
  const without = ["api", "queue", "migrate"] as const;

  test("goes on while the release is under way: its old pods may still be there", async () => {
    expect(says(await run({ workloads: without, passwords: 3 })).lines).toHaveLength(without.length);
    expect(await signIn("web", 3)).toBe("in");
  });

  test("is locked after it, and keeps what it has", async () => {
    expect(says(await retire({ workloads: without, passwords: 3 }))).toEqual(
      done("user app.web is locked: nothing needs it"),
    );
    expect(await signIn("web", 3)).toContain("account is locked");
    expect(await signIn("api", 3)).toBe("in");
    expect(await users()).toContain("app.web");
  });

  test("is as before when something needs it again", async () => {
    await run({ passwords: 3 });
    expect(await signIn("web", 3)).toBe("in");
  });

  test("of somebody else is left alone", async () => {
    await mariadb.query(mariadb.admin, "CREATE USER 'application'@'%' IDENTIFIED BY 'other'");
    expect(says(await retire({ passwords: 3 }))).toEqual(done());
    const login = { username: "application", password: "other" };
    expect((await mariadb.query(login, "SELECT 'in'")).output.trim()).toBe("in");
  });
});

describe("a workload that may only read", () => {
  const readers = ["web"] as const;
  const reader: Login = { username: "app.web.read", password: passwordOf(DB, "web", 3) };
  const ask = async (login: Login, sql: string) => (await mariadb.query(login, sql)).output.trim();
  const write = "INSERT INTO app_db.kept VALUES (2)";

  test("has a user of its own, beside the one that pods of before still write with", async () => {
    await ask(as("api", 3), "CREATE TABLE app_db.kept (id INT); INSERT INTO app_db.kept VALUES (1)");
    const { code, output } = await run({ readers, passwords: 3 });
    expect({ code, made: output.includes("user app.web.read is as it should be") }).toEqual({ code: 0, made: true });
    expect(await ask(reader, "SELECT id FROM app_db.kept")).toBe("1");
    expect(await ask(as("web", 3), write)).toBe("");
  });

  test.each([
    ["writes", write, "ERROR 1142"],
    ["deletes", "DELETE FROM app_db.kept", "ERROR 1142"],
    ["makes a table", "CREATE TABLE app_db.other (id INT)", "ERROR 1142"],
    ["runs a procedure, which would write for it", "CALL app_db.p()", "ERROR 1370"],
    ["locks a table for others", "LOCK TABLES app_db.kept WRITE", "ERROR 1044"],
    ["reads another database", "USE appXdb", "ERROR 1044"],
  ])("never %s", async (_, sql, error) => {
    expect(await ask(reader, sql)).toContain(error);
  });

  test("can write by no other user once its pods of before are gone", async () => {
    expect(says(await retire({ readers, passwords: 3 }))).toEqual(done("user app.web is locked: nothing needs it"));
    expect(await signIn("web", 3)).toContain("account is locked");
    expect(await ask(reader, "SELECT COUNT(*) FROM app_db.kept")).toBe("2");
  });

  test("writes again before its new pods start, and reads as before until the others are gone", async () => {
    await run({ passwords: 3 });
    expect(await ask(as("web", 3), write)).toBe("");
    expect(await ask(reader, "SELECT COUNT(*) FROM app_db.kept")).toBe("3");
    expect(says(await retire({ passwords: 3 }))).toEqual(done("user app.web.read is locked: nothing needs it"));
    expect(await ask(reader, "SELECT 1")).toContain("account is locked");
  });
});

describe("a server that was imported", () => {
  const imported = (database: string): Partial<Placed> => ({ parts: { database }, imported: { id: "legacy" } });

  test("gets users in the database that is there", async () => {
    expect((await lint(site(), deploy({ services: { [DB]: placed(imported("app_db")) } }), DB)).output).toBe("");
    expect((await run({ passwords: 3 }, imported("app_db"))).output).toMatch(/^user app\.api /m);
  });

  const LEGACY: Login = { username: "app.legacy", password: "legacy-since-2017" };
  const retired = (shop: Partial<Shop>): Promise<UsersJob> =>
    runUsersJob(site(), deploy({ ...shop, services: { [DB]: placed(imported("app_db")) } }), DB, mysqlImage, "retire");
  const ask = async (login: Login, sql: string) => (await mariadb.query(login, sql)).output.trim();

  test("keeps users of others whose names begin as those that are made, while those retire", async () => {
    await ask(mariadb.admin, `CREATE USER '${LEGACY.username}'@'%' IDENTIFIED BY '${LEGACY.password}'`);
    // As they are of versions without marks, too.
    expect(says(await run({ passwords: 3 }, imported("app_db")))).toEqual(
      done(...["api", "migrate", "queue", "web"].map((name) => `user app.${name} is as it should be`)),
    );
    expect(says(await retired({ workloads: ["api"], passwords: 3 }))).toEqual(
      done(...["migrate", "queue", "web"].map((name) => `user app.${name} is locked: nothing needs it`)),
    );
    expect(await ask(LEGACY, "SELECT 'in'")).toBe("in");
    expect(await signIn("web", 3)).toContain("account is locked");
    expect(says(await run({ passwords: 3 }, imported("app_db"))).code).toBe(0);
    expect(await signIn("web", 3)).toBe("in");
  });

  test("keeps the password of one that is called as a workload's would be, until it is handed over", async () => {
    const theirs: Login = { username: "app.web.read", password: "web-since-2017" };
    await ask(mariadb.admin, "DROP USER 'app.web.read'@'%'");
    await ask(mariadb.admin, `CREATE USER 'app.web.read'@'%' IDENTIFIED BY '${theirs.password}'`);
    const reading = { readers: ["web"], passwords: 3 } as const;
    const { code, output } = await run(reading, imported("app_db"));
    expect(code).not.toBe(0);
    expect(output).toContain("user app.web.read was there before, and another than goldenpath made it");
    expect(await ask(theirs, "SELECT 'in'")).toBe("in");
    const [, statement = ""] = /its password becomes another: (.*)$/m.exec(output) ?? [];
    expect(await ask(mariadb.admin, statement)).toBe("");
    expect((await run(reading, imported("app_db"))).output).toContain("user app.web.read has a new password");
    expect(await ask({ ...theirs, password: passwordOf(DB, "web", 3) }, "SELECT 'in'")).toBe("in");
  });

  test("gets none where the name of its database is wrong, which is said with what to do", async () => {
    const before = await users();
    const { code, output } = await run({}, imported("appdb"));
    expect(code).not.toBe(0);
    expect(output).toContain("Unknown database 'appdb'");
    expect(output).toContain('name the one that is there, mysql({ database: "…" })');
    expect(await users()).toBe(before);
  });
});

describe("the Job", () => {
  test("reaches a server called localhost, which a client of MySQL takes for a socket", async () => {
    expect(says(await run({ passwords: 3 }, { host: "localhost" })).code).toBe(0);
  });

  test("trusts what its image trusts, where the connection brings nothing", async () => {
    const image = trusting(mysqlImage, site().certificates.systemBundle);
    expect(says(await run({ passwords: 3 }, { caBundle: undefined }, image)).code).toBe(0);
  });

  test.each([
    [
      "of an image that does not trust the server",
      () => ({ caBundle: undefined }),
      "ERROR 2026 (HY000): TLS/SSL error",
    ],
    ["with another authority", () => ({ caBundle: site().certificates.stranger }), "ERROR 2026 (HY000): TLS/SSL error"],
    ["by a name that the certificate has not", () => ({ host: OTHER_HOST }), "ERROR 2026 (HY000): TLS/SSL error"],
    [
      "with a wrong password of the administrator",
      () => ({ server: { ...mariadb, admin: { ...mariadb.admin, password: "wrong" } } }),
      "ERROR 1045 (28000): Access denied for user 'admin'",
    ],
    ["by a port on which nothing listens", () => ({ adminPort: 3307 }), "Can't connect to server on"],
  ])("%s fails and says why", async (_, change, reason) => {
    const before = await users();
    const { code, output } = await run({ passwords: 4 }, change());
    expect(output).toContain(reason);
    expect(code).not.toBe(0);
    expect(await users()).toBe(before);
  });
});
