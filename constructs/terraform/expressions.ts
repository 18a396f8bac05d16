/*
 * Values as Terraform expressions.
 */

/** A text in quotes. Nothing in it is evaluated. */
export const quoted = (text: string): string =>
  JSON.stringify(text)
    .replaceAll("${", () => "$${")
    .replaceAll("%{", "%%{");

export const list = (texts: readonly string[]): string => `[${texts.map(quoted).join(", ")}]`;

export const map = (texts: Readonly<Record<string, string>>): string =>
  `{${Object.entries(texts)
    .map(([key, text]) => `${quoted(key)} = ${quoted(text)}`)
    .join(", ")}}`;
