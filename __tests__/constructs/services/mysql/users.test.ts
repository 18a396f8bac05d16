import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOGIN_FILES, LOGIN_PATH, type UsersTask } from "../../../../constructs/model/service-users";
import { MYSQL_USERS } from "../../../../constructs/services/mysql/users";

/* The program with clients that only show what they are given; what it does to a server is in `real/mysql-users.real.ts`. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "goldenpath-users-"));
  mkdirSync(join(folder, "login"));
  writeFileSync(join(folder, "login", LOGIN_FILES.adminName), "admin");
  writeFileSync(join(folder, "login", LOGIN_FILES.adminPassword), `pass"wo\\rd`);
  writeFileSync(join(folder, "mysql"), '#!/bin/sh\ncat "${1#--defaults-extra-file=}" >&2\n', { mode: 0o755 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs it in the folder, which has all that an image and a pod would. */
function run(CA_BUNDLE: string, task: UsersTask = "retire") {
  const script = MYSQL_USERS.script
    .replaceAll("/tmp/", `${folder}/`)
    .replaceAll(LOGIN_PATH, join(folder, "login"))
    .replaceAll(/\/etc\/(ssl|pki)\//g, `${folder}/$1-`);
  const PATH = `${folder}:${process.env["PATH"] ?? ""}`;
  const env = { PATH, HOST: "db.example.com", PORT: "3306", DATABASE: "app_db", CA_BUNDLE };
  const { status, stderr } = spawnSync("sh", ["-c", script, "users.sh", task], { env, encoding: "utf8" });
  return { status, lines: stderr.trim().split("\n") };
}

const settings = (bundle: string) => [
  "[client]",
  'host="db.example.com"',
  "port=3306",
  'user="admin"',
  String.raw`password="pass\"wo\\rd"`,
  "protocol=tcp",
  "connect-timeout=10",
  "default-character-set=utf8mb4",
  `ssl-ca="${bundle}"`,
  "loose-ssl-mode=VERIFY_IDENTITY",
  "loose-ssl-verify-server-cert",
];

test("the server is verified by the connection's bundle", () => {
  expect(run("/etc/goldenpath/users/ca.pem")).toEqual({ status: 0, lines: settings("/etc/goldenpath/users/ca.pem") });
});

test("the server is verified by the image's bundle where the connection has none", () => {
  mkdirSync(join(folder, "pki-tls", "certs"), { recursive: true });
  const system = join(folder, "pki-tls", "certs", "ca-bundle.crt");
  writeFileSync(system, "");
  expect(run("")).toEqual({ status: 0, lines: settings(system) });
});

test("without either nobody signs in", () => {
  for (const task of ["make", "retire"] as const) {
    expect(run("", task)).toEqual({
      status: 1,
      lines: ["no CA bundle: neither the connection nor the image has one"],
    });
  }
});

describe("with users app.api and app.web, of whom a server has app.web and app.old,", () => {
  /** The verbs of each statement that the program sends, and who is meant. */
  const statements = (task: UsersTask): string[] => {
    for (const name of ["app.api", "app.web"]) writeFileSync(join(folder, "login", LOGIN_FILES.user(name)), "password");
    const client = [
      "#!/bin/sh",
      'case "$*" in',
      "  *'FROM mysql.user'*) printf 'app.web\\napp.old\\n' ;;",
      "  *'SELECT 1'*) ;;",
      `  *--execute*) printf '%s\\n' "$*" | sed 's/.*--execute //' >> ${folder}/sent ;;`,
      `  *) cat >> ${folder}/sent ;;`,
      "esac",
    ];
    writeFileSync(join(folder, "mysql"), `${client.join("\n")}\n`, { mode: 0o755 });
    writeFileSync(join(folder, "sent"), "");
    expect(run("/ca.pem", task).status).toBe(0);
    return readFileSync(join(folder, "sent"), "utf8")
      .split("\n")
      .filter((sent) => sent !== "" && !sent.startsWith("SET "))
      .map((sent) => sent.replace(/ IDENTIFIED BY .*|;$/g, ""));
  };

  test("make gives both what they need and leaves the third alone: what is still running signs in as it", () => {
    expect(statements("make")).toEqual(
      ["api", "web"].flatMap((name) => [
        `CREATE USER IF NOT EXISTS 'app.${name}'@'%'`,
        `ALTER USER 'app.${name}'@'%' ACCOUNT UNLOCK`,
        `GRANT ALL PRIVILEGES ON \`app\\_db\`.* TO 'app.${name}'@'%'`,
      ]),
    );
  });

  test("retire locks the third out and touches nobody else", () => {
    expect(statements("retire")).toEqual(["ALTER USER 'app.old'@'%' ACCOUNT LOCK"]);
  });
});
