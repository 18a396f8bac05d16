import type { Program } from "./program";

/** Exit codes, the same for every command. */
export const EXIT = { done: 0, wrong: 1, usage: 2, changes: 3 } as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A command of the program: what it is called with, and what it does. One file each in `cli/commands/`, and a line in `cli/commands.ts`. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Sentences that `--help` prints below it. @default - the summary says it all */
  readonly description?: string;
  /** Words after the options. @default - none are taken */
  readonly words?: Words;
  /** Options by name, without hyphens. `help` is every command's. */
  readonly options: Readonly<Record<string, Option>>;
  /** What exit codes 0 and 1 mean here, and 3 where there is one. 2 is always a wrong command line. */
  readonly exits: { readonly done: string; readonly wrong: string; readonly changes?: string };
  /**
   * Does it, and prints.
   *
   * @throws InvalidInput for mistakes in the input
   * @throws Refused for a command line that only the program can judge
   */
  run(given: Given, program: Program): Promise<Exit>;
}

export interface Words {
  /** What one is called in the usage line: `environment`. */
  readonly name: string;
  /** How all of them stand in the usage line, where the first is no such word. @default - each by its name */
  readonly usage?: string;
  /** What stands behind the options in that line: words that begin with a hyphen come after `--`. @default - nothing */
  readonly last?: string;
  readonly description: string;
  readonly least: number;
  readonly most: number;
}

export interface Option {
  readonly description: string;
  /** Name of its value in the usage line; such an option takes one. @default - it is there or it is not */
  readonly value?: string;
  /** Values that it takes. @default - any */
  readonly choices?: readonly string[];
}

/** A command line, read and known to be what the command takes. */
export interface Given {
  readonly words: readonly string[];
  /** Options without a value that were given. */
  readonly flags: ReadonlySet<string>;
  /** Values of options that take one. */
  readonly values: ReadonlyMap<string, string>;
}

/** A command line that cannot be followed, in one line: exit code 2. */
export class Refused extends Error {}

/** Options that several commands have, worded once. */
export const JSON_OPTION: Option = { description: "print JSON, for programs" };
export const QUIET_OPTION: Option = { description: "print nothing but warnings and mistakes" };
