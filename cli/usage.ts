import { parse } from "./arguments";
import { EXIT, type Exit, Refused } from "./command";
import { COMMANDS } from "./commands";
import { commandHelp, help } from "./format";

/** Something to print instead of running a command. */
export interface Answer {
  readonly text: string;
  readonly exit: Exit;
}

/**
 * The answer to a command line that needs no environment: help, the version, or what is wrong with it. It needs neither
 * the program's packages nor the repository's files to be sound.
 *
 * @returns nothing where a command is to be run
 */
export function usage(args: readonly string[], version: string): Answer | undefined {
  try {
    const asked = parse(args);
    if (asked.for === "command") return undefined;
    if (asked.for === "version") return { text: `${version}\n`, exit: EXIT.done };
    return { text: asked.command === undefined ? help(COMMANDS) : commandHelp(asked.command), exit: EXIT.done };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { text: `${error.message}\n`, exit: EXIT.usage };
  }
}
