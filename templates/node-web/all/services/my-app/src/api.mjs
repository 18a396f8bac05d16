// The API that pages are made of, by the variables that the edge to it injects.

const MILLISECONDS = 3000;

/** Where it is: `API_URL` where somebody says so, as on a developer's machine, else the host of the edge. */
export function addressOf({ API_URL, API_HOST, API_PORT = "443" }) {
  if (API_URL) return API_URL.replace(/\/+$/, "");
  return API_HOST ? `https://${API_HOST}:${API_PORT}` : undefined;
}

export class Api {
  #address;

  /** @param {string} address */
  constructor(address) {
    this.#address = address;
  }

  /** The newest items: `[{ id, title }]`. */
  async items() {
    const response = await this.#get("/items");
    const items = await response.json();
    if (!Array.isArray(items)) throw new Error("the API answers /items with no list");
    return items;
  }

  /** Throws where it does not answer. */
  async check() {
    await (await this.#get("/")).arrayBuffer();
  }

  async #get(path) {
    const response = await fetch(`${this.#address}${path}`, { signal: AbortSignal.timeout(MILLISECONDS) });
    if (!response.ok) throw new Error(`the API answers ${path} with ${response.status}`);
    return response;
  }
}
