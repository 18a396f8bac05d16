import type { Outcome, Preflight } from "../../constructs/preflight/outcome";
import { type Command, EXIT, type Exit, JSON_OPTION, Refused } from "../command";

/** Names of formats, which `constructs/preflight/formats.ts` has: `--help` loads none of it. */
const FORMAT_NAMES = ["text", "markdown", "json"];

const SECONDS = 60;
const PARALLEL = 4;

export const preflight: Command = {
  name: "preflight",
  summary: "say what an account must have before the first deploy, and ask it with --run",
  description:
    "Reads the stacks as they are synthesized now: programs, sign-in, rights, APIs, quotas, what is offered, names, domains,\n" +
    "secrets, each with the command that asks and what to do otherwise. Asks nobody but with --run, which runs these\n" +
    "commands. All of them read. What is not asked, or answered in a way that is not known here, has never passed.",
  words: { name: "environment", description: "the one to be deployed", least: 1, most: 1 },
  options: {
    run: { description: "run the commands whose program and sign-in are there, and say what was found" },
    strict: { description: "with --run: exit with 3 where something was not asked or is unclear" },
    seconds: { value: "number", description: `with --run: time that a command has; ${SECONDS} by default` },
    format: { value: "format", description: "how it is printed", choices: FORMAT_NAMES },
    json: JSON_OPTION,
  },
  exits: {
    done: "the checklist is printed; with --run: the account was asked, and nothing failed",
    wrong: "with --run: something failed, or no sign-in passed, so that nobody was asked; or the input has mistakes",
    changes: "with --run --strict: nothing failed, and something was not asked or is unclear",
  },
  async run({ words, flags, values }, program) {
    const [name = ""] = words;
    const seconds = secondsOf(values.get("seconds"));
    if (!flags.has("run") && (flags.has("strict") || values.has("seconds"))) {
      throw new Refused("preflight: --strict and --seconds are of --run: say that too");
    }
    const { namedEnvironments } = await import("../../stacks/program.js");
    const { preflightOf } = await import("../../stacks/preflight.js");
    const { FORMATS } = await import("../../constructs/preflight/formats.js");
    const environments = await program.environments();
    namedEnvironments(environments, [name]);
    const checklist = preflightOf(environments, name, engineOf(process.env.TERRAFORM_BINARY_NAME));
    const format = flags.has("json") ? "json" : (values.get("format") ?? "text");
    const write = FORMATS[format] ?? FORMATS.text;
    if (!flags.has("run")) {
      process.stdout.write(write(checklist));
      return EXIT.done;
    }
    const { runChecks } = await import("../../constructs/preflight/outcome.js");
    const { asker } = await import("../preflight/ask.js");
    const found = await runChecks(checklist, asker({ env: process.env, seconds }), PARALLEL);
    process.stdout.write(write(found));
    return exitOf(found, flags.has("strict"));
  },
};

function secondsOf(text: string | undefined): number {
  if (text === undefined) return SECONDS;
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new Refused(`preflight: --seconds: got ${JSON.stringify(text)}; use a whole number from 1 to 9999`);
  }
  return Number(text);
}

/** Set to nothing is what a pipeline does where a variable of its own is not set. */
function engineOf(name: string | undefined): string {
  return name === undefined || name === "" ? "terraform" : name;
}

/** Says what a pipeline goes by. Where no sign-in passed, everything else is not asked: that nothing failed would say nothing. */
function exitOf({ outcomes }: Preflight, strict: boolean): Exit {
  const isWrong = ({ verdict, check }: Outcome): boolean =>
    verdict === "failed" || (check.kind === "login" && verdict !== "passed");
  if (outcomes.some(isWrong)) return EXIT.wrong;
  return strict && outcomes.some(({ verdict }) => verdict !== "passed") ? EXIT.changes : EXIT.done;
}
