import { type Files, versionOf } from "./synthesized";

/*
 * In what a synthesis by CDK Terrain may be another than one by cdktf. Both are brought to one form by what is said here
 * and nothing else, and are then the same bytes.
 */

/** The version that each records, on the last line of the metadata of a stack and of the manifest. */
const RECORDED = /^( {2}| {6})"version": "([^"]+)"$/gm;

/** cdktf writes an empty list or object over two lines, CDK Terrain on one. A stack of this program writes it as cdktf does. */
const OVER_TWO_LINES = /(\[|\{)\n *(?=\]|\})/g;

/** Files of a synthesis by cdktf as CDK Terrain would write them. */
export function asWrittenByTerrain(files: Files, { stock }: { readonly stock: readonly string[] }): Files {
  const [before, after] = [versionOf("cdktf"), versionOf("cdktn")];
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      if (!/(?:^|\/)(?:cdk\.tf|manifest)\.json$/.test(path)) return [path, text];
      const versions = [...text.matchAll(RECORDED)].filter(([, , version]) => version === before);
      if (versions.length !== 1) throw new Error(`${path}: records the version ${versions.length} times`);
      const recorded = text.replace(RECORDED, (line, indent: string, version: string) =>
        version === before ? `${indent}"version": "${after}"` : line,
      );
      return [path, stock.includes(path) ? recorded.replace(OVER_TWO_LINES, "$1") : recorded];
    }),
  );
}

/**
 * Says where files are not the same bytes, by the first line of each that is another: a comparison of whole syntheses by
 * the test's framework takes minutes.
 */
export function differences(before: Files, after: Files): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path) => {
    const [one, other] = [before[path], after[path]];
    if (one === other) return [];
    if (one === undefined || other === undefined) return [`${path}: only ${one === undefined ? "after" : "before"}`];
    const [lines, others] = [one.split("\n"), other.split("\n")];
    const at = lines.findIndex((line, index) => line !== others[index]);
    const place = at === -1 ? lines.length : at;
    return [`${path}:${place + 1}: ${String(lines[place])} → ${String(others[place])}`];
  });
}
