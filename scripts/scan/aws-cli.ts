import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsCommands, type Command } from "./aws-cli/commands";
import { PLANTED } from "./aws-cli/planted";
import { printedCommands } from "./preflight";
import { type Finding, type Scan, ScanError, type Subject } from "./scan";
import type { ScannedStack } from "./stacks";
import { runFile } from "./tools";

/** This file runs as a bundle in `.cache`. */
const ROOT = join(__dirname, "..");
const INSTALLED = join(__dirname, "aws-cli", "bin", "python");
const PROGRAM = join(ROOT, "scripts", "scan", "aws-cli", "check.py");

/** What people read, and the sources of what they are told. */
const TEXTS = ["README.md", "docs", "constructs", "stacks", "environments"];

/** The program's name, in a command and in what a provider runs. */
const CLI = "aws";

const CHECK = "aws-command";
const PROSE = "no command";

type Asked = Command | { readonly words: readonly string[] };

interface Place {
  readonly title: string;
  readonly asked: Asked;
}

const distinct = (places: readonly Place[]): Place[] => [...new Map(places.map((one) => [one.title, one])).values()];

/** Every command of the AWS CLI that is documented, printed or run, by the CLI's own parser: nothing is sent. */
export async function awsCli(stacks: readonly ScannedStack[], work: string): Promise<Scan> {
  const folder = join(work, "aws-cli");
  mkdirSync(folder);
  const places = distinct([...inTexts(), ...stacks.flatMap(inStack), ...inPreflight()]);
  const planted = PLANTED.map(([line]): Asked => ({ line, maybe: false }));
  const answers = await ask(folder, [...places.map(({ asked }) => asked), ...planted]);
  const commands = places.filter((_, index) => answers[index] !== PROSE);
  const findings = places.flatMap(({ title }, index): Finding[] => {
    const answer = answers[index];
    const subject: Subject = { title, exceptions: [] };
    return answer === null || answer === undefined || answer === PROSE ? [] : [{ subject, check: CHECK, text: answer }];
  });
  const missed = PLANTED.filter(([, complaint], index) => !complaint.test(answers[places.length + index] ?? ""));
  return {
    tool: await version(folder),
    scope: `${commands.length} commands`,
    subjects: [],
    owns: (check) => check === CHECK,
    findings,
    planted: PLANTED.length,
    failures: [
      ...(commands.length === 0 ? ["found no command to look at"] : []),
      ...missed.map(([line]) => `did not find a planted violation: aws ${line}`),
    ],
  };
}

function inTexts(): Place[] {
  return TEXTS.flatMap((text) => files(text)).flatMap((file) =>
    awsCommands(readFileSync(join(ROOT, file), "utf8")).map((asked) => ({
      title: `${file}: aws ${asked.line}`,
      asked,
    })),
  );
}

function files(path: string): string[] {
  if (!existsSync(join(ROOT, path))) throw new ScanError(`${path} is not there`);
  if (/\.(md|ts)$/.test(path)) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(md|ts)$/.test(file))
    .map((file) => join(path, file))
    .sort();
}

/** What `goldenpath preflight` asks, word by word, and what it tells people to run. */
function inPreflight(): Place[] {
  return printedCommands()
    .filter(({ command }) => command.startsWith(`${CLI} `))
    .map(({ title, command, words }) => ({
      title,
      asked: words === undefined ? { line: command.slice(CLI.length + 1), maybe: false } : { words: words.slice(1) },
    }));
}

/** What Terraform would print, and what its providers run to sign in. */
function inStack({ name, json }: ScannedStack): Place[] {
  const places: Place[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") {
      places.push(...awsCommands(value).map((asked) => ({ title: `${name}: aws ${asked.line}`, asked })));
    } else if (typeof value === "object" && value !== null) {
      if ("command" in value && value.command === CLI && "args" in value) {
        const words = value.args as readonly string[];
        places.push({ title: `${name}: aws ${words.join(" ")}`, asked: { words } });
      }
      Object.values(value).forEach(visit);
    }
  };
  visit(json);
  return places;
}

async function ask(folder: string, asked: readonly Asked[]): Promise<readonly (string | null)[]> {
  const file = join(folder, "commands.json");
  writeFileSync(file, JSON.stringify(asked));
  const { stdout, stderr } = await python([PROGRAM, file], folder);
  try {
    return JSON.parse(stdout) as readonly (string | null)[];
  } catch {
    throw new ScanError(`the AWS CLI answered with something else than a list:\n${stdout}${stderr}`);
  }
}

function python(args: readonly string[], folder: string) {
  if (!existsSync(INSTALLED)) throw new ScanError("the AWS CLI is not installed: run .ci/install-aws-cli");
  return runFile(INSTALLED, args, folder, { PYTHONDONTWRITEBYTECODE: "1" });
}

/** `aws-cli 1.46.3` */
async function version(folder: string): Promise<string> {
  const { stdout } = await python(["-c", "import awscli; print(awscli.__version__)"], folder);
  return `aws-cli ${stdout.trim()}`;
}
