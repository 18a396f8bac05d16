import { join } from "node:path";
import type { Given } from "../command";
import { toJson } from "../format";

/** What was written, and what people do next. */
export interface Report {
  readonly folder: string;
  /** The folder as it was said. */
  readonly shown: string;
  readonly files: readonly { readonly path: string; readonly class?: string }[];
  /** Paths that were there already, of what several services have in common. */
  readonly kept: readonly string[];
  readonly later: readonly string[];
  readonly next: readonly string[];
  readonly add: readonly string[];
}

/** Prints it; for people, what is rendered from the model in a line for each folder, and everything else by its name. */
export function print({ flags }: Given, { folder, shown, files, kept, later, next, add }: Report): void {
  if (flags.has("json")) {
    process.stdout.write(toJson({ folder, files: files.map(({ path }) => path), kept, later, next, add }));
    return;
  }
  const rendered = files.flatMap(({ path, class: whose }) => (whose === "owned" ? [path] : []));
  const others = files.flatMap(({ path, class: whose }) => (whose === "owned" ? [] : [path]));
  const block = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : `\n${title}:\n${lines.map((line) => `  ${line}\n`).join("")}`;
  process.stdout.write(
    others.map((path) => `wrote ${join(shown, path)}\n`).join("") +
      kept.map((path) => `left ${join(shown, path)} as it is\n`).join("") +
      block("rendered from the model", byFolder(rendered)) +
      block("rendered by the first npm run render, as more than the name decides what they are", byFolder(later)) +
      block("add", add) +
      block("next", next),
  );
}

/** `docs/runbooks: 94 files`; a file that is alone in its folder by its name. */
function byFolder(paths: readonly string[]): string[] {
  const counts = new Map<string, string[]>();
  for (const path of paths) {
    const folder = path.split("/").slice(0, -1).slice(0, 2).join("/");
    counts.set(folder, [...(counts.get(folder) ?? []), path]);
  }
  return [...counts].flatMap(([folder, all]) =>
    folder === "" || all.length === 1 ? all : [`${folder}: ${all.length} files`],
  );
}
