import { join } from "node:path";
import { postgresql } from "../../constructs/kinds/postgresql";
import { postgresqlImage, trusting } from "./support/images";
import type { Login } from "./support/server";
import { type Postgresql, startPostgresql } from "./support/servers/postgresql";
import { deploy, type Shop } from "./support/shop";
import { HOST, OTHER_HOST, useSite } from "./support/site";
import { passwordOf, type Placed } from "./support/test-cloud";
import { lint, runUsersJob, shown, type UsersJob } from "./support/users-job";

/*
 * The Job that makes the users of PostgreSQL, against servers of both versions that accept TLS only, with an administrator who is no
 * superuser. The tests follow one another.
 */

const DB = "orders-db";
const WORKLOADS = ["api", "web", "queue", "migrate"];

/** Both versions, or the newer one alone. */
const VERSIONS = (["17", "18"] as const).filter(
  (version) => version === "18" || process.env.POSTGRESQL_NEWEST_ALONE === undefined,
);

describe.each(VERSIONS)("PostgreSQL %s", (version) => {
  let server: Postgresql;
  const site = useSite(async ({ folder, network, certificates, add }) => {
    const databases = ["app_db", "other_db"] as const;
    server = add(await startPostgresql(join(folder, "postgresql"), { network, version, certificates, databases }));
  });

  const placed = (change: Partial<Placed> = {}): Placed => ({
    service: postgresql({ version }),
    server,
    host: HOST,
    caBundle: site().certificates.bundle,
    parts: { database: "app_db" },
    ...change,
  });
  const deployed = (shop: Partial<Shop> = {}, change: Partial<Placed> = {}) =>
    deploy({ ...shop, services: { [DB]: placed(change) } });
  const run = (shop: Partial<Shop> = {}, change: Partial<Placed> = {}, image = postgresqlImage): Promise<UsersJob> =>
    runUsersJob(site(), deployed(shop, change), DB, image);
  const retire = (shop: Partial<Shop>): Promise<UsersJob> =>
    runUsersJob(site(), deployed(shop), DB, postgresqlImage, "retire");

  const as = (workload: string, generation = 1, access = ""): Login => ({
    username: `app.${workload}${generation === 1 ? "" : `.v${generation}`}${access}`,
    password: passwordOf(DB, workload, generation),
  });
  const ask = async (login: Login, sql: string, database?: string): Promise<string> =>
    (await server.query(login, sql, database)).output.trim();
  const signIn = (workload: string, generation?: number): Promise<string> =>
    ask(as(workload, generation), "SELECT 'in'");

  /** Every role with its password's verifier, what it may and of whom it is a member. */
  const roles = (): Promise<string> =>
    ask(
      server.superuser,
      "SELECT rolname, rolcanlogin, rolconnlimit, rolpassword, " +
        "(SELECT string_agg(roleid::regrole || ' by ' || grantor::regrole || admin_option, ' ' ORDER BY roleid, grantor) " +
        "FROM pg_auth_members WHERE member = pg_authid.oid) FROM pg_authid WHERE rolname !~ '^pg_' ORDER BY 1; " +
        "SELECT defaclrole::regrole, defaclobjtype, defaclacl FROM pg_default_acl ORDER BY 1, 2; " +
        "SELECT datname, datacl FROM pg_database ORDER BY 1; SELECT nspname, nspacl FROM pg_namespace ORDER BY 1; " +
        "SELECT setrole::regrole, setconfig FROM pg_db_role_setting ORDER BY 1",
    );
  const says = ({ code, output }: UsersJob) => ({ code, lines: output.trim().split("\n").filter(Boolean) });
  const done = (...lines: string[]) => ({ code: 0, lines });

  test("the program is one that ShellCheck has nothing against", async () => {
    expect((await lint(site(), deployed(), DB)).output).toBe("");
  });

  let first: UsersJob;
  test("makes a user for each workload", async () => {
    first = await run();
    expect(says(first)).toEqual(
      done(...["api", "migrate", "queue", "web"].map((name) => `user app.${name} has a new password`)),
    );
    expect(await Promise.all(WORKLOADS.map((name) => signIn(name)))).toEqual(WORKLOADS.map(() => "in"));
  });

  test("run again changes nothing", async () => {
    const before = await roles();
    expect(says(await run())).toEqual(
      done(...["api", "migrate", "queue", "web"].map((name) => `user app.${name} is as it should be`)),
    );
    expect(await roles()).toBe(before);
  });

  describe("a user", () => {
    test("may do everything in its own database, and others go on with what it made", async () => {
      const sql = [
        "CREATE TABLE t (id SERIAL PRIMARY KEY)",
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE SCHEMA more",
        "CREATE TABLE more.t (id INT)",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE TEMPORARY TABLE u (id INT)",
        "INSERT INTO t DEFAULT VALUES",
      ];
      expect(await ask(as("api"), sql.join("; "))).toBe("");
      expect(await ask(as("web"), "ALTER TABLE t ADD COLUMN note TEXT; DROP VIEW v; SELECT count(*) FROM t")).toBe("1");
    });

    test("acts as the owner of all, and the server knows who it is", async () => {
      expect(await ask(as("api"), "SELECT session_user, current_user")).toBe("app.api|application");
      expect(await ask(as("api"), "SET ROLE NONE; RESET ROLE; SELECT current_user")).toBe("application");
    });

    test.each([
      ["another database", "SELECT 1", "other_db", 'permission denied for database "other_db"'],
      ["passwords", "SELECT * FROM pg_authid", undefined, "permission denied for table pg_authid"],
      ["a new database", "CREATE DATABASE other", undefined, "permission denied to create database"],
      ["other users", "CREATE ROLE other", undefined, "permission denied to create role"],
      ["the rights of others", `GRANT application TO "app.web"`, undefined, "denied"],
      ["files of the server", "COPY t TO '/tmp/x'", undefined, "permission denied to COPY to a file"],
      ["programs of the server", "COPY t FROM PROGRAM 'id'", undefined, "permission denied to COPY"],
      ["the server's settings", "ALTER SYSTEM SET work_mem = '1GB'", undefined, "permission denied"],
      ["the administrator", "SET ROLE dbadmin", undefined, 'permission denied to set role "dbadmin"'],
    ])("does not reach %s", async (_, sql, database, error) => {
      expect(await ask(as("api"), sql, database)).toContain(error);
    });

    test("is refused without TLS", async () => {
      const { output } = await server.query(as("api"), "SELECT 1", "app_db", { PGSSLMODE: "disable" });
      expect(output).toContain("no pg_hba.conf entry");
    });
  });

  describe("a new generation of passwords", () => {
    test("has users of its own, while a client of before goes on and may come again", async () => {
      const busy = server.query(
        as("api"),
        "SELECT pg_sleep(3); INSERT INTO t (note) VALUES ('late'); SELECT 'still in'",
      );
      expect(says(await run({ passwords: 2 }))).toEqual(
        done(...["api", "migrate", "queue", "web"].map((name) => `user app.${name}.v2 has a new password`)),
      );
      expect(await signIn("api", 2)).toBe("in");
      expect(await signIn("api")).toBe("in");
      expect((await busy).output.trim()).toBe("still in");
    });

    test("changes what that of before has made", async () => {
      expect(await ask(as("migrate", 2), "ALTER TABLE t ADD COLUMN more INT; DROP FUNCTION f() CASCADE")).toBe("");
    });

    test("lets the users of before in until the next one: pods are restarted when the release is through", async () => {
      expect(says(await retire({ passwords: 2 }))).toEqual(done());
      expect([await signIn("api"), await signIn("api", 2)]).toEqual(["in", "in"]);
    });

    test("takes them away with the next one, and none of what they made", async () => {
      // By itself, as a program may that asks for it.
      expect(
        await ask(
          as("queue"),
          'CREATE SCHEMA queue_own; GRANT CREATE ON SCHEMA queue_own TO "app.queue"; SET ROLE NONE; CREATE TABLE queue_own.t (id INT)',
        ),
      ).toBe("");
      await run({ passwords: 3 });
      expect(says(await retire({ passwords: 3 }))).toEqual(
        done(
          ...["api", "migrate", "queue", "web"].map(
            (name) => `user app.${name} may not sign in any more: nothing needs it`,
          ),
        ),
      );
      expect(await signIn("api")).toContain("is not permitted to log in");
      expect([await signIn("api", 2), await signIn("api", 3)]).toEqual(["in", "in"]);
      expect(await ask(as("api", 3), "SELECT count(*) FROM t WHERE note = 'late'")).toBe("1");
      expect(await ask(as("web", 3), "ALTER TABLE queue_own.t ADD COLUMN note TEXT")).toBe("");
    });

    test("run again, and retired again, changes nothing", async () => {
      const before = await roles();
      expect((await run({ passwords: 3 })).output).toContain("is as it should be");
      expect(says(await retire({ passwords: 3 }))).toEqual(done());
      expect(await roles()).toBe(before);
    });

    test("may be the first again: it lets in with its password, as does the one beside it", async () => {
      expect((await run({ passwords: 1 })).output).toContain("user app.api is as it should be");
      expect((await retire({ passwords: 1 })).output).toContain("user app.api.v3 may not sign in any more");
      expect([await signIn("api"), await signIn("api", 2)]).toEqual(["in", "in"]);
    });
  });

  describe("a password", () => {
    test("is not changed for any trouble but a wrong one", async () => {
      await ask(server.admin, 'ALTER ROLE "app.api" CONNECTION LIMIT 0');
      const limited = await roles();
      const { code, output } = await run();
      expect({ code: code !== 0, why: output.includes("too many connections for role") }).toEqual({
        code: true,
        why: true,
      });
      expect(await roles()).toBe(limited);
      await ask(server.admin, 'ALTER ROLE "app.api" CONNECTION LIMIT -1');
    });

    test("that somebody changed is made that of the store", async () => {
      await ask(server.admin, `ALTER ROLE "app.api" PASSWORD 'other'`);
      expect((await run()).output).toContain("user app.api has a new password");
      expect(await signIn("api")).toBe("in");
    });

    test("is shown by nothing: not by the Job, its arguments and variables, nor by the server, which logs all statements", async () => {
      const secrets = [
        server.admin.password,
        ...WORKLOADS.flatMap((name) => [1, 2, 3].map((of) => passwordOf(DB, name, of))),
      ];
      const last = await run({ passwords: 3 });
      for (const { output, trace } of [first, last]) {
        expect(shown(output, secrets)).toEqual([]);
        expect(shown(trace, secrets)).toEqual([]);
      }
      expect(last.trace).toContain(`HOST=${HOST}`);
      const log = server.log();
      expect(log).toContain("SCRAM-SHA-256$");
      // The server was made with the administrator's own.
      expect(shown(log, secrets.slice(1))).toEqual([]);
    });
  });

  describe("a workload that may only read", () => {
    const readers = ["web"] as const;
    const reader = as("web", 3, ".read");

    test("has a user of its own, which reads what was there and what comes, in every schema", async () => {
      await ask(as("api", 3), "CREATE TABLE kept (id INT); INSERT INTO kept VALUES (1)");
      const { code, output } = await run({ readers, passwords: 3 });
      expect({ code, made: output.includes("user app.web.v3.read has a new password") }).toEqual({
        code: 0,
        made: true,
      });
      expect(await ask(reader, "SELECT id FROM kept")).toBe("1");
      await ask(
        as("api", 3),
        "CREATE TABLE later (id INT); CREATE SCHEMA later; CREATE TABLE later.t AS SELECT 7 AS id",
      );
      expect(await ask(reader, "SELECT count(*) FROM later; SELECT id FROM later.t")).toBe("0\n7");
      expect(await ask(as("web", 3), "INSERT INTO kept VALUES (2)")).toBe("");
    });

    test.each([
      ["writes", "INSERT INTO kept VALUES (2)", "permission denied for table kept"],
      ["deletes", "DELETE FROM kept", "permission denied for table kept"],
      ["makes a table", "CREATE TABLE other (id INT)", "permission denied for schema public"],
      ["makes a schema", "CREATE SCHEMA other", "permission denied for database"],
      [
        "makes a temporary table",
        "CREATE TEMPORARY TABLE other (id INT)",
        "permission denied to create temporary tables",
      ],
      ["locks a table for others", "BEGIN; LOCK TABLE kept", "permission denied for table kept"],
      ["takes a number of a sequence", "SELECT nextval('t_id_seq')", "permission denied for sequence"],
      ["acts as the owner", "SET ROLE application", "permission denied to set role"],
    ])("never %s", async (_, sql, error) => {
      expect(await ask(reader, sql)).toContain(error);
    });

    test("can write by no other user once its pods of before are gone", async () => {
      expect((await retire({ readers, passwords: 3 })).output).toContain("user app.web.v3 may not sign in any more");
      expect(await signIn("web", 3)).toContain("is not permitted to log in");
      expect(await ask(reader, "SELECT count(*) FROM kept")).toBe("2");
    });

    test("writes again before its new pods start, and reads as before until the others are gone", async () => {
      await run({ passwords: 3 });
      expect(await ask(as("web", 3), "INSERT INTO kept VALUES (3)")).toBe("");
      expect(await ask(reader, "SELECT count(*) FROM kept")).toBe("3");
      expect((await retire({ passwords: 3 })).output).toContain("user app.web.v3.read may not sign in any more");
      expect(await ask(reader, "SELECT 1")).toContain("is not permitted to log in");
    });
  });

  describe("a user whom nothing needs", () => {
    test("is as before when something needs it again", async () => {
      const workloads = ["api", "queue", "migrate"] as const;
      await run({ workloads, passwords: 3 });
      expect((await retire({ workloads, passwords: 3 })).output).toContain("user app.web.v3 may not");
      await run({ passwords: 3 });
      expect(await signIn("web", 3)).toBe("in");
    });

    test("of somebody else is left alone", async () => {
      await ask(
        server.superuser,
        "CREATE ROLE apple LOGIN PASSWORD 'other'; GRANT CONNECT ON DATABASE app_db TO apple",
      );
      expect(says(await retire({ passwords: 3 }))).toEqual(done());
      expect(await ask({ username: "apple", password: "other" }, "SELECT 'in'")).toBe("in");
    });
  });

  describe("on a database as clouds make it", () => {
    const other = { username: "app.api", password: passwordOf(DB, "api") };
    const makeIn = (database: string) => run({ workloads: ["api"] }, { parts: { database } });
    const written = (database: string) =>
      ask(other, "CREATE TABLE t (id INT); SELECT tableowner FROM pg_tables WHERE tablename = 't'", database);

    test("that belongs to a role of which the administrator is a member", async () => {
      await ask(server.superuser, "CREATE ROLE cloudsuperuser; GRANT cloudsuperuser TO dbadmin");
      await ask(server.superuser, "CREATE DATABASE google_db OWNER cloudsuperuser", "postgres");
      expect((await makeIn("google_db")).code).toBe(0);
      expect(await written("google_db")).toBe("application");
    });

    test("whose schema public belongs to such a role", async () => {
      await ask(server.superuser, "CREATE DATABASE azure_db OWNER dbadmin", "postgres");
      await ask(server.superuser, "ALTER SCHEMA public OWNER TO cloudsuperuser", "azure_db");
      expect((await makeIn("azure_db")).code).toBe(0);
      expect(await written("azure_db")).toBe("application");
    });

    test("that is not there yet", async () => {
      expect((await makeIn("missing_db")).code).toBe(0);
      expect(await written("missing_db")).toBe("application");
    });

    test("of which it may hand over nothing, and that is said", async () => {
      await ask(server.superuser, "CREATE DATABASE foreign_db", "postgres");
      const { code, output } = await makeIn("foreign_db");
      expect(code).not.toBe(0);
      expect(output).toContain("dbadmin may hand over nothing of database foreign_db");
    });
  });

  describe("the Job", () => {
    test("trusts what its image trusts, where the connection brings nothing", async () => {
      const image = trusting(postgresqlImage, site().certificates.systemBundle);
      expect(says(await run({ passwords: 3 }, { caBundle: undefined }, image)).code).toBe(0);
    });

    test.each([
      ["of an image that does not trust the server", () => ({ caBundle: undefined }), "certificate verify failed"],
      ["with another authority", () => ({ caBundle: site().certificates.stranger }), "certificate verify failed"],
      ["by a name that the certificate has not", () => ({ host: OTHER_HOST }), "does not match host name"],
      [
        "with a wrong password of the administrator",
        () => ({ server: { ...server, admin: { ...server.admin, password: "wrong" } } }),
        'password authentication failed for user "dbadmin"',
      ],
      ["by a port on which nothing listens", () => ({ adminPort: 3307 }), "Connection refused"],
    ])("%s fails and says why", async (_, change, reason) => {
      const before = await roles();
      const { code, output } = await run({ passwords: 4 }, change());
      expect(output).toContain(reason);
      expect(code).not.toBe(0);
      expect(await roles()).toBe(before);
    });
  });
});
