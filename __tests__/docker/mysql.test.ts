import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onAws } from "../support/aws-application";
import { staging } from "../support/input";

const FILE = join(__dirname, "..", "..", "docker", "mysql", "conf.d", "my-app.cnf");

/** What the server is told, by names as its variables have them and numbers for words. */
function settings(): Record<string, string> {
  const section = /\[mysqld\]\n([^[]*)/.exec(readFileSync(FILE, "utf8"))?.[1] ?? "";
  const lines = [...section.matchAll(/^([a-z-]+) = (.+)$/gm)];
  return Object.fromEntries(lines.map(([, name = "", value = ""]) => [name.replaceAll("-", "_"), value]));
}

test("MySQL of local development is told what the managed one is, but for TLS and its memory", () => {
  const { require_secure_transport: tls, ...managed } = Object.fromEntries(
    (onAws(staging()).resource("aws_db_parameter_group")["parameter"] as { name: string; value: string }[]).map(
      ({ name, value }) => [name, value],
    ),
  );
  expect(tls).toBe("1");
  const { innodb_buffer_pool_size: memory, ...local } = settings();
  expect(memory).toBe("128M");
  expect(local).toEqual(managed);
});
