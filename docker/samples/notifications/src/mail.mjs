// A mail relay that knows this workload by its address, so there is no login.
import nodemailer from "nodemailer";

/** Of each step of the protocol: together they are less than what callers wait for. */
const MILLISECONDS = 2000;

export class Mail {
  #transport;
  #from;
  #to;

  /** All mail goes to the one address: who may call this service may not choose whom it writes to. */
  constructor({ host, port, from, to }) {
    this.#from = from || "my-app@example.com";
    this.#to = to || "team-my-app@example.com";
    this.#transport = nodemailer.createTransport({
      host,
      port: Number(port || 587),
      // Speaks TLS where the relay offers it, from the first byte on the port that is for that.
      secure: port === "465",
      connectionTimeout: MILLISECONDS,
      greetingTimeout: MILLISECONDS,
      socketTimeout: MILLISECONDS,
      // What is mailed is text: none of it names a file or an address to read.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(subject, text) {
    await this.#transport.sendMail({ from: this.#from, to: this.#to, subject, text });
  }

  /** Throws where the relay does not greet. */
  async check() {
    await this.#transport.verify();
  }
}
