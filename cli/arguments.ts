import { parseArgs } from "node:util";
import { didYouMean, oneOf } from "../constructs/model/problem";
import { type Command, type Given, Refused } from "./command";
import { COMMANDS } from "./commands";

/** What a command line asks for. */
export type Asked =
  | { readonly for: "command"; readonly command: Command; readonly given: Given }
  | { readonly for: "help"; readonly command?: Command }
  | { readonly for: "version" };

const HELP = ["--help", "-h"];
const OWN_OPTIONS = ["help", "version"];

const helpFor = (name: string | undefined): Asked =>
  name === undefined ? { for: "help" } : { for: "help", command: commandOf(name) };

/**
 * Reads a command line, without the program's own name.
 *
 * @throws Refused with the nearest name where a command or an option is not known
 */
export function parse(args: readonly string[]): Asked {
  const [first, ...rest] = args;
  if (first === undefined || HELP.includes(first) || first === "help") return helpFor(rest[0]);
  if (first === "--version") return { for: "version" };
  if (first.startsWith("-")) throw unknownOption(first.replace(/^-+/, "").replace(/=.*$/s, ""), OWN_OPTIONS);
  const command = commandOf(first);
  const before = rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  if (before.some((word) => HELP.includes(word))) return { for: "help", command };
  return { for: "command", command, given: read(command, rest) };
}

function commandOf(name: string): Command {
  const command = COMMANDS.find((one) => one.name === name);
  if (command !== undefined) return command;
  const known = COMMANDS.map((one) => one.name);
  throw new Refused(`${JSON.stringify(name)}: no such command; use ${oneOf(known)}${didYouMean(name, known)}`);
}

function read(command: Command, args: readonly string[]): Given {
  const { options } = command;
  const types = Object.entries(options).map(([name, { value }]) => {
    const type = value === undefined ? ("boolean" as const) : ("string" as const);
    return [name, { type }] as const;
  });
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const [flags, values] = [new Set<string>(), new Map<string, string>()];
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw unknownOption(token.name, [...Object.keys(options), "help"]);
    if (option.value === undefined) {
      if (token.value !== undefined) throw new Refused(`--${token.name}: takes no value; leave "${token.value}" out`);
      flags.add(token.name);
    } else {
      values.set(token.name, valueOf(token.name, option.choices, token.value));
    }
  }
  checkWords(command, positionals);
  return { words: positionals, flags, values };
}

function valueOf(name: string, choices: readonly string[] | undefined, value: string | undefined): string {
  const use = choices === undefined ? "give its value" : `use ${oneOf(choices)}`;
  if (value === undefined || value === "") throw new Refused(`--${name}: has no value; ${use}`);
  if (choices?.includes(value) ?? true) return value;
  throw new Refused(`--${name}: got ${JSON.stringify(value)}; ${use}${didYouMean(value, choices ?? [])}`);
}

function checkWords({ name, words }: Command, given: readonly string[]): void {
  const { least, most } = words ?? { least: 0, most: 0 };
  const extra = given[most];
  if (words === undefined && extra !== undefined) {
    throw new Refused(`${JSON.stringify(extra)}: ${name} takes no words; leave it out`);
  }
  if (words !== undefined && (given.length < least || extra !== undefined)) {
    const article = /^[aeiou]/.test(words.name) ? "an" : "a";
    const which = least === 1 && most === 1 ? `one ${words.name}` : `${article} ${words.name}`;
    const said = given.length === 0 ? "" : `got ${given.map((word) => JSON.stringify(word)).join(", ")}; `;
    throw new Refused(`${name}: ${said}name ${which}`);
  }
}

function unknownOption(name: string, known: readonly string[]): Refused {
  const nearest = didYouMean(name, known).replace('"', '"--');
  const dashes = name.length === 1 ? "-" : "--";
  return new Refused(
    `${dashes}${name}: no such option; use ${oneOf(known.map((one) => `--${one}`)).replaceAll('"', "")}${nearest}`,
  );
}
