import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Lines of containers in the form in which a runtime keeps them, which is what kubelets read: the time, the stream, whether it
 * is a whole line, and the line.
 */

const asKept = (lines: readonly string[]): string =>
  lines.map((line) => `${new Date().toISOString().replace("Z", "000000Z")} stdout F ${line}\n`).join("");

const whole = (text: string): string[] => text.split("\n").slice(0, -1);

/** A container of the pods with a label `app`, and where its lines are kept. */
export interface Kept {
  readonly app: string;
  readonly container: string;
  readonly file: string;
  /** Those of before it was started again; it is there if it was. */
  readonly previous: string;
}

/** Files of containers' lines in a folder. */
export class ContainerLogs {
  readonly #kept = new Map<string, Kept>();
  readonly #followed: { readonly file: string; readonly log: () => string; seen: number }[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly folder: string) {
    this.#timer = setInterval(() => {
      this.#catchUp();
    }, 200);
  }

  get all(): readonly Kept[] {
    return [...this.#kept.values()];
  }

  /** What a container says, from now on as it says it. */
  follow(app: string, container: string, log: () => string): void {
    const { file } = this.#of(app, container);
    writeFileSync(file, "");
    this.#followed.push({ file, log, seen: 0 });
    this.#catchUp();
  }

  /** What a container has said that has come to its end; `previous`: and was started again. */
  ended(app: string, container: string, text: string, previous = false): void {
    const kept = this.#of(app, container);
    writeFileSync(previous ? kept.previous : kept.file, asKept(text.trimEnd().split("\n")));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #of(app: string, container: string): Kept {
    const name = join(this.folder, `${app}.${container}`);
    const kept = this.#kept.get(name) ?? { app, container, file: `${name}.log`, previous: `${name}.previous.log` };
    this.#kept.set(name, kept);
    return kept;
  }

  #catchUp(): void {
    for (const one of this.#followed) {
      const lines = whole(one.log());
      if (lines.length > one.seen) appendFileSync(one.file, asKept(lines.slice(one.seen)));
      one.seen = lines.length;
    }
  }
}
