/* What the stand-ins for the clouds' programs have in common: what is there is a file, and every change is a line of another one. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.STAND_IN;
const file = join(folder, "there.json");

/** Ends with the message of the program. */
export function fail(message, code = 254) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

/** Reads words and options; one that no command of it has ends it, as the program would. */
function read(args, booleans) {
  const words = [];
  const options = {};
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (!arg.startsWith("--")) words.push(arg);
    else if (arg.includes("=")) options[arg.slice(2, arg.indexOf("="))] = arg.slice(arg.indexOf("=") + 1);
    else if (booleans.includes(arg.slice(2))) options[arg.slice(2)] = true;
    else options[arg.slice(2)] = args[(index += 1)];
  }
  return { words, options };
}

/**
 * Runs a command of a table: `"iam get-role": [["role-name", "query"], (there, options, word) => …]`. What it returns is printed,
 * a text as it is and anything else as JSON; one that is no look is written down.
 */
export function run(commands, { booleans = [], everywhere = [], looks, empty }) {
  const { words, options } = read(process.argv.slice(2), booleans);
  const name = Object.keys(commands)
    .sort((a, b) => b.length - a.length)
    .find((one) => `${words.join(" ")} `.startsWith(`${one} `));
  if (name === undefined) fail(`no such command: ${words.join(" ")}`, 252);
  const [known, does] = commands[name];
  const unknown = Object.keys(options).filter((one) => !known.includes(one) && !everywhere.includes(one));
  if (unknown.length > 0) fail(`${name}: unknown options ${unknown.join(", ")}`, 252);
  const there = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : empty;
  if (there.refuses !== undefined && name === there.refuses)
    fail("An error occurred (AccessDenied) PERMISSION_DENIED (AuthorizationFailed): not you", 1);
  const [word] = words.slice(name.split(" ").length);
  const said = does(there, options, word);
  if (!looks.test(name)) {
    writeFileSync(file, JSON.stringify(there, undefined, 1));
    appendFileSync(join(folder, "changes"), `${words.join(" ")} ${Object.values(options).join(" ")}\n`);
  }
  if (said !== undefined) process.stdout.write(typeof said === "string" ? `${said}\n` : `${JSON.stringify(said)}\n`);
}

/** What `file://x` and `@x` are. */
export const document = (name) => JSON.parse(readFileSync(name.replace(/^(?:file:\/\/|@)/, ""), "utf8"));
