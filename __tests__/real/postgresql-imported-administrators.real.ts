import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { postgresql } from "../../constructs/kinds/postgresql";
import { copyBack } from "../../constructs/kinds/postgresql/azure-operations";
import { run as runProgram } from "./support/container";
import { postgresqlImage } from "./support/images";
import { inNetwork } from "./support/network";
import type { Login } from "./support/server";
import { type Postgresql, startPostgresql } from "./support/servers/postgresql";
import { deploy } from "./support/shop";
import { HOST, useSite } from "./support/site";
import { passwordOf } from "./support/test-cloud";
import { runUsersJob, type UsersJob } from "./support/users-job";

/*
 * Databases of PostgreSQL that were there before, in which administrators own tables: what the Job that makes users says, and whether it is
 * so. The tests of a server follow one another.
 */

const DB = "orders-db";

/** What the guide has people run as the administrator that owns tables. */
const guide = (): string =>
  /```text\n(SELECT 'CREATE [\s\S]*?)```/.exec(
    readFileSync(join(__dirname, "..", "..", "docs", "guide", "import-what-exists.md"), "utf8"),
  )?.[1] ?? "";

describe.each(["15", "17", "18"] as const)("PostgreSQL %s, whose administrator owns the tables", (version) => {
  let server: Postgresql;
  const site = useSite(async ({ folder, network, certificates, add }) => {
    const databases = ["by_message", "by_guide", "billing_live"] as const;
    server = add(await startPostgresql(join(folder, "postgresql"), { network, version, certificates, databases }));
  });
  const run = (database: string, admin = server.admin): Promise<UsersJob> =>
    runUsersJob(
      site(),
      deploy({
        readers: ["web"],
        services: {
          [DB]: {
            ...{
              service: postgresql({ version: "18" }),
              server: { ...server, admin },
              host: HOST,
              parts: { database },
            },
            ...{ caBundle: site().certificates.bundle, imported: { id: "legacy" } },
          },
        },
      }),
      DB,
      postgresqlImage,
    );
  const as = (workload: string, access = ""): Login => ({
    username: `app.${workload}${access}`,
    password: passwordOf(DB, workload),
  });
  const ask = async (login: Login, sql: string, database = "by_message"): Promise<string> =>
    (await server.query(login, sql, database)).output.trim();
  const file = async (login: Login, sql: string, database: string): Promise<string> => {
    const path = join(site().folder, "statements.sql");
    writeFileSync(path, sql);
    return (await server.script(login, path, database)).output.trim();
  };
  const statementsOf = ({ output }: UsersJob): string =>
    output
      .split("\n")
      .filter((line) => /^(CREATE|GRANT|ALTER) .*;$/.test(line))
      .join("\n");

  const TABLES = [
    "CREATE TABLE orders (id SERIAL PRIMARY KEY, at TIMESTAMPTZ, note TEXT)",
    "CREATE TABLE lines (id INT GENERATED ALWAYS AS IDENTITY, item TEXT)",
    "CREATE SEQUENCE numbers",
    "CREATE TYPE state AS ENUM ('open')",
    "CREATE TYPE span AS RANGE (subtype = INT)",
    "CREATE TYPE pair AS (a INT, b INT)",
    "CREATE DOMAIN positive AS INT CHECK (VALUE > 0)",
    "CREATE FUNCTION twice(INT) RETURNS INT LANGUAGE sql AS 'SELECT 2 * $1'",
    "CREATE FUNCTION as_administrator() RETURNS TEXT LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user::text'",
    "CREATE VIEW notes AS SELECT note FROM orders",
    'CREATE SCHEMA "Old Things"',
    'CREATE TABLE "Old Things"."Orders" AS SELECT * FROM orders',
    "INSERT INTO orders (note) VALUES ('before')",
  ];
  const opened = async (database: string): Promise<void> => {
    expect((await run(database)).output).toContain("user app.api ");
    const migration = [
      "ALTER TABLE orders ADD COLUMN paid BOOLEAN",
      "ALTER TYPE state ADD VALUE 'closed'",
      "CREATE OR REPLACE FUNCTION twice(INT) RETURNS INT LANGUAGE sql AS 'SELECT $1 + $1'",
      'DROP TABLE "Old Things"."Orders"',
      'CREATE TABLE "Old Things"."Orders" (id INT)',
      "INSERT INTO orders (note) VALUES ('after')",
    ];
    for (const statement of migration) expect(await ask(as("api"), statement, database)).toBe("");
    expect(
      await ask(
        as("web", ".read"),
        'SELECT count(*) FROM orders; SELECT count(*) FROM "Old Things"."Orders"',
        database,
      ),
    ).toBe("2\n0");
    // Who still is connected as the administrator, and who comes by its rights.
    expect(await ask(server.admin, "UPDATE orders SET note = 'x'; SELECT count(*) FROM orders", database)).toBe("2");
    expect(await ask(as("api"), "SELECT as_administrator()", database)).toBe(server.admin.username);
    expect((await run(database)).code).toBe(0);
  };
  const ownersOfDatabases = (): Promise<string> =>
    ask(server.superuser, "SELECT datname, datdba::regrole, datacl FROM pg_database ORDER BY 1");

  test("is told statements that work, and of databases of others nothing changes hands", async () => {
    expect(await ask(server.admin, TABLES.join("; "))).toBe("");
    const stopped = await run("by_message");
    expect(stopped.code).not.toBe(0);
    expect(stopped.output).toContain(
      "- dbadmin (7): it is an administrator, whose rights are not for workloads: what it owns here changes hands. As dbadmin, in this database:\n" +
        "CREATE ROLE application NOLOGIN;\nGRANT application TO dbadmin;\n",
    );
    expect(await ask(server.superuser, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'app%'")).toBe("");
    const before = await ownersOfDatabases();
    expect(await file(server.admin, statementsOf(stopped), "by_message")).toBe("");
    expect(await ownersOfDatabases()).toBe(before);
    await opened("by_message");
  });

  test("is open by what the guide says, given before the first deploy", async () => {
    expect(await ask(server.admin, TABLES.join("; "), "by_guide")).toBe("");
    expect(await file(server.admin, guide(), "by_guide")).toBe("");
    await opened("by_guide");
  });

  test("is told of a role that was made a member of it, which is the wrong way round", async () => {
    // Since 16 nobody but a superuser can.
    const { username } = server.admin;
    await ask(server.superuser, `REVOKE application FROM ${username} CASCADE; GRANT ${username} TO application`);
    const { code, output } = await run("by_guide");
    expect(code).not.toBe(0);
    expect(output).toContain(
      "role application is a member of dbadmin, who makes its users and has to be a member of it. As an administrator of the server: REVOKE dbadmin FROM application",
    );
  });
});

describe("a server on which another administrator than the Job's was asked to prepare", () => {
  let server: Postgresql;
  /** As on Cloud SQL: who people sign in as, beside `dbadmin`. */
  const PERSON: Login = { username: "postgres", password: "person41" };
  const site = useSite(async ({ folder, network, certificates, add }) => {
    server = add(
      await startPostgresql(join(folder, "postgresql"), {
        ...{ network, version: "18", certificates, databases: ["shop_live"] },
      }),
    );
  });
  const run = (): Promise<UsersJob> =>
    runUsersJob(
      site(),
      deploy({
        services: {
          [DB]: {
            ...{ service: postgresql({ version: "18" }), server, host: HOST, parts: { database: "shop_live" } },
            ...{ caBundle: site().certificates.bundle, imported: { id: "legacy" } },
          },
        },
      }),
      DB,
      postgresqlImage,
    );
  const ask = async (login: Login, sql: string): Promise<string> => (await server.query(login, sql)).output.trim();

  test("is told which statement hands the role over, and that one does", async () => {
    const person = `CREATE ROLE ${PERSON.username} LOGIN CREATEROLE PASSWORD '${PERSON.password}'; GRANT CREATE ON DATABASE shop_live TO ${PERSON.username}`;
    expect(await ask(server.superuser, person)).toBe("");
    const made = [
      "CREATE ROLE shop LOGIN PASSWORD 'shop-since-2017'",
      "CREATE ROLE application NOLOGIN",
      "GRANT shop TO application",
    ];
    expect(await ask(PERSON, made.join("; "))).toBe("");
    const { code, output } = await run();
    expect(code).not.toBe(0);
    const statement = "GRANT application TO dbadmin WITH ADMIN OPTION";
    expect(output).toContain(
      `role application was there, and dbadmin may not give it to users. As who made it: ${statement}`,
    );
    expect(await ask(PERSON, statement)).toBe("");
    expect((await run()).code).toBe(0);
  });

  test("is told to take tables of that administrator out of its hands", async () => {
    expect(await ask(server.admin, "GRANT CREATE ON SCHEMA public TO postgres")).toBe("");
    expect(await ask(PERSON, "CREATE TABLE invoices (id INT)")).toBe("");
    const { code, output } = await run();
    expect(code).not.toBe(0);
    expect(output).toContain("- postgres (1): it is an administrator");
    const path = join(site().folder, "statements.sql");
    const statements = output.split("\n").filter((line) => /^(GRANT|ALTER) .*;$/.test(line));
    expect(statements.filter((statement) => statement.startsWith("ALTER"))).toEqual([
      "ALTER TABLE public.invoices OWNER TO application;",
    ]);
    writeFileSync(path, statements.join("\n"));
    expect((await server.script(PERSON, path, "shop_live")).output).not.toContain("ERROR");
    expect((await run()).code).toBe(0);
  });
});

describe("a database whose content is copied back from a restored server", () => {
  let server: Postgresql;
  const site = useSite(async ({ folder, network, certificates, add }) => {
    const databases = ["restored", "shop_live"] as const;
    server = add(
      await startPostgresql(join(folder, "postgresql"), { network, version: "15", certificates, databases }),
    );
  });
  const ask = async (sql: string, database: string): Promise<string> =>
    (await server.query(server.superuser, sql, database)).output.trim();

  test("is owned and used by whom it was, where it was imported", async () => {
    const roles = [
      "CREATE ROLE shop",
      "CREATE ROLE reporting",
      "CREATE ROLE application",
      "GRANT shop TO application",
      "GRANT application TO dbadmin",
    ];
    expect(await ask(roles.join("; "), "restored")).toBe("");
    const objects = [
      "GRANT USAGE, CREATE ON SCHEMA public TO application, shop",
      "CREATE TABLE orders (id INT, note TEXT)",
      "ALTER TABLE orders OWNER TO shop",
      "GRANT SELECT (note) ON orders TO reporting",
      "CREATE TABLE invoices (id INT)",
      "ALTER TABLE invoices OWNER TO application",
      "GRANT SELECT ON invoices TO reporting",
    ];
    for (const name of ["restored", "shop_live"]) expect(await ask(objects.join("; "), name)).toBe("");
    expect(await ask("INSERT INTO orders VALUES (1, 'lost')", "restored")).toBe("");
    const held =
      "SELECT relname, relowner::regrole, relacl, attacl FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid " +
      "WHERE relnamespace = 'public'::regnamespace AND attnum > 0 ORDER BY relname, attnum";
    const before = await ask(held, "shop_live");
    const at = (name: string): string => `"dbname=${name}"`;
    const { admin, port } = server;
    const { code, output } = await runProgram(
      inNetwork(site().network, [
        ...["env", "PGHOST=localhost", `PGPORT=${port}`, `PGUSER=${admin.username}`, `PGPASSWORD=${admin.password}`],
        ...[
          "PGSSLMODE=require",
          "bash",
          "-ec",
          [`cd ${site().folder}`, ...copyBack(at("restored"), at("shop_live"), true)].join("\n"),
        ],
      ]),
    );
    expect({ code, errors: output.match(/ERROR.*/g) }).toEqual({ code: 0, errors: null });
    expect(await ask("SELECT note FROM orders", "shop_live")).toBe("lost");
    expect(await ask(held, "shop_live")).toBe(before);
  });
});
