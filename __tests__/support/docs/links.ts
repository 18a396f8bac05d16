import { dirname, join, normalize } from "node:path";
import type { Document } from "./markdown";

/** Links between documents and to files of this repository that lead nowhere, with the line of each. */
export function brokenLinks(documents: readonly Document[], exists: (path: string) => boolean): string[] {
  const byFile = new Map(documents.map((document) => [document.file, document]));
  return documents.flatMap(({ file, links }) =>
    links.flatMap(({ text, line }) => {
      if (/^[a-z]+:/.test(text)) return [];
      const [path = "", anchor] = text.split("#");
      const target = path === "" ? file : normalize(join(dirname(file), path));
      const said = `${file}:${line}: ${text}`;
      if (path.startsWith("/") || target.startsWith("..")) return [`${said}: leaves the repository`];
      if (!exists(target)) return [`${said}: there is no ${target}`];
      if (anchor === undefined) return [];
      const found = byFile.get(target);
      return found?.anchors.has(anchor) === true ? [] : [`${said}: ${target} has no heading of that name`];
    }),
  );
}
