import { join } from "node:path";
import { program } from "../stacks/program";
import { apply, changes, describe } from "./render/output";
import { OUTPUTS } from "./render/outputs";

/*
 * `npm run render`: writes what is rendered from the model and kept in the repository, and removes what nothing renders
 * any more. With `--check` it writes nothing, and exits 1 where there is something to write.
 */

/** This file runs as a bundle in `.cache`. */
const ROOT = join(__dirname, "..");

const [option, ...more] = process.argv.slice(2);
if (more.length > 0 || (option !== undefined && option !== "--check")) {
  process.stderr.write(`arguments: got "${[option, ...more].join(" ")}"; use --check or none\n`);
  process.exitCode = 2;
} else if (option === "--check") {
  const found = changes(ROOT, OUTPUTS);
  process.stdout.write(found.map((change) => `${describe(change)}; npm run render, and commit it\n`).join(""));
  process.exitCode = found.length > 0 ? 1 : 0;
} else {
  program(() => {
    const found = changes(ROOT, OUTPUTS);
    apply(ROOT, found);
    process.stdout.write(
      found.map(({ file, text }) => `${text === undefined ? "removed" : "wrote"} ${file}\n`).join(""),
    );
  });
}
