import { join } from "node:path";
import { postgresql } from "../../constructs/kinds/postgresql";
import { postgresqlImage } from "./support/images";
import type { Login } from "./support/server";
import { type Postgresql, startPostgresql } from "./support/servers/postgresql";
import { deploy, type Shop } from "./support/shop";
import { HOST, useSite } from "./support/site";
import { passwordOf } from "./support/test-cloud";
import { lint, runUsersJob, type UsersJob } from "./support/users-job";

/*
 * The Job that makes users in a database of PostgreSQL that was there before, in which others have tables and go on with them. The tests
 * follow one another.
 */

const DB = "orders-db";

/** What used the database until now. */
const SHOP: Login = { username: "shop", password: "shop-since-2017" };

describe("a database of PostgreSQL that was there before", () => {
  let server: Postgresql;
  const site = useSite(async ({ folder, network, certificates, add }) => {
    const databases = ["shop_live", "billing_live"] as const;
    server = add(
      await startPostgresql(join(folder, "postgresql"), { network, version: "18", certificates, databases }),
    );
  });

  const deployed = (shop: Partial<Shop> = {}, database = "shop_live") =>
    deploy({
      ...shop,
      services: {
        [DB]: {
          ...{ service: postgresql({ version: "18" }), server, host: HOST, parts: { database } },
          ...{ caBundle: site().certificates.bundle, imported: { id: "legacy" } },
        },
      },
    });
  const run = (shop: Partial<Shop> = {}, database?: string): Promise<UsersJob> =>
    runUsersJob(site(), deployed(shop, database), DB, postgresqlImage);
  const as = (workload: string, access = ""): Login => ({
    username: `app.${workload}${access}`,
    password: passwordOf(DB, workload),
  });
  const ask = async (login: Login, sql: string, database?: string): Promise<string> =>
    (await server.query(login, sql, database)).output.trim();

  const privileges = (): Promise<string> =>
    ask(
      server.superuser,
      "SELECT datname, datacl FROM pg_database ORDER BY 1; SELECT relname, relacl FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1; " +
        "SELECT nspname, nspacl FROM pg_namespace ORDER BY 1; SELECT roleid::regrole, member::regrole FROM pg_auth_members ORDER BY 1, 2",
    );

  test("has tables of a role that an administrator has made, as clouds let it", async () => {
    const made = [
      `CREATE ROLE shop LOGIN PASSWORD '${SHOP.password}'`,
      "GRANT CREATE ON DATABASE shop_live TO shop",
      "GRANT CREATE ON SCHEMA public TO shop",
    ];
    expect(await ask(server.admin, made.join("; "))).toBe("");
    const tables = [
      "CREATE TABLE orders (id SERIAL PRIMARY KEY, note TEXT)",
      "INSERT INTO orders (note) SELECT 'before' FROM generate_series(1, 1000)",
      "CREATE VIEW notes AS SELECT note FROM orders",
      "CREATE SCHEMA archive",
      "CREATE TABLE archive.orders AS SELECT * FROM orders",
    ];
    expect(await ask(SHOP, tables.join("; "))).toBe("");
  });

  test("the program is one that ShellCheck has nothing against", async () => {
    expect((await lint(site(), deployed(), DB)).output).toBe("");
  });

  test("gets no user as long as none could use its tables, and that is said with what to do", async () => {
    const before = await ask(server.superuser, "SELECT datname, datacl FROM pg_database ORDER BY 1");
    const { code, output } = await run();
    expect(code).not.toBe(0);
    expect(output).toContain(
      "database shop_live was imported, and application may not use what these own (number of objects):\n" +
        "- shop (4): as who made it, or another administrator of the server: GRANT shop TO application;\n",
    );
    expect(await ask(server.superuser, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'app%'")).toBe("");
    expect(await ask(server.superuser, "SELECT datname, datacl FROM pg_database ORDER BY 1")).toBe(before);
  });

  test("is open to its users by what the guide says, given before the first deploy", async () => {
    expect(await ask(server.admin, "CREATE ROLE application NOLOGIN; GRANT shop TO application")).toBe("");
    expect((await run()).code).toBe(0);
    expect(await ask(as("api"), "SELECT count(*) FROM orders; SELECT count(*) FROM archive.orders")).toBe("1000\n1000");
    expect(
      await ask(as("api"), "INSERT INTO orders (note) VALUES ('after'); ALTER TABLE orders ADD COLUMN paid BOOLEAN"),
    ).toBe("");
    expect(await ask(as("web"), "UPDATE orders SET paid = true WHERE note = 'after'; DELETE FROM archive.orders")).toBe(
      "",
    );
  });

  test("goes on for who used it until now, and so do others of the server", async () => {
    expect(await ask(SHOP, "SELECT note, paid FROM orders WHERE paid; INSERT INTO orders (note) VALUES ('both')")).toBe(
      "after|t",
    );
    expect(await ask(SHOP, "SELECT 'in'", "billing_live")).toBe("in");
  });

  test("is read by who may only read, and written by nobody of them", async () => {
    expect((await run({ readers: ["web"] })).code).toBe(0);
    expect(await ask(as("web", ".read"), "SELECT count(*) FROM orders; SELECT count(*) FROM notes")).toBe("1002\n1002");
    expect(await ask(as("web", ".read"), "SELECT count(*) FROM archive.orders")).toBe("0");
    expect(await ask(as("web", ".read"), "INSERT INTO orders (note) VALUES ('x')")).toContain("permission denied");
  });

  test("run again changes nothing", async () => {
    const before = await privileges();
    expect((await run({ readers: ["web"] })).output).toContain("user app.api is as it should be");
    expect(await privileges()).toBe(before);
  });

  describe("roles of others whose names begin as those of users", () => {
    const LEGACY: Login = { username: "app.legacy", password: "legacy-since-2017" };
    const retire = (shop: Partial<Shop> = {}): Promise<UsersJob> =>
      runUsersJob(site(), deployed(shop), DB, postgresqlImage, "retire");

    test("sign in as before, and own what they own, while those that were made here retire", async () => {
      await ask(server.admin, `CREATE ROLE "app.legacy" LOGIN PASSWORD '${LEGACY.password}'`);
      await ask(server.admin, `GRANT CREATE ON SCHEMA public TO "app.legacy"; GRANT "app.legacy" TO application`);
      expect(await ask(LEGACY, "CREATE TABLE ledger AS SELECT 41 AS id")).toBe("");
      expect((await run({ workloads: ["api", "web"], passwords: 3 })).code).toBe(0);
      const { code, output } = await retire({ workloads: ["api", "web"], passwords: 3 });
      expect({ code, said: output.trim().split("\n").sort() }).toEqual({
        code: 0,
        said: ["api", "migrate", "queue", "web", "web.read"].map(
          (name) => `user app.${name} may not sign in any more: nothing needs it`,
        ),
      });
      expect(
        await ask(LEGACY, "SELECT id FROM ledger; SELECT tableowner FROM pg_tables WHERE tablename = 'ledger'"),
      ).toBe("41\napp.legacy");
      expect((await server.query(as("api"), "SELECT 1")).output).toContain("is not permitted to log in");
    });

    test("keep their passwords where one is called as a workload's would be, until they are handed over", async () => {
      const ours = `app.queue.v7`;
      await ask(server.admin, `CREATE ROLE "${ours}" LOGIN PASSWORD 'queue-since-2017'`);
      const theirs = { username: ours, password: "queue-since-2017" };
      const { code, output } = await run({ passwords: 7 });
      expect(code).not.toBe(0);
      const [, statement = ""] = /its password becomes another: (COMMENT ON ROLE .*)$/m.exec(output) ?? [];
      expect(output).toContain(`user ${ours} was there before, and another than goldenpath made it`);
      expect(await ask(theirs, "SELECT 'in'")).toBe("in");
      expect(await ask(server.admin, statement)).toBe("");
      expect((await run({ passwords: 7 })).output).toContain(`user ${ours} has a new password`);
      expect(await ask({ username: ours, password: passwordOf(DB, "queue", 7) }, "SELECT 'in'")).toBe("in");
    });

    test("and users that were made before there were comments are known by their passwords", async () => {
      await ask(server.admin, 'COMMENT ON ROLE "app.web.v7" IS NULL');
      expect((await run({ passwords: 7 })).output).toContain("user app.web.v7 is as it should be");
      expect((await run({ passwords: 8 })).code).toBe(0);
      expect((await run({ passwords: 9 })).code).toBe(0);
      expect((await retire({ passwords: 9 })).output).toContain("user app.web.v7 may not sign in any more");
    });
  });

  test("is not made where its name is wrong", async () => {
    const { code, output } = await run({}, "shop_liev");
    expect(code).not.toBe(0);
    expect(output).toContain('database "shop_liev" does not exist');
    expect(output).toContain('name the one that is there, postgresql({ database: "…" })');
    expect(await ask(server.superuser, "SELECT count(*) FROM pg_database WHERE datname = 'shop_liev'")).toBe("0");
  });
});
