// MySQL, by the variables that the edge to it injects.
import { readFileSync } from "node:fs";
import { createPool } from "mysql2/promise";

const CONNECT_MILLISECONDS = 3000;
/** Longer than any question of a request should take, and shorter than its caller waits. */
const ANSWER_MILLISECONDS = 10_000;

export class Database {
  #pool;
  #milliseconds;

  /**
   * @param {string} url `mysql://user:password@host:3306/database`
   * @param {string | undefined} ca path of the PEM file to verify the server with; without one the connection is not encrypted
   * @param {number} [milliseconds] that an answer may take
   */
  constructor(url, ca, milliseconds = ANSWER_MILLISECONDS) {
    this.#milliseconds = milliseconds;
    // Not the URL itself, in which there is a password: Node's own error has it.
    if (!URL.canParse(url)) throw new Error("DATABASE_URL: not a URL; what means something in one is to be encoded");
    const { hostname, port, username, password, pathname } = new URL(url);
    this.#pool = createPool({
      host: hostname,
      port: Number(port || 3306),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: decodeURIComponent(pathname.slice(1)),
      ...(ca && { ssl: { ca: readFileSync(ca), verifyIdentity: true } }),
      // As many as the objectives need, and fewer than the server has for all pods together.
      connectionLimit: 10,
      connectTimeout: CONNECT_MILLISECONDS,
      // Dates are in UTC, whatever the machine says.
      timezone: "Z",
    });
  }

  /** Rows of a statement with its values apart. Throws where there is no answer in time. */
  async query(sql, values = []) {
    const connection = await this.#pool.getConnection();
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        // A server that went without a word answers nobody else on it either: the next question has a new one.
        connection.destroy();
        reject(new Error(`the database has not answered within ${this.#milliseconds} ms`));
      }, this.#milliseconds);
    });
    try {
      const [rows] = await Promise.race([connection.execute(sql, values), late]);
      return rows;
    } finally {
      clearTimeout(timer);
      connection.release();
    }
  }

  /** Does something on one connection: locks are of a connection. */
  async onOne(act) {
    const connection = await this.#pool.getConnection();
    try {
      return await act(async (sql, values = []) => {
        const [rows] = await connection.query(sql, values);
        return rows;
      });
    } finally {
      // Not back into the pool: what it holds goes with it.
      connection.destroy();
    }
  }

  /** Throws where it does not answer. */
  async check() {
    await this.query("SELECT 1");
  }

  async close() {
    await this.#pool.end();
  }
}
