import { InvalidInput } from "../constructs/model/problem";
import { describeMistakes } from "../stacks/program";
import { parse } from "./arguments";
import { EXIT, type Exit, Refused } from "./command";
import { type Launch, Program } from "./program";
import { usage } from "./usage";

/**
 * Runs a command line. Prints on the standard streams, and sets the exit code without ending the process, so that all of
 * it is written before.
 *
 * @param args command line without the program's own name
 */
export async function main(args: readonly string[], launch: Launch): Promise<void> {
  endQuietly(process.stdout);
  endQuietly(process.stderr);
  process.exitCode = await ended(args, launch);
}

async function ended(args: readonly string[], launch: Launch): Promise<Exit> {
  const answer = usage(args, launch.manifest.version);
  if (answer !== undefined) {
    (answer.exit === EXIT.done ? process.stdout : process.stderr).write(answer.text);
    return answer.exit;
  }
  try {
    const asked = parse(args);
    return asked.for === "command" ? await asked.command.run(asked.given, new Program(launch)) : EXIT.done;
  } catch (error) {
    if (error instanceof Refused) {
      process.stderr.write(`${error.message}\n`);
      return EXIT.usage;
    }
    if (!(error instanceof InvalidInput)) throw error;
    process.stderr.write(describeMistakes(error));
    return error.problems.every(({ path: [where] }) => where === "arguments") ? EXIT.usage : EXIT.wrong;
  }
}

/** A reader that has seen enough, as `head`, is no error of this program. */
function endQuietly(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}
