import { parseArgs } from "node:util";
import { movesOf } from "../constructs/portability/moves";
import type { EnvironmentSpec } from "../constructs/environment";
import { loadEnvironments } from "../constructs/model/load";
import { InvalidInput, oneOf } from "../constructs/model/problem";
import { environments } from "../environments";
import { namedEnvironments } from "../stacks/program";
import { FORMATS } from "./portability/formats";

/*
 * `npm run portability -- staging [--format text|markdown|json]`: what changes if an environment moved to each other
 * cloud that this program has an environment on, service by service, and what would not work there.
 */

function main(args: readonly string[]): string {
  const { positionals, values } = parse(args);
  const render = FORMATS[values.format];
  if (render === undefined) throw new Refused(`--format: got "${values.format}"; use ${oneOf(Object.keys(FORMATS))}`);
  const environment = chosen(positionals);
  const moves = movesOf(environment, environments);
  if (moves.length > 0) return render(moves);
  throw new Refused(`${environment.name}: no environment is on another cloud; add one to environments/index.ts`);
}

/** An error of whoever called, for one line. */
class Refused extends Error {}

function parse(args: readonly string[]) {
  const options = { format: { type: "string", default: "text" } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Refused(`arguments: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function chosen(names: readonly string[]): EnvironmentSpec {
  // Also checks that all of them are sound: a comparison with one that is not would be worth nothing.
  const [selected, ...more] = loadEnvironments(environments, { only: namedEnvironments(environments, names) });
  const found = environments.find(({ name }) => name === selected?.name);
  if (names.length === 1 && more.length === 0 && found !== undefined) return found;
  const known = oneOf(environments.map(({ name }) => name));
  throw new Refused(`arguments: name one environment; use ${known}`);
}

try {
  process.stdout.write(main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Refused || error instanceof InvalidInput)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
