import { join } from "node:path";
import { Database } from "./src/database.mjs";
import { log } from "./src/log.mjs";
import { migrate } from "./src/migrations.mjs";
import { made, required } from "./src/variables.mjs";

const { DATABASE_URL } = required(["DATABASE_URL"], log);
const database = made(() => new Database(DATABASE_URL, process.env.DATABASE_SSL_CA), log);
try {
  await migrate(database, join(import.meta.dirname, "migrations"), log);
} catch (error) {
  log.error("not migrated", error);
  process.exitCode = 1;
} finally {
  await database.close();
}
