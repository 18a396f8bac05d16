import { readFileSync } from "node:fs";
import { COMMANDS } from "../../cli/commands";

/* What programs that write code for people are told: from the same sources as people are. */

const PAGES = "docs/README.md";

/** A path that a page below `docs/` has, from the root. */
const fromRoot = (path: string): string => (path.startsWith("../") ? path.slice("../".length) : `docs/${path}`);

/** What the package has, as `files` of its manifest name it. */
const packed = (): readonly string[] =>
  (JSON.parse(readFileSync("package.json", "utf8")) as { readonly files: readonly string[] }).files;

/**
 * Every page of the documentation with a line about it, by its path from the root: what `docs/README.md` lists. A page that the package has not is no
 * link, as the list comes with the package.
 */
export function pagesForAgents(): string {
  const [, ...lines] = readFileSync(PAGES, "utf8").split("\n");
  const files = packed();
  const isPacked = (path: string): boolean => files.some((one) => path === one || path.startsWith(`${one}/`));
  return lines
    .join("\n")
    .trim()
    .replaceAll(/\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_, title: string, link: string) => {
      const path = fromRoot(link);
      return isPacked(path.replace(/#.*/, "")) ? `[${title}](${path})` : `${title} (\`${path}\`)`;
    });
}

/** Each command with what it does and what its exit codes are. 2 is a wrong command line for all of them. */
export function commandsForAgents(): string {
  const rows = COMMANDS.map(({ name, summary, exits }) => {
    const { done, wrong, changes } = exits;
    const codes = [`0: ${done}`, `1: ${wrong}`, ...(changes === undefined ? [] : [`3: ${changes}`])];
    return `- \`goldenpath ${name}\`: ${summary}. ${codes.join("; ")}.`;
  });
  return rows.join("\n");
}
