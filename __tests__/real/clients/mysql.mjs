// MySQL by mysql2, from DATABASE_URL and, where the server requires TLS, DATABASE_SSL_CA.

import { readFileSync } from "node:fs";
import mysql from "mysql2/promise";

const { DATABASE_URL, DATABASE_SSL_CA } = process.env;

const database = await mysql.createConnection({
  uri: DATABASE_URL,
  // The name is verified on request only.
  ...(DATABASE_SSL_CA && { ssl: { ca: readFileSync(DATABASE_SSL_CA), verifyIdentity: true } }),
});

await database.query("CREATE TABLE IF NOT EXISTS notes (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(100))");
const [{ insertId }] = await database.execute("INSERT INTO notes (note) VALUES (?)", ["written by mysql2"]);
const [[{ note }]] = await database.execute("SELECT note FROM notes WHERE id = ?", [insertId]);
console.log(note);
await database.end();
