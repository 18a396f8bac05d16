// PostgreSQL by pg, from DATABASE_URL alone.

import pg from "pg";

const database = new pg.Client({ connectionString: process.env.DATABASE_URL });
await database.connect();

await database.query("CREATE TABLE IF NOT EXISTS notes (id SERIAL PRIMARY KEY, note VARCHAR(100))");
const {
  rows: [{ id }],
} = await database.query("INSERT INTO notes (note) VALUES ($1) RETURNING id", ["written by pg"]);
const {
  rows: [{ note }],
} = await database.query("SELECT note FROM notes WHERE id = $1", [id]);
console.log(note);
await database.end();
