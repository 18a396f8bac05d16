import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSpan } from "../../constructs/model/recovery";
import { mysqlForm } from "../support/in-cluster";
import { facts, find } from "../support/resolved";
import { type Copies, copiesIn, runBackup } from "./support/backup-run";
import { type Result, run } from "./support/container";
import type { Login } from "./support/server";
import { type Mariadb, startMariadb } from "./support/servers/mariadb";
import { useSite } from "./support/site";
import { shown } from "./support/users-job";

/*
 * Copies of a database as the CronJobs make them, and the way back, on a MariaDB. The tests follow one another: data are
 * written, copied, lost with the server's disk, and brought back to the second.
 */

const RTO = "1h";
const ROWS = 20_000;

const objects = mysqlForm({
  sizing: { backups: { schedule: "20 1 * * *", logMinutes: 3, keepDays: 14, storage: "400Gi" } },
}).objects(facts);

/** What the rendered file tells the server of its log. */
const logged = Object.fromEntries(
  (find(objects, "ConfigMap", "my-app-orders-db").data["server.cnf"] ?? "")
    .split("\n")
    .filter((line) => /^(log_bin|server_id|binlog_expire_logs_seconds|sync_binlog) = /.test(line))
    .map((line) => line.split(" = ") as [string, string]),
);

let mariadb: Mariadb;
let copies: Copies;
let made = 0;

async function start(
  folder: string,
  site: {
    readonly network: Mariadb extends never ? never : Parameters<typeof startMariadb>[1]["network"];
    readonly certificates: NonNullable<Parameters<typeof startMariadb>[1]["certificates"]>;
  },
) {
  const { network, certificates } = site;
  made++;
  return startMariadb(join(folder, `mariadb-${made}`), {
    ...{ network, certificates, databases: ["app_db"], rights: "ALL PRIVILEGES" },
    // MySQL does not write the text of a statement beside its rows: for one that puts rows back it is as long as they are.
    settings: { ...logged, binlog_annotate_row_events: "OFF" },
  });
}

const site = useSite(async (one) => {
  mariadb = await start(one.folder, one);
  one.add({ stop: () => mariadb.stop() });
  copies = copiesIn(one, mariadb.admin);
});

const sql = async (text: string): Promise<string> => {
  const { code, output } = await mariadb.query(mariadb.admin satisfies Login, text);
  expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
  return output.trim();
};
const whole = (given?: Record<string, string>) => runBackup(site(), objects, "my-app-orders-db-backup", copies, given);
const log = () => runBackup(site(), objects, "my-app-orders-db-log", copies);
const restore = (AT: string) => whole({ TASK: "restore", AT });

/** What it says, without the option that only MySQL's own client knows. */
const lines = ({ output }: Result): string[] =>
  output
    .trim()
    .split("\n")
    .filter((line) => !line.includes("loose-"));
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
const filesIn = (part: string): string[] =>
  readdirSync(copies.folder).flatMap((server) =>
    readdirSync(join(copies.folder, server, part)).filter((name) => !name.startsWith(".")),
  );

/** What a restore puts on the volume for itself. */
const left = (): string[] => readdirSync(copies.folder).filter((name) => name.startsWith(".restore"));

const state = () => sql("SELECT COUNT(*), MAX(id), GROUP_CONCAT(DISTINCT note ORDER BY note) FROM app_db.orders");

let beforeLog = "";
let beforeMistake = "";
let wanted = "";

test("the program is one that ShellCheck has nothing against", async () => {
  const file = join(site().folder, "backup.sh");
  writeFileSync(file, find(objects, "ConfigMap", "my-app-orders-db-backup").data["backup.sh"] ?? "");
  expect((await run(["shellcheck", "--shell=sh", file])).output).toBe("");
});

test("a whole copy is made of a database with rows, a view, a procedure and a trigger", async () => {
  await sql(
    [
      "CREATE TABLE app_db.orders (id INT PRIMARY KEY AUTO_INCREMENT, note VARCHAR(40) NOT NULL, data BLOB)",
      "CREATE TABLE app_db.audit (id INT)",
      "CREATE VIEW app_db.notes AS SELECT note FROM app_db.orders",
      "CREATE PROCEDURE app_db.p() SELECT 1",
      "CREATE TRIGGER app_db.g AFTER INSERT ON app_db.orders FOR EACH ROW INSERT INTO app_db.audit VALUES (NEW.id)",
      `INSERT INTO app_db.orders (note, data) SELECT 'before', UNHEX(SHA2(seq, 512)) FROM app_db.seq_1_to_${ROWS}`,
    ].join("; "),
  );
  const { code, output } = await whole();
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/copied app_db whole at \S+Z\n$/) as string,
  });
  expect(filesIn("whole")).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.sql\.gz$/)]);
});

test("the log is copied as far as it is closed, and each file once", async () => {
  beforeLog = now();
  await aSecond();
  await sql("INSERT INTO app_db.orders (note) VALUES ('after the copy')");
  await sql(
    "CREATE USER clerk IDENTIFIED BY 'long ago'; GRANT SELECT ON app_db.* TO clerk; CREATE DATABASE other; CREATE TABLE other.t (id INT)",
  );
  await sql("CREATE TABLE app_db.later (id INT PRIMARY KEY); INSERT INTO app_db.later VALUES (1)");
  expect((await log()).code).toBe(0);
  const first = filesIn("log");
  await sql("INSERT INTO app_db.orders (note) VALUES ('after the log')");
  await aSecond();
  wanted = await state();
  beforeMistake = now();
  await aSecond();
  await sql("DELETE FROM app_db.orders");
  const { code, output } = await log();
  expect({ code, last: lines({ code, output, seconds: 0 }).at(-1) }).toEqual({
    code: 0,
    last: expect.stringMatching(/^copied the log of app_db up to binlog\.\d{6}$/) as string,
  });
  expect(filesIn("log").length).toBe(first.length + 1);
  expect(output).not.toContain("ERROR");
});

test("a copy of the log that takes longer than its time is given up, and says so", async () => {
  const hasty = objects.map((object) =>
    object.kind === "ConfigMap" && object.metadata.name === "my-app-orders-db-backup"
      ? { ...object, data: { "backup.sh": (object.data["backup.sh"] ?? "").replace("in_time 120 ", "in_time 0.001 ") } }
      : object,
  );
  const { code, output } = await runBackup(site(), hasty, "my-app-orders-db-log", copies);
  expect({ code, output: output.trim() }).toEqual({
    code: 124,
    output: "the log was not copied within 120 seconds: the next run goes on where this one ended",
  });
});

test("the server and its disk are gone, and a new one is brought back to the second before the mistake", async () => {
  await mariadb.stop();
  rmSync(join(site().folder, "mariadb-1"), { recursive: true });
  mariadb = await start(site().folder, site());
  const began = Date.now();
  const result = await restore(beforeMistake);
  const seconds = (Date.now() - began) / 1000;
  expect({ code: result.code, last: lines(result).at(-1) }).toEqual({
    code: 0,
    last: expect.stringMatching(/^restored app_db in \d+ seconds$/) as string,
  });
  expect(await state()).toBe(wanted);
  expect(await sql("SELECT COUNT(*) FROM app_db.audit; SELECT * FROM app_db.later; CALL app_db.p()")).toBe(
    `${ROWS + 2}\n1\n1`,
  );
  // Users are the users' Job's, and no password of before comes back.
  expect(await sql("SELECT COUNT(*) FROM mysql.user WHERE user = 'clerk'; SHOW TABLES IN other")).toBe("0\nt");
  process.stderr.write(`restored ${ROWS} rows with their log in ${seconds.toFixed(1)} s; rto ${RTO}\n`);
  expect(seconds).toBeLessThan(parseSpan(RTO) ?? 0);
});

test("and from there to the time of the whole copy, without what the log has", async () => {
  const { code } = await restore(beforeLog);
  expect(code).toBe(0);
  expect(await state()).toBe(`${ROWS}\t${ROWS}\tbefore`);
});

test("the first copy of a new server's log makes a whole copy, without which it would lead nowhere; the next makes none", async () => {
  const first = await log();
  expect({ code: first.code, last: lines(first).at(-1) }).toEqual({
    code: 0,
    last: expect.stringMatching(/^copied app_db whole at \S+Z$/) as string,
  });
  const next = await log();
  expect({ code: next.code, last: lines(next).at(-1) }).toEqual({
    code: 0,
    last: expect.stringMatching(/^copied the log of app_db up to/) as string,
  });
});

test("the new server's copies are beside those of the old one, and both lead back", async () => {
  await sql("INSERT INTO app_db.orders (note) VALUES ('on the new one')");
  await aSecond();
  expect((await whole()).code).toBe(0);
  await aSecond();
  const later = now();
  await sql("DROP TABLE app_db.orders");
  expect((await log()).code).toBe(0);
  expect((await restore(later)).code).toBe(0);
  expect(await state()).toMatch(/before,on the new one$/);
  expect((await restore(beforeMistake)).code).toBe(0);
  expect(await state()).toBe(wanted);
});

test("what cannot be done is refused before anything is changed", async () => {
  const refused = async (at: string, code: number, text: string) => {
    const result = await restore(at);
    expect({ code: result.code, said: lines(result).join("\n") }).toEqual({
      code,
      said: expect.stringContaining(text) as string,
    });
    expect(await state()).toBe(wanted);
  };
  await refused("", 2, 'AT is "": give the time in UTC');
  await refused("yesterday", 2, 'AT is "yesterday": give the time in UTC');
  await refused("2001-01-01T00:00:00Z", 1, "no whole copy is from before 2001-01-01T00:00:00Z; there are:");
});

test("a time that the copies do not reach is refused, unless what came after them is lost anyway", async () => {
  await sql("INSERT INTO app_db.orders (note) VALUES ('copied')");
  expect((await whole()).code).toBe(0);
  await aSecond();
  const copied = await state();
  await sql("INSERT INTO app_db.orders (note) VALUES ('not copied yet')");
  await aSecond();
  const refused = await restore(now());
  expect({ code: refused.code, last: lines(refused).at(-1) }).toEqual({
    code: 1,
    last: expect.stringMatching(
      /^the copies reach to \S+Z: give a time up to that, or LOSE=yes if all that came after it is lost anyway$/,
    ) as string,
  });
  expect(await state()).toMatch(/not copied yet/);
  const lost = await whole({ TASK: "restore", AT: now(), LOSE: "yes" });
  expect({ code: lost.code, said: lines(lost).join("\n") }).toEqual({
    code: 0,
    said: expect.stringMatching(/^the copies reach to \S+Z: changes after that are lost$/m) as string,
  });
  expect(await state()).toBe(copied);
});

test("a statement with more rows than a packet and the pod's memory hold is brought back", async () => {
  const packet = await sql("SELECT @@GLOBAL.max_allowed_packet");
  await sql("CREATE TABLE app_db.large (id INT PRIMARY KEY, data MEDIUMTEXT)");
  expect((await whole()).code).toBe(0);
  await sql(
    "SET SESSION binlog_format = 'ROW'; INSERT INTO app_db.large SELECT seq, REPEAT(MD5(seq), 1000) FROM app_db.seq_1_to_800",
  );
  await sql("INSERT INTO app_db.large VALUES (0, 'after it')");
  await aSecond();
  const after = now();
  await aSecond();
  expect((await log()).code).toBe(0);
  const { code, output } = await restore(after);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/restored app_db/) as string });
  expect(await sql("SELECT COUNT(*), SUM(LENGTH(data)) FROM app_db.large")).toBe(`801\t${800 * 32_000 + 8}`);
  expect(await sql("SELECT @@GLOBAL.max_allowed_packet")).toBe(packet);
  expect(left()).toEqual([]);
});

test("a log that cannot be read stops a restore before anything is changed, and nothing of it stays on the volume", async () => {
  const before = await state();
  const [file = ""] = readdirSync(copies.folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.includes("/log/binlog."))
    // Files of one run are of one time.
    .sort(
      (one, other) =>
        statSync(join(copies.folder, other)).mtimeMs - statSync(join(copies.folder, one)).mtimeMs ||
        other.localeCompare(one),
    );
  const path = join(copies.folder, file);
  const kept = readFileSync(path);
  writeFileSync(path, "not a log");
  const until = new Date(statSync(path).mtimeMs - 1000).toISOString().replace(/\.\d+Z$/, "Z");
  const failed = await restore(until);
  expect(failed.code).not.toBe(0);
  const said = lines(failed).join("\n");
  expect(said).toContain(`going back to ${until}`);
  expect(said).not.toContain("restored");
  expect(await state()).toBe(before);
  expect(left()).toEqual([]);
  writeFileSync(path, kept);
});

test("a log of which a part is missing leads no further than to that", async () => {
  const [server = ""] = readdirSync(copies.folder).filter(
    (name) => readdirSync(join(copies.folder, name, "log")).length > 1,
  );
  const logs = join(copies.folder, server, "log");
  const names = readdirSync(logs)
    .filter((name) => !name.startsWith("."))
    .sort();
  expect(names.length).toBeGreaterThanOrEqual(2);
  rmSync(join(logs, names.at(-2) ?? ""));
  const before = await state();
  const result = await restore(beforeMistake);
  expect(result.code).toBe(1);
  expect(lines(result).at(-1)).toMatch(
    new RegExp(`^${names.at(-2) ?? ""} is not among the copies of the log: give a time up to`),
  );
  expect(await state()).toBe(before);
});

test("copies that are too old go, with the logs that only they need; never the newest, and nothing of others", async () => {
  const old = new Date(Date.now() - 20 * 86_400_000);
  for (const server of readdirSync(copies.folder)) {
    const folder = join(copies.folder, server, "whole");
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), old, old);
  }
  // A disk has this folder, which is its file system's; nobody but root may look into it.
  const others = join(copies.folder, "lost+found");
  mkdirSync(others, { mode: 0o700 });
  const { code, output } = await whole();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("copied app_db whole") as string });
  expect(readdirSync(copies.folder)).toContain("lost+found");
  rmdirSync(others);
  expect(filesIn("whole")).toHaveLength(1);
  expect(readdirSync(copies.folder)).toHaveLength(1);
});

test("a first whole copy that cannot be made is told of, and is not tried again with every copy of the log", async () => {
  const [server = ""] = readdirSync(copies.folder);
  for (const name of readdirSync(join(copies.folder, server, "whole")))
    rmSync(join(copies.folder, server, "whole", name));
  rmSync(join(copies.folder, server, ".tried"), { force: true });
  const hasty = objects.map((object) =>
    object.kind === "ConfigMap" && object.metadata.name === "my-app-orders-db-backup"
      ? { ...object, data: { "backup.sh": (object.data["backup.sh"] ?? "").replace("timeout 400 ", "timeout 0.001 ") } }
      : object,
  );
  const said =
    "there is no whole copy of this server, and nothing can be restored without one: run the CronJob of whole copies by hand";
  const failed = await runBackup(site(), hasty, "my-app-orders-db-log", copies);
  expect({ code: failed.code, last: lines(failed).at(-1) }).toEqual({ code: 1, last: said });
  const again = await log();
  expect({ code: again.code, last: lines(again).at(-1) }).toEqual({ code: 1, last: said });
  expect((await whole()).code).toBe(0);
  expect((await log()).code).toBe(0);
});

test("a copy that took hours and filled the volume is not made again by the next try", async () => {
  // The file is as old as its first moment.
  const begun = new Date(Date.now() - 2 * 3_600_000);
  const [server = ""] = readdirSync(copies.folder);
  const folder = join(copies.folder, server, "whole");
  const before = filesIn("whole");
  for (const name of before) utimesSync(join(folder, name), begun, begun);
  const full = objects.map((object) =>
    object.kind === "ConfigMap" && object.metadata.name === "my-app-orders-db-backup"
      ? {
          ...object,
          data: { "backup.sh": (object.data["backup.sh"] ?? "").replace("if filling 85;", "if filling -1;") },
        }
      : object,
  );
  const { code, output } = await runBackup(site(), full, "my-app-orders-db-backup", copies);
  expect({ code, last: lines({ code, output, seconds: 0 }).at(-1) }).toEqual({
    code: 1,
    last: expect.stringMatching(/^the copy is made, and more than 85% of the volume is taken/) as string,
  });
  expect(filesIn("whole")).toEqual(before);
});

test("nothing that it says shows the password", async () => {
  const results = [await whole(), await log(), await restore("no")];
  expect(shown(results.map(({ output }) => output).join("\n"), [mariadb.admin.password])).toEqual([]);
});
