import { columns } from "../constructs/model/columns";
import type { SynthesizedEnvironment } from "../stacks/synthesis";
import type { Command } from "./command";

/* What the commands print for people, and nothing of what they do. */

const aligned = (...table: Parameters<typeof columns>): string => columns(...table).join("\n");

/** The list of commands, for `goldenpath --help`. */
export function help(commands: readonly Command[]): string {
  const list = commands.map(({ name, summary }) => ["", name, summary]);
  return [
    "usage: goldenpath <command> [options]",
    "",
    "One typed model of an application, rendered to Terraform, a Helm chart and Docker Compose.",
    "",
    "commands:",
    aligned(list),
    "",
    "goldenpath <command> --help says what a command takes and what it exits with.",
    "goldenpath --version prints the version.",
    "",
  ].join("\n");
}

const explain = ({ description, choices }: Command["options"][string]): string =>
  choices === undefined ? description : `${description}: ${choices.join(", ")}`;

export function commandHelp({ name, summary, description, words, options, exits }: Command): string {
  const taken = Object.entries(options).map(([option, { value }]) =>
    value === undefined ? ` [--${option}]` : ` [--${option} <${value}>]`,
  );
  const last = words?.last === undefined ? [] : [` ${words.last}`];
  const word =
    words === undefined ? "" : ` ${words.usage ?? (words.least > 0 ? `<${words.name}>` : `[${words.name}…]`)}`;
  const explained = [
    ...(words === undefined ? [] : [["", words.name, words.description]]),
    ...Object.entries(options).map(([option, said]) => ["", `--${option}`, explain(said)]),
    ["", "--help", "print this"],
  ];
  return [
    wrapped(`usage: goldenpath ${name}${word}`, [...taken, ...last]),
    "",
    `${summary[0]?.toUpperCase() ?? ""}${summary.slice(1)}.`,
    ...(description === undefined ? [] : [description]),
    "",
    aligned(explained),
    "",
    "exit codes:",
    aligned([
      ["", "0", exits.done],
      ["", "1", exits.wrong],
      ["", "2", "the command line is wrong"],
      ...(exits.changes === undefined ? [] : [["", "3", exits.changes]]),
    ]),
    "",
  ].join("\n");
}

/** Widest line of a usage. */
const WIDEST = 120;

/** Pieces one after another, on as many lines as they need. */
function wrapped(first: string, pieces: readonly string[]): string {
  const lines = [first];
  for (const piece of pieces) {
    const line = lines.pop() ?? "";
    lines.push(...(line.length + piece.length <= WIDEST ? [`${line}${piece}`] : [line, `      ${piece}`]));
  }
  return lines.join("\n");
}

/** What a synthesis wrote, environment by environment, and what to do next. */
export function synthesizedTable(
  outdir: string,
  environments: readonly SynthesizedEnvironment[],
  app?: string,
): string {
  const count = (of: SynthesizedEnvironment["stacks"]) => of.reduce((sum, { resources }) => sum + resources, 0);
  const rows = environments.map(({ name, stacks }) => [name, String(stacks.length), String(count(stacks))]);
  const all = environments.flatMap(({ stacks }) => stacks);
  const total = ["total", String(all.length), String(count(all))];
  const [first, ...others] = environments;
  const only = others.length === 0 ? first : undefined;
  return [
    aligned([["environment", "stacks", "resources"], ...rows, ...(others.length > 0 ? [total] : [])], [1, 2]),
    "",
    `written to ${outdir}: stacks/, and model.json${app === undefined ? "" : `, with what ${app} adds`}`,
    ...(only === undefined ? [] : [`deployed in this order: ${only.stacks.map(({ name }) => name).join(", ")}`]),
    `next: npx cdktf diff ${only?.stacks.at(-1)?.name ?? "<stack>"}`,
    "",
  ].join("\n");
}

export const toJson = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;
