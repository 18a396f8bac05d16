// Files of `migrations/` that were not run yet, in their order. Two at once wait for each other.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LOCK_SECONDS = 60;

/**
 * @param {import("./database.mjs").Database} database
 * @param {string} folder with one statement in each `NNNN-what.sql`: MySQL cannot take back half of several
 * @param {typeof import("./log.mjs").log} log
 * @returns {Promise<readonly string[]>} versions that were run now
 */
export function migrate(database, folder, log) {
  return database.onOne(async (query) => {
    // The lock goes with the connection.
    const [{ got }] = await query("SELECT GET_LOCK('migrations', ?) AS got", [LOCK_SECONDS]);
    if (got !== 1) throw new Error(`somebody else migrates, and has not finished within ${LOCK_SECONDS} s`);
    await query(
      "CREATE TABLE IF NOT EXISTS migrations (version VARCHAR(190) PRIMARY KEY, executed_at DATETIME NOT NULL)",
    );
    const done = new Set((await query("SELECT version FROM migrations")).map(({ version }) => version));
    const versions = readdirSync(folder)
      .filter((file) => file.endsWith(".sql"))
      .map((file) => file.slice(0, -".sql".length))
      .sort();
    const run = [];
    for (const version of versions.filter((one) => !done.has(one))) {
      await query(readFileSync(join(folder, `${version}.sql`), "utf8"));
      await query("INSERT INTO migrations (version, executed_at) VALUES (?, UTC_TIMESTAMP())", [version]);
      log.info(`migrated to ${version}`, { version });
      run.push(version);
    }
    log.info("the database is up to date", { migrations: versions.length });
    return run;
  });
}
