// Mails each notification once, whoever asks for it and how often.

export class Notifier {
  #record;
  #mail;
  #metrics;
  #log;

  /**
   * @param {import("./record.mjs").Record} record
   * @param {import("./mail.mjs").Mail} mail
   * @param {import("./metrics.mjs").Metrics} metrics
   * @param {typeof import("./log.mjs").log} log
   */
  constructor(record, mail, metrics, log) {
    this.#record = record;
    this.#mail = mail;
    this.#metrics = metrics;
    this.#log = log;
  }

  /** @returns {Promise<"new" | "sent" | "sending">} `new` where this call has mailed it. Throws where it was not mailed. */
  async notify({ id, subject, text }) {
    const before = await this.#record.claim(id);
    if (before !== undefined) return before;
    try {
      await this.#mail.send(subject, text);
    } catch (error) {
      // Whoever asks next tries again; without Redis a claim ends by itself.
      await this.#record.release(id).catch((other) => this.#log.error(`${id} stays claimed for a while`, other));
      throw error;
    }
    this.#metrics.sent();
    // It was mailed, whatever comes: a caller that heard of a failure would have it mailed twice.
    await this.#record.sent(id).catch((error) => this.#log.error(`${id} was mailed and not counted`, error));
    return "new";
  }
}
