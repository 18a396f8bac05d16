/** Milliseconds that need no word. */
const PATIENCE = 2000;

/** What takes longer than two seconds says what it is doing, on one line of a terminal that is wiped in the end. */
export class Progress {
  readonly #began = performance.now();
  #shown = false;

  /** @param terminal whether a person watches standard error; otherwise nothing is written */
  constructor(private readonly terminal: boolean) {}

  step(what: string): void {
    if (!this.terminal || performance.now() - this.#began < PATIENCE) return;
    process.stderr.write(`\r\u001b[K${what} …`);
    this.#shown = true;
  }

  /** Does something, and wipes the line whatever comes of it: a mistake is printed on a line of its own. */
  during<T>(act: () => T): T {
    try {
      return act();
    } finally {
      if (this.#shown) process.stderr.write("\r\u001b[K");
      this.#shown = false;
    }
  }
}
