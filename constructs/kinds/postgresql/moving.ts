import type { DataMove } from "../../services";

/** How the data of a PostgreSQL database gets from one server to another. */
export const POSTGRESQL_MOVE = (name: string): DataMove => ({
  out:
    `dump ${name} to a place outside of it (pg_dump --format=custom --no-owner --no-privileges) and restore the dump once ` +
    "elsewhere, to know that it is whole",
  back:
    "restore the dump as the role that owns the application's objects (pg_restore --no-owner --no-privileges " +
    "--role=application), and compare the number of rows of each table",
});
