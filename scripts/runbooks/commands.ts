/* Commands of runbooks, as people paste them: what is between the fences of a page. */

/** Code blocks of a language in a page, without the indentation of the list that they are in. */
export const blocks = (page: string, language: string): string[] =>
  [...page.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)]
    .filter(([, , of]) => of === language)
    .map(([, indent = "", , text = ""]) =>
      text
        .split("\n")
        .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
        .join("\n"),
    );

/** Lines of all commands of a page. */
export const commands = (page: string): string[] =>
  blocks(page, "sh").flatMap((block) => block.split("\n").filter((line) => line !== ""));
