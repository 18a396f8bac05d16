import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MYSQL_BACKUP_SCRIPT } from "../../constructs/services/mysql/backups";
import { run } from "./support/container";

/* What a restore leaves out of a log, by the function of the program alone: MySQL writes ten ends of statements before the first event. */

const folder = mkdtempSync(join(tmpdir(), "log-filter-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const END = "/*!*/;";

/** A function of the program, to its own end: `sed` has lines with a brace too. */
function program(name: string): string {
  const [text] = new RegExp(`^${name}\\(\\) \\{\\n[^]*?"\\$\\d"\\n\\}$`, "m").exec(MYSQL_BACKUP_SCRIPT) ?? [];
  if (text === undefined) throw new Error(`no function ${name}`);
  return text;
}

async function filtered(lines: readonly string[]): Promise<string[]> {
  const file = join(folder, "log.sql");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const { code, output } = await run(["sh", "-c", `${program("without_users")}\nwithout_users "$1"`, "filter", file]);
  expect(code).toBe(0);
  return output.split("\n").slice(0, -1);
}

const sets = (count: number) => Array.from({ length: count }, (_, index) => `SET @@session.a${index}=1${END}`);
const AFTER = ["# at 200", `SET TIMESTAMP=2${END}`, "INSERT INTO t VALUES ('GRANT ')", END];

test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
  "a statement about users after %i ends of others is left out, and nothing else",
  async (count) => {
    const before = ["DELIMITER /*!*/;", "# at 4", ...sets(count)];
    for (const statement of [
      ["CREATE USER clerk IDENTIFIED BY 'long ago'", END],
      ["GRANT SELECT ON app_db.*", "TO clerk", END],
      [`SET PASSWORD FOR clerk = 'long ago'${END}`],
      ["alter user clerk identified by 'long ago'", END],
    ]) {
      expect(await filtered([...before, ...statement, ...AFTER])).toEqual([...before, ...AFTER]);
    }
    const others = [...before, "CREATE TABLE user (id INT)", END, ...AFTER];
    expect(await filtered(others)).toEqual(others);
  },
);

test("each of several that follow one another is left out, to the last line", async () => {
  const kept = (index: number) => [`# at ${index}`, `SET TIMESTAMP=${index}${END}`];
  const lines = [1, 2, 3].flatMap((index) => [...kept(index), "DROP USER IF EXISTS clerk", END]);
  expect(await filtered(lines)).toEqual([1, 2, 3].flatMap(kept));
});

test.each([
  [48, ["SET a=1", END, "BINLOG '", "x".repeat(30), `'${END}`], true],
  [48, ["SET a=1", END, "BINLOG '", "x".repeat(31), `'${END}`], false],
  [48, [...sets(12), "x".repeat(40), END], true],
  [20, ["no end ".repeat(3)], false],
])("that a statement is larger than %i bytes is seen before anything is changed", async (most, lines, fits) => {
  const file = join(folder, "statements.sql");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const check = `${program("none_larger")}\nnone_larger "$1" "$2"`;
  const { code, output } = await run(["sh", "-c", check, "filter", String(most), file]);
  expect({ code, output }).toEqual({ code: fits ? 0 : 1, output: "" });
});

test.each([
  [85, false],
  [86, true],
  [100, true],
])("a volume that is taken by %i%% of itself fills up: %s", async (taken, fills) => {
  const df = [
    "Filesystem          1024-blocks      Used Available Capacity Mounted on",
    `127.0.0.1:/share 1% x  104857600  89128960  15728640     ${taken}% /copies`,
  ];
  writeFileSync(join(folder, "df"), `#!/bin/sh\ncat <<'END'\n${df.join("\n")}\nEND\n`);
  chmodSync(join(folder, "df"), 0o755);
  const check = `${/^filling\(\) \{\n[^]*?^\}$/m.exec(MYSQL_BACKUP_SCRIPT)?.[0] ?? "exit 9"}\nfilling 85`;
  const { code } = await run(["env", `PATH=${folder}:/usr/bin:/bin`, "sh", "-c", check]);
  expect(code).toBe(fills ? 0 : 1);
});
