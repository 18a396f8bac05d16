// What this service keeps.

export class Items {
  #database;

  /** @param {import("./database.mjs").Database} database */
  constructor(database) {
    this.#database = database;
  }

  /** The hundred newest: `[{ id, title, created_at }]`. */
  newest() {
    return this.#database.query("SELECT id, title, created_at FROM items ORDER BY created_at DESC, id LIMIT 100");
  }

  /** @returns {Promise<boolean>} whether there was none of this id before; one that is there is left as it is */
  async keep(id, title) {
    const { affectedRows } = await this.#database.query("INSERT IGNORE INTO items (id, title) VALUES (?, ?)", [
      id,
      title,
    ]);
    return affectedRows === 1;
  }
}
