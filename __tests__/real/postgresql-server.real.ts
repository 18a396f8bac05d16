import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { initial, measuringUser, UNTOLD } from "../../constructs/kinds/postgresql/compose";
import { POSTGRESQL_PARAMETERS, postgresqlParameters } from "../../constructs/kinds/postgresql/parameters";
import { composeDocument } from "../../constructs/outputs/compose";
import { postgresqlForm, shopIn, staging } from "../support/postgresql";
import { facts, find } from "../support/resolved";
import { type Postgresql, startPostgresql } from "./support/servers/postgresql";
import { useSite } from "./support/site";

/* Servers of both versions with the files that are rendered for one in the cluster: they know each parameter, and take its value. */

const files = (sizing = {}) => {
  const { data } = find(postgresqlForm({ sizing }).objects(facts), "ConfigMap", "my-app-orders-db");
  return { config: data["server.conf"] ?? "", access: data["access.conf"] ?? "" };
};

const OWN = { work_mem: "8MB", log_line_prefix: "%m %a = {x} ", search_path: '"$user", public' };

/** Both versions, or the newer one alone. */
const VERSIONS = (["17", "18"] as const).filter(
  (version) => version === "18" || process.env.POSTGRESQL_NEWEST_ALONE === undefined,
);

describe.each(VERSIONS)("PostgreSQL %s", (version) => {
  let server: Postgresql;
  const rendered = files({ size: "small", parameters: OWN });
  const site = useSite(async ({ folder, network, certificates, add }) => {
    const options = { network, version, certificates, databases: ["app_db"], rendered } as const;
    server = add(await startPostgresql(join(folder, "postgresql"), options));
  });
  const ask = async (sql: string): Promise<string> => (await server.query(server.superuser, sql)).output.trim();

  test("has every parameter as its file says, by the server's own words", async () => {
    const said = Object.fromEntries(
      rendered.config
        .trimEnd()
        .split("\n")
        .map((line) => [line.split(" = ")[0] ?? "", /'(.*)'$/.exec(line)?.[1] ?? ""]),
    );
    expect(Object.keys(said)).toEqual(expect.arrayContaining(Object.keys(POSTGRESQL_PARAMETERS)));
    const there = await ask(
      "SELECT lower(name) || '=' || current_setting(name) FROM pg_settings WHERE source = 'configuration file' ORDER BY name",
    );
    const settings = Object.fromEntries(there.split("\n").map((line) => line.split(/=(.*)/s) as [string, string]));
    const same: Record<string, string> = {
      log_min_duration_statement: "1s",
      shared_buffers: "256MB",
      effective_cache_size: "768MB",
    };
    for (const [name, value] of Object.entries(said)) {
      if (/_file$/.test(name)) continue;
      expect({ name, value: settings[name] }).toEqual({ name, value: same[name] ?? value });
    }
    // What is in a file and does not hold, with the reason.
    expect(await ask("SELECT name, error FROM pg_file_settings WHERE NOT applied AND error IS NOT NULL")).toBe("");
    expect(await ask("SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL")).toBe("");
  });

  test("lets nobody in over the network without TLS", async () => {
    const { output } = await server.query(server.superuser, "SELECT 1", "app_db", { PGSSLMODE: "disable" });
    expect(output).toContain("no pg_hba.conf entry for host");
    expect(await ask("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).toBe("t");
  });

  test("keeps as many connections as its size has", async () => {
    expect(await ask("SHOW max_connections")).toBe("112");
  });

  test("what Compose's is told a server takes, too", async () => {
    for (const [name, value] of Object.entries(postgresqlParameters(UNTOLD))) {
      expect(await ask(`ALTER SYSTEM SET ${name} = '${value}'`)).toBe("");
    }
  });

  describe("with what Compose's first start reads", () => {
    const { services } = composeDocument({ application: shopIn(staging({}, { version })).watched.application });
    const app = { username: "app", password: "secret" };
    const script = async (name: string, text: string): Promise<string> => {
      const file = join(site().folder, name);
      writeFileSync(file, text);
      return (await server.script(server.superuser, file, "app_db")).output.trim();
    };

    test("the user of workloads makes tables, and is no superuser", async () => {
      expect(services["api"]?.environment?.["DATABASE_URL"]).toContain("//app:secret@");
      expect(await script("init.sql", initial())).toBe("");
      const made = await server.query(
        app,
        "CREATE TABLE t (id INT); SELECT tableowner FROM pg_tables WHERE tablename = 't'",
      );
      expect(made.output.trim()).toBe("application");
      const refused = await server.query(app, "CREATE ROLE other");
      expect(refused.output).toContain("permission denied to create role");
    });

    test("the user of the exporter is made again and again, and reads nothing", async () => {
      for (const time of ["1", "2"]) expect(await script(`measuring-${time}.sql`, measuringUser("app_db"))).toBe("");
      const measuring = { username: "app.exporter.measure", password: "secret" };
      expect((await server.query(measuring, "SELECT 1")).output.trim()).toBe("1");
      expect((await server.query(measuring, "SELECT * FROM t")).output).toContain("permission denied for table t");
    });
  });
});
