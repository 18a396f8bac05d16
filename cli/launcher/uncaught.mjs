import { inspect } from "node:util";
import { locator, position } from "./locator.mjs";

/**
 * An error that nothing catches is printed with files and lines as people know them, and ends the process with exit
 * code 1. The source map is made then: a run that goes well costs nothing.
 */
export function reportUncaught({ root, entry, program, packages }) {
  const { file } = program;
  const locate = locator(root, entry, program);
  const asWritten = (text) => (text.includes(`${file}:`) ? inProgram(text) : text);
  // What the program itself says of places in its files.
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = (chunk, ...others) => write(typeof chunk === "string" ? asWritten(chunk) : chunk, ...others);
  process.on("uncaughtException", (error) => {
    const mapped = asWritten(inspect(error));
    // Frames of this launcher and of Node say nothing about the error.
    const lines = inPackages(mapped).split("\n");
    const said = lines.filter(
      (line) => !/^\s+at .*(?:\bnode:|(?:scripts\/run|cli\/goldenpath|cli\/launcher\/\w+)\.mjs)/.test(line),
    );
    process.stderr.write(`${said.join("\n")}\n`);
    process.exit(1);
  });

  function inProgram(text) {
    return text.replace(position(file), (found) => {
      const at = locate(found);
      return at === undefined ? found : `${at.file}:${at.line}:${at.column}`;
    });
  }

  /** Packages are named by their file alone: what they say in a line is of no use without theirs. */
  function inPackages(text) {
    const lines = packages.code.split("\n");
    return text.replace(position(packages.file), (found, line) => {
      for (let at = Number(line) - 1; at >= 0; at--) {
        const [, comment, wrapper] = MODULE.exec(lines[at] ?? "") ?? [];
        if (comment !== undefined || wrapper !== undefined) return comment ?? wrapper;
      }
      return found;
    });
  }
}

/** How the bundler says in its output from which file it comes. */
const MODULE = /^\/\/ (\S*node_modules\/.+)$|^ {2}"([^"]*node_modules\/[^"]+)"\(/;
