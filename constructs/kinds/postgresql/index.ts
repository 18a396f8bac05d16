/* What other programs import from "goldenpath/postgresql". */
export { postgresql } from "./kind";
export { ManagedPostgresql, type ManagedPostgresqlProps } from "./single";
export type { Postgresql, PostgresqlSpec } from "./spec";
