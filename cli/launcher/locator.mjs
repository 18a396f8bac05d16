import { SourceMap } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { mapOfProgram } from "./bundle.mjs";

/** Places in a file, as V8 says them. */
export const position = (file) => new RegExp(`${file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}:(\\d+):(\\d+)`, "g");

/**
 * Says where a place of a bundle stands in the sources. The source map is made when it is first asked for: a run that asks
 * for none costs nothing.
 *
 * @returns a function from `<bundle>:<line>:<column>` to file, line and column; to nothing where it is in no source, or
 *   the sources have changed since
 */
export function locator(root, entry, { file, code }) {
  let map;
  return (place) => {
    const [found] = place.matchAll(position(file));
    if (found === undefined) return undefined;
    if (map === undefined) {
      const payload = mapOfProgram(root, entry, file, code);
      map = payload === undefined ? null : new SourceMap(payload);
    }
    if (map === null) return undefined;
    const [, line, column] = found.map(Number);
    const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
    if (originalSource === undefined) return undefined;
    const source = relative(root, resolve(dirname(file), originalSource));
    return { file: source, line: originalLine + 1, column: originalColumn + 1 };
  };
}
