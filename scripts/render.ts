import { join } from "node:path";
import { loadEnvironments } from "../constructs/model/load";
import { apply, type Change, changes, describe } from "../constructs/outputs/files";
import { renderTargets } from "../constructs/outputs/target";
import { renderEnvironments } from "../constructs/rendering/render-environment";
import { environments } from "../environments";
import { outputs } from "../environments/outputs";
import { program } from "../stacks/program";

/*
 * `npm run render`: writes what is rendered from the model and kept in the repository, and removes what nothing renders
 * any more. With `--check` it writes nothing, and exits 1 where there is something to write.
 */

/** This file runs as a bundle in `.cache`. */
const ROOT = join(__dirname, "..");

/** What there is to write and to remove. */
function found(): Change[] {
  const files = renderTargets(renderEnvironments(loadEnvironments(environments)), outputs);
  return changes(
    ROOT,
    files,
    outputs.flatMap(({ owned = [] }) => owned),
  );
}

const [option, ...more] = process.argv.slice(2);
if (more.length > 0 || (option !== undefined && option !== "--check")) {
  process.stderr.write(`arguments: got "${[option, ...more].join(" ")}"; use --check or none\n`);
  process.exitCode = 2;
} else if (option === "--check") {
  const stale = found();
  process.stdout.write(stale.map((change) => `${describe(change)}; npm run render, and commit it\n`).join(""));
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  program(() => {
    const made = found();
    apply(ROOT, made);
    process.stdout.write(
      made.map(({ file, text }) => `${text === undefined ? "removed" : "wrote"} ${file}\n`).join(""),
    );
  });
}
