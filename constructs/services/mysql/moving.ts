import type { DataMove } from "../../model/service";

/** How the data of a MySQL database gets from one server to another. */
export const MYSQL_MOVE = (name: string): DataMove => ({
  out:
    `dump ${name} to a place outside of it (mysqldump --single-transaction --routines --triggers --events) and ` +
    "restore the dump once elsewhere, to know that it is whole",
  back: "restore the dump, and compare the number of rows of each table",
});
