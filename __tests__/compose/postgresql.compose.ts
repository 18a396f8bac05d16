import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { compose, renderEnvironments } from "../../constructs/outputs/outputs";
import { staging } from "../support/postgresql";

/* An application with PostgreSQL as Docker Compose itself reads it, with what measures it. */

const COMPOSE = join(resolve(__dirname, "..", ".."), ".cache", "compose", "bin", "docker-compose");

describe.each(["17", "18"] as const)("PostgreSQL %s", (version) => {
  const home = mkdtempSync(join(tmpdir(), "goldenpath-compose-"));
  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  test("is accepted without a word, with its disk, its file and what measures it", () => {
    const options = {
      application: "shop",
      observability: { runbooks: { url: "https://git.example.com/runbooks", folder: "docs/runbooks" } },
    } as const;
    const files = compose.render(renderEnvironments(loadEnvironments([staging({}, { version })])), options);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, file)), { recursive: true });
      writeFileSync(join(home, file), text);
    }
    const args = ["--profile", "*", "--env-file", "/dev/null", "config", "--format", "json"];
    const { status, stdout, stderr } = spawnSync(COMPOSE, args, {
      ...{ cwd: home, encoding: "utf8" },
      env: { PATH: "/usr/bin:/bin", HOME: home },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { services } = JSON.parse(stdout) as { services: Readonly<Record<string, object>> };
    expect(services["postgresql"]).toMatchObject({
      image: expect.stringMatching(new RegExp(`^docker.io/library/postgres:${version}[.]`)) as string,
      volumes: [
        { type: "volume", source: "postgresql-data" },
        { type: "bind", source: join(home, "compose/postgresql/init"), target: "/docker-entrypoint-initdb.d" },
      ],
    });
    expect(services["api"]).toMatchObject({
      environment: { DATABASE_URL: "postgresql://app:secret@postgresql:5432/app_db" },
    });
    expect(Object.keys(services)).toEqual(expect.arrayContaining(["orders-db-exporter", "orders-db-exporter-user"]));
    expect(files["compose/observability/orders-db-exporter/uri"]).toBe("postgresql:5432/app_db?sslmode=disable");
  });
});
