export interface Command {
  /** Command without `aws`, in a shell's words. */
  readonly line: string;
  /** It stands amid a sentence, so that it may be prose: a command only if the CLI knows its first word. */
  readonly maybe: boolean;
}

const START = /(?<![\w./@-])aws (?=[a-z-])/g;

/** What may stand before a command that begins its line: in Markdown, in a shell, in a comment and in a string. */
const BEGINS = /(^|\\n)[\s$#>"'*/-]*$|`\s*$|\$\($/;

const CONTINUED = /\s*\\\n\s*/g;

/** Values of which the CLI takes no number, and no small one. */
const SAMPLES = [
  ["${arn}", "arn:aws:iam::123456789012:policy/example"],
  ["${seconds}", "3600"],
] as const;

/** What is filled in when a text is printed: a number is a text and a number. `AT` is a time wherever runbooks have it. */
const withValues = (line: string): string =>
  SAMPLES.reduce((text, [value, sample]) => text.replaceAll(value, sample), line)
    .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "1")
    .replaceAll('"$AT"', "2026-01-31T13:45:00Z");

/** What stands before a command whose output is kept: `there` is a function of a script that is rendered. */
const KEPT = /\$\((?:there )?$/;

/** Such a command ends with the parenthesis that it began in; quoted ones are its own. */
const withoutParenthesis = (line: string): string => {
  const [inside = line] = /^(?:'[^']*'|"[^"]*"|[^'")])*/.exec(line) ?? [];
  return inside;
};

/**
 * Commands of the AWS CLI in a text. Each ends with its line, or where the quotes end that it stands in; one that a
 * backslash continues is one.
 */
export function awsCommands(text: string): Command[] {
  const lines = text.replace(CONTINUED, " ").split("\n");
  return lines.flatMap((line) =>
    [...line.matchAll(START)].map(({ index, 0: start }) => {
      const before = line.slice(0, index);
      const quoted = (before.match(/"/g) ?? []).length % 2 === 1;
      const [rest = ""] = line.slice(index + start.length).split(quoted ? /`|"|\\n/ : /`|\\n/);
      const own = KEPT.test(before) ? withoutParenthesis(rest) : rest;
      return { line: withValues(own.trim()), maybe: !BEGINS.test(before) };
    }),
  );
}
