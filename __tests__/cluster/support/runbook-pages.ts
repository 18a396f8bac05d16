import { posix } from "node:path";
import type { Files } from "../../../constructs/outputs/output";
import { blocks, commands } from "../../../scripts/runbooks/commands";
import { notRun } from "../../../scripts/runbooks/not-run";
import type { Pasted, Terminal } from "./paste";

/** Those that only look, which need not be pasted twice after the same fault. */
const LOOKS =
  /^kubectl (?:-n \S+ )?(?:auth|config|describe|exec|get|logs|port-forward [^&]*$|rollout (?:history|status)|top) /;

interface Part {
  readonly title: "Diagnosis" | "Mitigation";
  /** What of it is about one workload, and about nothing in particular. @default - all of it */
  readonly about?: string;
}

/** Pages of an application, and what of them was pasted. */
export class Pages {
  readonly pasted = new Set<string>();
  #since = new Set<string>();

  constructor(
    private readonly files: Files,
    private readonly terminal: Terminal,
    /** Before lines are pasted. */
    private readonly before: () => Promise<void>,
  ) {}

  get names(): string[] {
    return Object.keys(this.files)
      .map((file) => posix.basename(file, ".md"))
      .filter((name) => name !== "README");
  }

  /** Everything that looks is to be pasted again. */
  another(): void {
    this.#since = new Set();
  }

  /** Blocks of a part of a page, as they are pasted: of one that deploys what is before that, for nothing is deployed here. */
  blocks(name: string, { title, about }: Part): string[][] {
    const [part = ""] = this.#text(name)
      .split(/^## /m)
      .filter((text) => text.startsWith(title));
    const [general = "", ...sections] = part.split(/^### /m);
    const chosen = sections.filter((text) => about === undefined || text.startsWith(`${about}\n`));
    if (about !== undefined && chosen.length === 0) throw new Error(`${name}: nothing is about ${about}`);
    return [general, ...chosen]
      .flatMap((text) => blocks(text, "sh"))
      .map((block) => block.split("\n").filter((line) => line !== ""))
      .map((lines) => lines.slice(0, lines.findIndex((line) => line.startsWith("npx cdktf deploy ")) >>> 0));
  }

  /** Pastes what can be run of blocks, each in a shell of its own, and returns what was said. */
  async paste(...all: readonly string[][]): Promise<string> {
    let said = "";
    for (const block of all) {
      const lines = block.filter((line) => notRun(line) === undefined && !this.#since.has(line));
      const done = await this.attempt(lines);
      const failed = done.find(({ code }) => code !== 0);
      if (failed !== undefined) throw new Error(`${failed.line}: ${failed.output}`);
      said += done.map(({ output }) => output).join("");
    }
    return said;
  }

  /** The same of one block, which may fail. */
  async attempt(lines: readonly string[]): Promise<Pasted[]> {
    await this.before();
    const done = await this.terminal.paste(lines);
    for (const { line } of done) {
      this.pasted.add(line);
      if (LOOKS.test(line)) this.#since.add(line);
    }
    return done;
  }

  diagnosis(name: string): Promise<string> {
    return this.paste(...this.blocks(name, { title: "Diagnosis" }));
  }

  mitigation(name: string, about?: string): Promise<string> {
    return this.paste(...this.blocks(name, { title: "Mitigation", ...(about !== undefined && { about }) }));
  }

  /** What is left of a page: blocks with a line that was never pasted, without what only looks and was. */
  left(name: string): string[][] {
    return blocks(this.#text(name), "sh")
      .map((block) => block.split("\n").filter((line) => line !== "" && notRun(line) === undefined))
      .filter((lines) => lines.some((line) => !this.pasted.has(line)))
      .map((lines) => lines.filter((line) => !LOOKS.test(line) || !this.pasted.has(line)));
  }

  get commands(): string[] {
    return [...new Set(Object.values(this.files).flatMap(commands))];
  }

  #text(name: string): string {
    const found = Object.entries(this.files).find(([file]) => posix.basename(file) === `${name}.md`);
    if (found === undefined) throw new Error(`there is no page ${name}`);
    return found[1];
  }
}
